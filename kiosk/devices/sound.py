"""The sound cards of this machine, as the programs of ALSA list them."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path


def sound_cards(command: Sequence[str], cwd: Path | None = None) -> tuple[list[str], str]:
    """The cards that `command` (aplay, arecord, or what takes their command line) can use, and why it cannot list them.

    A card is its line of the list, "card 0: …"; the reason is "" when they were listed, also when there are none.
    """
    if not shutil.which(command[0]):
        return [], f"{command[0]} is not installed"
    try:
        listed = subprocess.run([*command, "-l"], capture_output=True, text=True, check=False, timeout=10, cwd=cwd)
    except (OSError, subprocess.TimeoutExpired) as error:
        return [], str(error)
    return [line for line in listed.stdout.splitlines() if line.startswith("card ")], ""
