"""What every scanner shares."""

import logging
from collections.abc import Callable

from kiosk.devices.ports import Scan

log = logging.getLogger(__name__)


def deliver(on_scan: Callable[[Scan], None], scan: Scan) -> None:
    """Hand a scan over. What the taker raises is logged: the scanner goes on, whatever became of one scan."""
    try:
        on_scan(scan)
    except Exception:
        log.exception("a scan from %s was not taken", scan.source)
