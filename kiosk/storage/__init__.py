"""The only place that imports peewee: the journal, the catalogue, and what is derived from the journal."""

from kiosk.storage.database import Store

__all__ = ["Store"]
