"""Draw the pictures of the demonstration: `assets/services/*.svg` and `assets/posters/*.svg`.

Run it again after changing a scene in `assets/pictures/`; its output is committed, and a test says that both agree.
"""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from pictures import posters, services  # noqa: E402


def drawn() -> dict[Path, str]:
    """Every picture by its file."""
    found = {HERE / "services" / f"{name}.svg": scene().svg() for name, scene in services.SCENES.items()}
    return found | {HERE / "posters" / f"{name}.svg": scene().svg() for name, scene in posters.SCENES.items()}


def main() -> int:
    for path, text in drawn().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    print(f"{len(drawn())} pictures")
    return 0


if __name__ == "__main__":
    sys.exit(main())
