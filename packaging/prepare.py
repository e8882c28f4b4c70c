"""The last step of setup: what is made here rather than committed (compiled translations, demo media)."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STEPS = (
    (["-m", "compileall", "-q", "kiosk", "ui", "hub"], "kiosk/__main__.py"),
    (["-m", "ui.i18n", "build"], "ui/i18n.py"),
    (["assets/demo/courses/make.py"], "assets/demo/courses/make.py"),
)


def main() -> int:
    for arguments, file in STEPS:
        if not (ROOT / file).exists():
            continue
        done = subprocess.run([sys.executable, *arguments], cwd=ROOT, check=False)
        if done.returncode:
            print(f"setup stopped: {' '.join(arguments)} ended with {done.returncode}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
