"""What can still be taken back: for ten seconds, once, by the visitor whose session it was."""

from dataclasses import dataclass

from kiosk.clock import Clock
from kiosk.events import EventBus
from kiosk.protocol.supplies import Effect, SupplyUndoneBody
from kiosk.session import Session
from kiosk.storage import Store
from kiosk.supplies.errors import UndoAlready, UndoBlocked, UndoNotYours, UndoTooLate
from kiosk.supplies.events import SupplyUndone
from kiosk.supplies.shelf import Shelf

UNDO_SECONDS = 10.0
GRACE = 0.5  # a touch in the last moment still has to get from the glass to the desk


@dataclass(frozen=True, slots=True)
class _Chance:
    session: str
    until: float  # monotonic seconds


class Undo:
    """Remembers what the running session wrote. On the desk thread; a restart ends every chance."""

    def __init__(
        self,
        store: Store,
        shelf: Shelf,
        clock: Clock,
        bus: EventBus,
        session: Session,
    ) -> None:
        self._store = store
        self._shelf = shelf
        self._tables = shelf.tables
        self._clock = clock
        self._bus = bus
        self._session = session
        self._chances: dict[str, _Chance] = {}

    def offer(self, entry_id: str, session: str) -> float:
        """The entry may be undone from now on. Returns for how many seconds."""
        now = self._clock.monotonic()
        while self._chances and next(iter(self._chances.values())).until < now:  # they end in the order they came
            self._chances.pop(next(iter(self._chances)))
        self._chances[entry_id] = _Chance(session, now + UNDO_SECONDS + GRACE)
        return UNDO_SECONDS

    def undo(self, entry_id: str) -> None:
        """Reverse the entry exactly: stock, loans, the day's count.

        Raises UndoAlready, UndoNotYours, UndoTooLate, and UndoBlocked when something since then builds on it.
        """
        if self._tables.undone(entry_id):
            raise UndoAlready()
        chance = self._chances.get(entry_id)
        if chance is None or self._clock.monotonic() > chance.until:
            raise UndoTooLate()
        if chance.session != self._session.id:
            raise UndoNotYours()
        body = self._tables.body(entry_id)
        if body is None or not self._possible(body.item, body.effect(entry_id)):
            raise UndoBlocked()
        self._store.append(
            SupplyUndoneBody(item=body.item, session=chance.session, day=self._shelf.today().day, of=entry_id)
        )
        del self._chances[entry_id]
        self._bus.publish(SupplyUndone(body.item, entry_id))

    def _possible(self, item: str, effect: Effect) -> bool:
        back = effect.reversed()
        for lot, change in back.lots:
            found = self._tables.lot(item, lot)
            if found is None or found.quantity + change < 0:
                return False
        beyond, unmatched = self._tables.beyond().get(item, (0, 0))
        if beyond + back.beyond < 0 or unmatched + back.unmatched < 0:
            return False
        if back.closes:  # a loan that began with it and has ended since
            return self._tables.loan(back.closes) is not None
        if back.opens:  # a loan that it had ended, and whose number somebody else has got since
            number = getattr(self._tables.body(back.opens), "number", None)
            return all(loan.number != number for loan in self._tables.loans())
        return True
