"""The states of the shelf's pages for pictures and screen checks. What is shown is made here; nothing is written.

A model that reads again (another language) reads from the same made source.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from kiosk.errors import StaffPinWrong
from kiosk.protocol.text import LocalText
from kiosk.supplies import Done, ItemRow, LoanRow, Loans, Offer, Plan, Share, StockState, Warnings, Written
from kiosk.supplies.errors import RestExpired, UndoBlocked
from ui.pages import Sample

_ENTRY = "01900000-0000-7000-8000-000000000001"
_WATER = ItemRow(
    id="water",
    category="drinks",
    name=LocalText(zh_CN="瓶装水", en="Bottled water"),
    unit=LocalText(zh_CN="瓶", en="bottle"),
    note=None,
    icon="mdi6.bottle-soda-outline",
    picture=None,
    loan=False,
    quantity=29,
    state=StockState.PLENTY,
)
_UMBRELLA = replace(
    _WATER,
    id="umbrella",
    name=LocalText(zh_CN="雨伞", en="Umbrella"),
    unit=LocalText(zh_CN="把", en="umbrella"),
    icon="mdi6.umbrella-outline",
    loan=True,
    quantity=5,
)
_LEFT = LocalText(zh_CN="左边的箱子", en="the left box")
_RIGHT = LocalText(zh_CN="右边的箱子", en="the right box")
_STAND = LocalText(zh_CN="门口的伞架", en="the umbrella stand at the door")


def _done(**changes: Any) -> Done:
    shares = (Share("a", 2, _LEFT, None),)
    return replace(Done(_ENTRY, _WATER, 2, shares, 0, False, 0, 10.0), **changes)


_TWO_LOTS = (Share("a", 1, _LEFT, None), Share("b", 2, _RIGHT, None))
_LENT = _done(item=_UMBRELLA, quantity=1, shares=(Share("a", 1, _STAND, None),), number=7)
_SINCE = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)


def _loan(number: int, mine: bool = False) -> LoanRow:
    name = _UMBRELLA.name
    return LoanRow(f"loan-{number}", number, "umbrella", name, _UMBRELLA.icon, _SINCE if mine else None)


_LOANS = Loans((_loan(3, mine=True),), tuple(_loan(n) for n in (1, 2, 5, 12)), (_UMBRELLA,))


def _from(**made: Any) -> Callable[[Any], None]:
    """Let a model read what was made here."""

    def prepare(model: Any) -> None:
        for name, value in made.items():
            setattr(model, name, lambda *_args, value=value: value)
        model.refresh()

    return prepare


def _over_limit(model: Any) -> None:
    plans = (Plan((Share("a", 1, _LEFT, None),), 0, False),) * 3
    _from(source=Offer(_WATER, plans, 1, 0, 3, 3, None, True))(model)


def _doubtful(model: Any) -> None:
    plans = (Plan((Share("a", 1, _LEFT, datetime(2026, 12, 15, tzinfo=UTC).date()),), 0, True),) * 3
    _from(source=Offer(_WATER, plans, 2, 0, 3, None, None, False))(model)


def _rest_expired(model: Any) -> None:
    model.set_problem(RestExpired(item="water", good=2))


SAMPLES: dict[str, tuple[Sample, ...]] = {
    "list": (Sample("normal"), Sample("empty", prepare=_from(source=()))),
    "take": (
        Sample("normal", {"item": "water"}, prepare=lambda model: model.change(2)),
        Sample("caution", {"item": "huoxiang"}),
        Sample("heard", {"item": "huoxiang"}, prepare=lambda model: model.acknowledge()),
        Sample("limit", {"item": "water"}, prepare=_over_limit),
        Sample("doubt", {"item": "water"}, prepare=_doubtful),
        Sample("expired", {"item": "biscuits"}),
        Sample("missing", {"item": "watermelon"}),
        Sample("uncounted", {"item": "hot_water"}),
        Sample("borrow", {"item": "umbrella"}),
        Sample("refused", {"item": "water"}, prepare=_rest_expired),
    ),
    "done": (
        Sample("taken", {"done": _done()}),
        Sample("two_lots", {"done": _done(quantity=3, shares=_TWO_LOTS)}),
        Sample("beyond", {"done": _done(shares=(), beyond=2)}),
        Sample("lent", {"done": _LENT}),
        Sample("returned", {"done": replace(_LENT, shares=()), "returned": True}),
        Sample("undone", {"done": _done()}, prepare=lambda model: model.was_undone()),
        Sample("failed", {"done": _done()}, prepare=lambda model: model.set_problem(UndoBlocked())),
    ),
    "loans": (
        Sample("normal", prepare=_from(source=_LOANS)),
        Sample("empty"),
    ),
    "pin": (
        Sample("normal"),
        Sample("typed", prepare=lambda model: [model.press(digit) for digit in "246"]),
        Sample("wrong", prepare=lambda model: model.set_problem(StaffPinWrong(left=3))),
        Sample("locked", prepare=_from(lock_source=260)),
    ),
    "staff": (
        Sample("normal"),
        Sample("loans", prepare=_from(loans_source=(_loan(3, mine=True), _loan(7)))),
        Sample("fine", prepare=_from(warnings_source=Warnings((), (), (), (), (), True))),
        Sample("doubt", prepare=_from(warnings_source=Warnings((), (), (), (), (), False))),
    ),
    "stock": (
        Sample("normal", {"item": "huoxiang"}),
        Sample(
            "written",
            {"item": "water"},
            prepare=lambda model: model.note(Written(_ENTRY, _WATER, "a", 10.0), "restocked"),
        ),
        Sample("empty", {"item": "watermelon"}),
    ),
    "restock": (
        Sample("normal", {"item": "gloves"}),
        Sample("dated", {"item": "herbal_tea"}),
    ),
    "count": (
        Sample("normal", {"item": "herbal_tea"}),
        Sample("differs", {"item": "herbal_tea"}, prepare=lambda model: model.change("opening-4", -1)),
    ),
    "spoil": (Sample("normal", {"item": "huoxiang", "lot": "opening-7"}),),
}
