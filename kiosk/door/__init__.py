"""Doors that are opened from afar: an order of the desk is checked, carried out once, and answered."""

from kiosk.door.doors import Doors

__all__ = ["Doors"]
