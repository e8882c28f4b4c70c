"""Secret keys of the hub: 32 bytes in a file of the data folder, made once and never over one that is there."""

import os
import secrets
from pathlib import Path

from hub.problems import Problem

SEED_BYTES = 32


def read_seed(path: Path, lost: type[Problem]) -> bytes:
    """The secret bytes in `path`. Raises `lost`."""
    try:
        seed = path.read_bytes()
    except OSError as error:
        raise lost(path=str(path)) from error
    if len(seed) != SEED_BYTES:
        raise lost(path=str(path))
    return seed


def kept_seed(path: Path, lost: type[Problem]) -> bytes:
    """The secret bytes in `path`, made where there are none; whole or not at all. Raises `lost`."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(SEED_BYTES))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)  # never over a key that is there
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return read_seed(path, lost)
