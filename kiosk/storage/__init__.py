"""The only place that imports peewee: the journal, the catalogue, and what is derived from the journal."""

from kiosk.storage.database import Store
from kiosk.storage.rescue import open_store

__all__ = ["Store", "open_store"]
