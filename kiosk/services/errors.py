"""What can go wrong when a service is looked at."""

from kiosk.errors import KioskError


class ServiceGone(KioskError):
    """The service is no longer published, or its time is over."""

    code = "service.gone"
