"""What can go wrong at the shelf. Nobody is refused for want of a name, a limit or a number in a book."""

from kiosk.errors import KioskError


class SupplyError(KioskError):
    """Base of the shelf's errors; never raised itself."""

    code = "supply.failed"


class ItemGone(SupplyError):
    """The item is not published (any more), or it is not for this: one takes a bottle and borrows an umbrella."""

    code = "supply.item_gone"


class QuantityOutOfRange(SupplyError):
    """`least` and `most` say what would do."""

    code = "supply.quantity"


class OnlyExpiredLeft(SupplyError):
    """All that is left is past its last good day."""

    code = "supply.only_expired"


class RestExpired(SupplyError):
    """`good` are left that may be taken, fewer than were asked for; the others are past their last good day."""

    code = "supply.rest_expired"


class CautionFirst(SupplyError):
    """The caution card has to be acknowledged first, in its present version."""

    code = "supply.caution_first"


class UndoTooLate(SupplyError):
    code = "supply.undo_late"


class UndoAlready(SupplyError):
    code = "supply.undo_already"


class UndoNotYours(SupplyError):
    """Another visitor is here now."""

    code = "supply.undo_not_yours"


class UndoBlocked(SupplyError):
    """Something happened since that builds on it: that has to be undone first."""

    code = "supply.undo_blocked"


class LoanNotOpen(SupplyError):
    """It came back already, or nothing was lent under this number."""

    code = "supply.loan_not_open"


class LotUnknown(SupplyError):
    code = "supply.lot_unknown"


class LotShort(SupplyError):
    """The lot has only `left`."""

    code = "supply.lot_short"


class LotAlreadyExpired(SupplyError):
    """What is past its last good day is not put on the shelf."""

    code = "supply.lot_expired"


class CountOutdated(SupplyError):
    """The book changed while somebody was counting."""

    code = "supply.count_outdated"
