"""The serial scanner's simulator: the far end of a cable is a scanner."""

from kiosk.devices.cable import Cable

CR = b"\r"


class ScannerSimulator(Cable):
    """Use it as a context manager, or call `unplug` at the end."""

    def scan(self, payload: str | bytes, suffix: bytes = CR) -> None:
        """Send what a scanner sends when it has read a code. Raises OSError while unplugged."""
        self.send((payload.encode() if isinstance(payload, str) else payload) + suffix)

    def __enter__(self) -> "ScannerSimulator":
        return self
