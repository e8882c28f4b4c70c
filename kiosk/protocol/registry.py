"""Importing this module makes every journal and catalogue kind known: it imports each module of the wire."""

import importlib
import pkgutil

import kiosk.protocol


def load_all() -> None:
    """Import every module of `kiosk.protocol`, so that `body_type` and `document_type` know all kinds."""
    for module in pkgutil.iter_modules(kiosk.protocol.__path__, "kiosk.protocol."):
        importlib.import_module(module.name)


load_all()
