"""Browse services: what the union offers, when it is open, who may use it, what to bring."""

from kiosk.services.catalogue import Services
from kiosk.services.errors import ServiceGone
from kiosk.services.rows import CategoryRow, ServiceDetail, ServiceRow

__all__ = [
    "CategoryRow",
    "ServiceDetail",
    "ServiceGone",
    "ServiceRow",
    "Services",
]
