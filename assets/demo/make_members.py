"""Draws the members of the demonstration: an issuer whose key is public on purpose, three tiers, and codes to try.

    python assets/demo/make_members.py

Writes `catalogue/members/*.json` and `codes/*.png` beside this file. A real hub makes its own key and keeps it; this
one is derived from a sentence anybody can read, so a station that trusts it trusts nobody in particular.
"""

import base64
import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import qrcode

from kiosk.protocol.cose import SigningKey
from kiosk.protocol.members import MemberClaims, issue_code
from kiosk.protocol.status_list import StatusList, issue_list, make_bitmap

HERE = Path(__file__).resolve().parent
KEY = SigningKey.from_seed("demo", hashlib.sha256(b"The demonstration's issuer. This is not a secret.").digest())
BEGAN, ENDS = datetime(2026, 11, 1, tzinfo=UTC), datetime(2036, 11, 1, tzinfo=UTC)
REVOKED = 13
TIERS = {
    "member": ("工会会员", "Union member"),
    "craft": ("工匠会员", "Master craftsman"),
    "model": ("劳动模范", "Model worker"),
}


def claims(name: str, tier: str, index: int) -> MemberClaims:
    member = hashlib.sha256(f"demo {name}".encode()).digest()[:10]
    return MemberClaims("demo", BEGAN, ENDS, member, tier, index)


def codes() -> dict[str, str]:
    """The text of each demonstration code, by name."""
    rider = claims("rider", "member", 1)
    return {
        "rider": issue_code(rider, KEY),
        "driver": issue_code(claims("driver", "craft", 2), KEY),
        "cleaner": issue_code(claims("cleaner", "model", 3), KEY),
        "revoked": issue_code(claims("leaver", "member", REVOKED), KEY),
        "expired": issue_code(
            replace(rider, issued=datetime(2024, 1, 1, tzinfo=UTC), expires=datetime(2025, 1, 1, tzinfo=UTC)), KEY
        ),
    }


def documents() -> dict[str, dict[str, object]]:
    status = StatusList("demo", 1, BEGAN, ENDS, make_bitmap(1024, [REVOKED]))
    key = {
        "issuer": "demo",
        "kid": KEY.kid.hex(),
        "public_key": KEY.public.hex(),
        "not_before": BEGAN.isoformat(),
        "not_after": ENDS.isoformat(),
    }
    found: dict[str, dict[str, object]] = {
        "issuer": {"kind": "issuer_key", "id": "demo", "body": key},
        "list": {
            "kind": "status_list",
            "id": "demo",
            "body": {"issuer": "demo", "token": base64.b64encode(issue_list(status, KEY)).decode()},
        },
        # A demonstration may stand in a corner for years without a hub; a real station asks for a person after 30 days.
        "settings": {"kind": "member_settings", "id": "members", "body": {"max_list_age_days": 3650}},
    }
    for tier, (zh, en) in TIERS.items():
        found[f"tier_{tier}"] = {"kind": "member_tier", "id": tier, "body": {"name": {"zh_CN": zh, "en": en}}}
    return found


def main() -> None:
    for name, document in documents().items():
        path = HERE / "catalogue" / "members" / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n", "utf-8")
    for name, text in codes().items():
        path = HERE / "codes" / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=8, border=4)
        code.add_data(text, optimize=0)
        code.make(fit=True)
        code.make_image().save(str(path))
        path.with_suffix(".txt").write_text(text + "\n", "ascii")


if __name__ == "__main__":
    main()
