"""A reader of resident ID cards on a serial port: status, then find, select, read, every 300 ms; again after faults.

The chain and its times are those of specs/devices.md, 1.4. The same card is taken once until the reader has said that
no card is there: many readers go on saying that they see one.
"""

import logging
import termios
import threading
import time
from collections.abc import Callable

import serial

from kiosk.devices.id_reader.card import TEXT_BYTES, CardUnreadable, IdCard, read_card
from kiosk.devices.id_reader.frames import Command, Replies, Reply, Status, request
from kiosk.devices.ports import CardTrouble
from kiosk.devices.threaded import ThreadedDriver

log = logging.getLogger(__name__)
LOOK_SECONDS = 0.3
_ANSWER = {Command.FIND: 0.4, Command.SELECT: 0.4, Command.READ: 2.5, Command.STATUS: 0.5}
_READ_TIMEOUT = 0.05
_FAILURES = 3  # in a row, before the port is opened anew
_FIRST_RETRY, _LAST_RETRY = 0.2, 2.0


class _Silent(Exception):
    """No sound answer in time."""


class SerialIdReader(ThreadedDriver):
    """`port` is a device path, best one of /dev/serial/by-id/."""

    failures = (OSError, termios.error, ValueError, _Silent)
    join_seconds = 4.0

    def __init__(self, port: str, baudrate: int = 115200, first_retry: float = _FIRST_RETRY) -> None:
        super().__init__(f"id_reader:{port}", first_retry, _LAST_RETRY)
        self._port = port
        self._baudrate = baudrate
        self._resting = False  # a card was read and has not been lifted
        self._troubled = False  # the person was told about the card that lies there

    def start(
        self,
        on_card: Callable[[IdCard, float], object],
        on_trouble: Callable[[CardTrouble], object] | None = None,
    ) -> None:
        self.begin(lambda ending: self._work(ending, on_card, on_trouble))

    def _work(
        self,
        ending: threading.Event,
        on_card: Callable[[IdCard, float], object],
        on_trouble: Callable[[CardTrouble], object] | None,
    ) -> None:
        with serial.Serial(self._port, self._baudrate, timeout=_READ_TIMEOUT, exclusive=True) as port:
            status = self._ask(port, Command.STATUS)
            if status.status != Status.OK:
                raise _Silent(f"the reader says {status.status:#04x} of itself")
            self.well()
            self._look(port, ending, on_card, on_trouble)

    def _look(
        self,
        port: serial.Serial,
        ending: threading.Event,
        on_card: Callable[[IdCard, float], object],
        on_trouble: Callable[[CardTrouble], object] | None,
    ) -> None:
        failures = 0
        while not ending.is_set():
            try:
                self._once(port, on_card, on_trouble)
                failures = 0
            except _Silent:
                failures += 1
                if failures >= _FAILURES:
                    raise
                continue  # the whole chain again, at once
            ending.wait(LOOK_SECONDS)

    def _once(
        self,
        port: serial.Serial,
        on_card: Callable[[IdCard, float], object],
        on_trouble: Callable[[CardTrouble], object] | None,
    ) -> None:
        """One look: a card that was laid down is handed over. Raises _Silent."""
        began = time.monotonic()
        if self._ask(port, Command.FIND).status != Status.FOUND:
            self._resting = self._troubled = False
            return
        if self._resting:
            return
        if self._ask(port, Command.SELECT).status != Status.OK:
            self._say(on_trouble, CardTrouble.AGAIN)
            return
        reply = self._ask(port, Command.READ)
        try:
            if reply.status != Status.OK:
                damaged = reply.status in (Status.CARD_REJECTS, Status.SAM_REJECTS)
                self._say(on_trouble, CardTrouble.DAMAGED if damaged else CardTrouble.AGAIN)
                return
            card = read_card(_text_of(reply))
        except CardUnreadable as error:
            log.info("a card was not readable: %s", error)
            self._say(on_trouble, CardTrouble.DAMAGED)
            return
        finally:
            reply.wipe()
        self._resting = True
        try:
            on_card(card, began)
        except Exception:
            log.exception("a card was not taken")

    def _say(self, on_trouble: Callable[[CardTrouble], object] | None, trouble: CardTrouble) -> None:
        """Once for each time a card is laid down."""
        told, self._troubled = self._troubled, True
        if on_trouble is not None and not told:
            on_trouble(trouble)

    def _ask(self, port: serial.Serial, command: Command) -> Reply:
        """Raises _Silent when no sound answer comes in time."""
        replies = Replies()
        port.reset_input_buffer()
        port.write(request(command))
        deadline = time.monotonic() + _ANSWER[command]
        try:
            while time.monotonic() < deadline:
                data = port.read(1)
                data += port.read(port.in_waiting) if data else b""
                for reply in replies.feed(data):
                    return reply
                if replies.spoilt:
                    raise _Silent("a damaged answer")
        finally:
            replies.clear()
        raise _Silent("no answer")


def _text_of(reply: Reply) -> bytes:
    """The text of a read reply; the lengths stand before it. Raises CardUnreadable."""
    size = int.from_bytes(reply.data[0:2], "big")
    begins = 4  # the length of the text, and that of the photo, which is left unread
    if size != TEXT_BYTES or len(reply.data) < begins + size:
        raise CardUnreadable("the length of the text")
    return bytes(reply.data[begins : begins + size])
