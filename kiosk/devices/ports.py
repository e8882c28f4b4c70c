"""What the station asks of each kind of device. Drivers implement these Protocols."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kiosk.devices.id_reader.card import IdCard


class DeviceState(StrEnum):
    """The health of a device, as the desk and `doctor` see it."""

    OFF = "off"  # not started, or not configured
    STARTING = "starting"
    WELL = "well"
    SICK = "sick"  # configured, started, and not giving what it should


@dataclass(frozen=True, slots=True)
class DeviceHealth:
    state: DeviceState
    detail: str = ""  # for a log or a technician, never for a visitor


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture. `bgr` is H×W×3 uint8 and must not be written to; `at` is monotonic seconds of its capture."""

    bgr: "NDArray[np.uint8]"
    at: float
    index: int


class Camera(Protocol):
    """A source of frames. Newest frame only: a slow reader skips, it never queues."""

    name: str

    def start(self) -> None: ...
    def stop(self) -> None:
        """End capture and release the device. Stopping twice is harmless."""
        ...

    def latest(self) -> Frame | None:
        """The newest frame, or None before the first one and while the device is sick."""
        ...

    def wait(self, after: int, timeout: float) -> Frame | None:
        """The newest frame with `index > after`, waiting at most `timeout` seconds; None when none came."""
        ...

    def health(self) -> DeviceHealth: ...


@dataclass(frozen=True, slots=True)
class Scan:
    """One code that was read. `corners` are the four corners in picture coordinates 0..1 (None for a scanner)."""

    text: str
    format: str  # "QRCode", "Code128", or "" when the scanner does not say
    source: str  # "camera", "serial", "wedge"
    at: float  # monotonic seconds
    corners: tuple[tuple[float, float], ...] | None = None
    raw: bytes = b""


class ScanHint(StrEnum):
    """Why a code in view does not decode, as advice to the person who holds it."""

    CLOSER = "closer"
    FARTHER = "farther"
    TILT = "tilt"  # away from the light
    BRIGHTER = "brighter"  # brighter screen, or more light
    STEADY = "steady"


class Scanner(Protocol):
    """Anything that yields scans: a camera pipeline, a serial scanner."""

    name: str

    def start(self, on_scan: Callable[[Scan], None], on_hint: Callable[[ScanHint], None] | None = None) -> None:
        """Begin. Callbacks come on the driver's own thread."""
        ...

    def stop(self) -> None: ...
    def health(self) -> DeviceHealth: ...


@dataclass(frozen=True, slots=True)
class Recording:
    """What was recorded: a whole WAV file, and its length in seconds."""

    wav: bytes
    seconds: float


class Microphone(Protocol):
    """Records one voice at a time, for a message. (A call has the microphone of the web engine.)"""

    name: str

    def start(self, on_level: Callable[[float], object], on_ended: Callable[[], object]) -> None:
        """Begin. `on_level` hears 0..1 ten times a second, `on_ended` that it ended by itself, on the driver's thread.

        Raises OSError when the device cannot be opened; harmless while recording.
        """
        ...

    def stop(self) -> Recording | None:
        """End, and what was recorded since `start`; None for nothing. Stopping twice is harmless."""
        ...

    def health(self) -> DeviceHealth: ...


@dataclass(frozen=True, slots=True)
class LockReport:
    """What a lock says after it was told to release. `detail` is its own word for it, for the desk and the journal."""

    released: bool
    detail: str = ""


class Lock(Protocol):
    """The lock of one door."""

    name: str

    def release(self) -> LockReport:
        """Let somebody in, once. Blocks until the lock reports, a few seconds at most; never raises."""
        ...

    def health(self) -> DeviceHealth: ...


@dataclass(frozen=True, slots=True)
class Point:
    """One thing on a board, "room.coil.0" in the configuration; see `kiosk.devices.io.points` for the kinds.

    `inverted`: what the board calls on is off here, as for a contact that opens when something happens.
    """

    board: str
    kind: str
    address: str
    inverted: bool = False

    @property
    def number(self) -> int:
        """The address as a number. Raises ValueError for a name."""
        return int(self.address)

    def __str__(self) -> str:
        return f"{'!' if self.inverted else ''}{self.board}.{self.kind}.{self.address}"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a board last said of its points. A point that is missing is unknown: not read yet, or no longer heard.

    Bits are 0 or 1, already turned round where the point is `inverted`; registers are unsigned 16 bit numbers.
    """

    values: "dict[Point, int]"
    at: float  # monotonic seconds


class BoardFault(Exception):
    """A board did not do as it was told. The text is for a technician."""


class Board(Protocol):
    """Inputs and outputs: a relay board, a computer's own pins, a button that types."""

    name: str

    def start(self, on_reading: Callable[[Reading], object]) -> None:
        """Begin. `on_reading` hears of every change, on the driver's own thread, and of silence: then without values.

        Outputs that are pulsed are switched off first, whatever the last run left behind.
        """
        ...

    def stop(self) -> None:
        """Outputs that are pulsed are off afterwards. Stopping twice is harmless."""
        ...

    def switch(self, point: Point, on: bool) -> None:
        """Turn an output on or off, and see that it is so. Blocks a second at most. Raises BoardFault."""
        ...

    def pulse(self, point: Point, seconds: float) -> bool:
        """Turn an output on, and off again after `seconds`. True: the board itself keeps that time. Raises BoardFault.

        Blocks until the output is seen to be on, a second at most; never until it is off.
        """
        ...

    def health(self) -> DeviceHealth: ...


class CardTrouble(StrEnum):
    """Why a card that lies on a reader was not read, as advice to the person who laid it there."""

    AGAIN = "again"  # lifted too early, or badly placed: lay it down again
    DAMAGED = "damaged"  # read, and it is not sound: another way in is better


class IdReader(Protocol):
    """Reads resident ID cards that are laid on it, each once until it is lifted."""

    name: str

    def start(
        self, on_card: "Callable[[IdCard, float], object]", on_trouble: Callable[[CardTrouble], object] | None = None
    ) -> None:
        """Begin. `on_card` gets the card, and the monotonic second in which it was found, on the driver's thread."""
        ...

    def stop(self) -> None:
        """Let the device go. Stopping twice is harmless."""
        ...

    def health(self) -> DeviceHealth: ...


class SpeechPriority(IntEnum):
    """A higher one interrupts a lower one; a newer one of the same class replaces the older."""

    HINT = 10
    PAGE = 20  # read-aloud that the visitor asked for
    RESULT = 30  # "opened", "taken", a refusal
    CAUTION = 40  # spoken before a medicine
    ALARM = 50


@dataclass(frozen=True, slots=True)
class Utterance:
    text: str
    language: str = "zh_CN"  # or "en"
    priority: SpeechPriority = SpeechPriority.HINT
    on_done: Callable[[bool], None] | None = field(default=None, compare=False)  # True = spoken to the end


class Speech(Protocol):
    """The voice of the station. Never blocks; a silent machine says so and the screen shows the words."""

    def say(self, utterance: Utterance) -> None: ...
    def prepare(self, utterances: Iterable[Utterance]) -> None:
        """Work out fixed prompts in advance, in the background."""
        ...

    def stop(self) -> None:
        """Silence within 200 ms, and what was queued is dropped; an alarm goes on."""
        ...

    def duck(self, on: bool) -> None:
        """During a call nothing below ALARM is spoken."""
        ...

    def available(self) -> bool: ...
    def close(self) -> None: ...
    def health(self) -> DeviceHealth: ...
