"""Browse services: what the union offers, when it is open, who may use it, what to bring."""

from kiosk.services.catalogue import Services
from kiosk.services.errors import ServiceGone
from kiosk.services.hours import Openness, OpenNow, SpecialDay, WeekLine, open_now
from kiosk.services.rows import CategoryRow, ServiceDetail, ServiceRow

__all__ = [
    "CategoryRow",
    "OpenNow",
    "Openness",
    "ServiceDetail",
    "ServiceGone",
    "ServiceRow",
    "Services",
    "SpecialDay",
    "WeekLine",
    "open_now",
]
