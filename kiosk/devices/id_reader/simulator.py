"""The simulated reader of ID cards: an SDT/SAM reader at the far end of a cable, and a hand that lays cards on it."""

from datetime import date
from pathlib import Path

from kiosk.devices.cable import Cable, Weather
from kiosk.devices.id_reader.card import CardKind, IdCard, check_digit, write_card
from kiosk.devices.id_reader.frames import PREAMBLE, Command, Status, checksum, frame

_PHOTO_BYTES = 1024


def somebody(seed: int = 0, kind: CardKind = CardKind.RESIDENT) -> IdCard:
    """A person who does not exist, the same for the same seed. The district 990000 is no place."""
    birth = date(1960 + seed % 45, 1 + seed % 12, 1 + seed % 28)
    sex = 1 + seed % 2
    first = f"990000{birth:%Y%m%d}{seed % 100:02d}{sex}" if sex == 1 else f"990000{birth:%Y%m%d}{seed % 100:02d}2"
    number = first + check_digit(first)
    if kind is CardKind.FOREIGN_2017:
        number = f"XYZ{seed % 10**12:012d}"
    return IdCard(
        kind,
        number,
        f"测试{seed}" if kind is CardKind.RESIDENT else f"TEST {seed}",
        sex,
        birth,
        date(2020, 1, 1),
        date(2040, 1, 1),
    )


class IdReaderSimulator(Cable):
    """`port` goes into the configuration. `sees_on`: it goes on seeing a card it has read, as some readers do."""

    def __init__(self, port: Path, weather: Weather | None = None, sees_on: bool = False, seed: int = 0) -> None:
        self._card: IdCard | None = None
        self._read = False
        self._selected = False
        self._asked = bytearray()
        self.sees_on = sees_on
        self.finds = 0  # how often it was asked for a card
        self.lifted_early = False  # the next read fails, as when the card is pulled away
        self.authorised = True
        self.answers_read = Status.OK
        self.spoil_text = False
        super().__init__(port, self._hear, weather, seed)

    def lay(self, card: IdCard) -> None:
        self._card, self._read, self._selected = card, False, False

    def lift(self) -> None:
        self._card = None

    def _hear(self, data: bytes) -> None:
        self._asked += data
        while (begins := self._asked.find(PREAMBLE)) >= 0 and len(self._asked) >= begins + 7:
            length = int.from_bytes(self._asked[begins + 5 : begins + 7], "big")
            whole = begins + 7 + length
            if len(self._asked) < whole:
                return
            message = bytes(self._asked[begins + 5 : whole])
            del self._asked[:whole]
            self._answer(frame(bytes([0, 0, Status.BAD_CHECKSUM])) if checksum(message) else self._reply(message[2:4]))

    def _answer(self, data: bytes) -> None:
        try:
            self.send(data)
        except OSError:  # pulled in the middle
            return

    def _reply(self, asked: bytes) -> bytes:
        command = int.from_bytes(asked, "big")
        there = self._card is not None and (self.sees_on or not self._read)
        status, data = Status.READ_FAILED, b""
        if command == Command.STATUS:
            status = Status.OK if self.authorised else Status.NOT_AUTHORISED
        elif command == Command.FIND:
            self.finds += 1
            status, data = (Status.FOUND, bytes(4)) if there else (Status.NO_CARD, b"")
        elif command == Command.SELECT:
            self._selected = there
            status, data = (Status.OK, bytes(8)) if there else (Status.SELECT_FAILED, b"")
        elif command == Command.READ:
            status, data = self._text()
        return frame(bytes([0, 0, status]) + data)

    def _text(self) -> tuple[Status, bytes]:
        if self._card is None or not self._selected or self.lifted_early:
            self.lifted_early = False
            return Status.READ_FAILED, b""
        if self.answers_read is not Status.OK:
            return self.answers_read, b""
        self._read, self._selected = True, False
        text = bytearray(write_card(self._card))
        if self.spoil_text:
            text[122:158] = b"\x31\x00" * 18  # a number that is none
        head = len(text).to_bytes(2, "big") + _PHOTO_BYTES.to_bytes(2, "big")
        return Status.OK, head + bytes(text) + b"\x5a" * _PHOTO_BYTES
