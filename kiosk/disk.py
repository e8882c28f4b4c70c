"""What every part that writes files needs of the disk."""

import os
from pathlib import Path


def sync_to_disk(path: Path) -> None:
    """What was written to a file, or changed in a folder, is durable when this returns."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
