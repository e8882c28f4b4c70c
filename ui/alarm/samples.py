"""Every state of the alarm's page, for screenshots and screen checks. No alarm is raised for it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from kiosk.alarm import Incident, Reached
from kiosk.protocol.alarm import AlarmSource
from ui.pages import Sample

_ONE = Incident("a", AlarmSource.SCREEN, datetime(2026, 12, 1, 13, 5, tzinfo=UTC), 0.0)
_THERE = replace(_ONE, delivered=True, consoles=2)
_TAKEN = replace(_THERE, by="Wang Min")
_STATES: tuple[tuple[str, Incident | None, Reached | None], ...] = (
    ("none", None, None),
    ("sending", _ONE, Reached.SENDING),
    ("undelivered", replace(_ONE, presses=3, stored=False), Reached.UNDELIVERED),
    ("delivered", _THERE, Reached.DELIVERED),
    ("no-desk", replace(_THERE, consoles=0, presses=2), Reached.DELIVERED),
    ("unanswered", replace(_THERE, mistaken=1), Reached.UNANSWERED),
    ("acknowledged", replace(_TAKEN, drill=True), Reached.ACKNOWLEDGED),
    ("closed", replace(_TAKEN, closed=True, closed_by="Wang Min", reason="OK 12345"), Reached.CLOSED),
)


def _show(incident: Incident | None, reached: Reached | None, ending: bool = False) -> Callable[[Any], object]:
    return lambda model: model.show_sample(incident, reached, ending)


def samples() -> tuple[Sample, ...]:
    """One for each state, and the one in which staff end it."""
    shown = tuple(Sample(state, {}, _show(incident, reached)) for state, incident, reached in _STATES)
    return (*shown, Sample("ending", {}, _show(_TAKEN, Reached.ACKNOWLEDGED, ending=True)))
