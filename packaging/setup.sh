#!/usr/bin/env bash
# Sets up what is missing, and nothing else: Debian packages (as root or with sudo), a virtual environment with the
# locked dependencies, translations and demo media. Safe to run again; quick when there is nothing to do.
set -euo pipefail
cd "$(dirname "$0")/.."
VENV=${VENV:-.venv}

say() { printf '\033[1m%s\033[0m\n' "$*"; }

missing_packages() {
    local line option chosen
    grep -v '^#' packaging/debian-packages.txt | while read -r line; do
        [ -n "$line" ] || continue
        chosen=""
        for option in ${line//|/ }; do
            if dpkg-query -W -f='${db:Status-Abbrev}' "$option" 2>/dev/null | grep -q '^ii'; then
                chosen=installed
                break
            fi
        done
        [ "$chosen" = installed ] || echo "$line"
    done
}

install_packages() {
    local as_root=() wanted=() line option
    if [ "$(id -u)" -ne 0 ]; then
        if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
            as_root=(sudo)
        elif command -v sudo >/dev/null && [ -t 0 ]; then
            as_root=(sudo)
        else
            say "These Debian packages are missing and need an administrator (apt-get install …):"
            echo "$1"
            exit 3
        fi
    fi
    say "Installing Debian packages…"
    "${as_root[@]}" apt-get update -qq
    while read -r line; do
        for option in ${line//|/ }; do
            if apt-cache show "$option" >/dev/null 2>&1; then
                wanted+=("$option")
                break
            fi
        done
    done <<<"$1"
    # Servers among them (a database, a relay) are started by whoever wants one, never by being installed.
    local policy=/usr/sbin/policy-rc.d ours=""
    if [ ! -e "$policy" ]; then
        printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee "$policy" >/dev/null
        "${as_root[@]}" chmod +x "$policy"
        ours=yes
    fi
    local failed=0
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null || failed=$?
    if [ -n "$ours" ]; then "${as_root[@]}" rm -f "$policy"; fi
    return $failed
}

if command -v dpkg-query >/dev/null; then
    missing=$(missing_packages)
    if [ -n "$missing" ]; then install_packages "$missing"; fi
else
    say "This is not Debian: please see packaging/debian-packages.txt for what must be installed."
fi

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { say "Python 3.11 or later is needed."; exit 3; }
lock=$(sha256sum requirements.lock pyproject.toml | sha256sum | cut -d' ' -f1)
if [ ! -f "$VENV/locked" ] || [ "$(cat "$VENV/locked")" != "$lock" ]; then
    say "Installing locked Python dependencies into $VENV (a few minutes the first time)…"
    [ -x "$VENV/bin/python" ] || "$python" -m venv "$VENV"
    "$VENV/bin/python" -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
    "$VENV/bin/python" -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation --config-settings editable_mode=compat -e .
    echo "$lock" >"$VENV/locked"
fi
"$VENV/bin/python" packaging/prepare.py
