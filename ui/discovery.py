"""Finding what the folders of ui/ bring, without naming them."""

import importlib.util
from functools import cache
from pathlib import Path

UI = Path(__file__).resolve().parent
NOT_FEATURES = frozenset({"kit"})


@cache
def feature_names() -> tuple[str, ...]:
    """Names of the feature folders in ui/, in alphabetical order."""
    found = (path.parent.name for path in UI.glob("*/__init__.py"))
    return tuple(sorted(name for name in found if name not in NOT_FEATURES))


def feature_modules(module: str) -> tuple[str, ...]:
    """Full names of `ui.<feature>.<module>` where that file exists."""
    return tuple(f"ui.{name}.{module}" for name in feature_names() if importlib.util.find_spec(f"ui.{name}.{module}"))
