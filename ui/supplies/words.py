"""Sentences about the shelf. Chinese sources, put together and translated when they are asked for."""

from datetime import date

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from kiosk.protocol.text import LocalText
from kiosk.supplies import Done, ItemRow, LotRow, LotState, Offer, Plan, Share, StockState
from ui.context import UiContext
from ui.hours import day_words

_STOCK = {
    StockState.UNCOUNTED: QT_TRANSLATE_NOOP("supplies", "随时都有"),
    StockState.PLENTY: QT_TRANSLATE_NOOP("supplies", "还有 {amount}"),
    StockState.LOW: QT_TRANSLATE_NOOP("supplies", "快没了，还有 {amount}"),
    StockState.NONE: QT_TRANSLATE_NOOP("supplies", "账上没有了"),
    StockState.EXPIRED: QT_TRANSLATE_NOOP("supplies", "剩下的过期了"),
}
_LOT = {
    LotState.GOOD: QT_TRANSLATE_NOOP("supplies", "{date}到期"),
    LotState.EXPIRING: QT_TRANSLATE_NOOP("supplies", "{date}到期，快到了"),
    LotState.EXPIRED: QT_TRANSLATE_NOOP("supplies", "{date}已过期"),
    LotState.UNKNOWN: QT_TRANSLATE_NOOP("supplies", "{date}到期，机器的钟不准"),
}
_TO_LEND = QT_TRANSLATE_NOOP("supplies", "可借 {amount}")
_NO_EXPIRY = QT_TRANSLATE_NOOP("supplies", "没有保质期")
_NOWHERE = QT_TRANSLATE_NOOP("supplies", "架子上")
_FROM = QT_TRANSLATE_NOOP("supplies", "请从{place}拿。")
_FROM_DATED = QT_TRANSLATE_NOOP("supplies", "请从{place}拿，{date}到期。")
_FROM_FIRST = QT_TRANSLATE_NOOP("supplies", "请从{place}拿：那里的先到期（{date}）。")
_FROM_OLDER = QT_TRANSLATE_NOOP("supplies", "请从{place}拿：那里的先来。")
_FROM_TWO = QT_TRANSLATE_NOOP("supplies", "从{place}拿 {amount}")
_AND = QT_TRANSLATE_NOOP("supplies", "；")
_FULL_STOP = QT_TRANSLATE_NOOP("supplies", "。")
_NOT_IN_BOOK = QT_TRANSLATE_NOOP("supplies", "账上已经没有了。您看到有就请拿，我们记下来，让人补货。")
_LESS_IN_BOOK = QT_TRANSLATE_NOOP("supplies", "账上只有 {amount}；您看到有就请拿，我们记下来。")
_LOOK = QT_TRANSLATE_NOOP("supplies", "机器的钟现在不准，请先看看包装上的日期。")
_LIMIT = QT_TRANSLATE_NOOP("supplies", "您今天已经拿过 {taken}，一般每人每天 {limit}。您需要的话，请照常拿。")
_LIMIT_NOW = QT_TRANSLATE_NOOP("supplies", "一般每人每天 {limit}。您需要的话，请照常拿。")
_LIMIT_LOAN = QT_TRANSLATE_NOOP("supplies", "您今天已经借过了。您还需要的话，请照常借。")
_TAKE = QT_TRANSLATE_NOOP("supplies", "拿 {amount}")
_BORROW = QT_TRANSLATE_NOOP("supplies", "借用")
_LYING = QT_TRANSLATE_NOOP("supplies", "{place}：{amount}")
_TAKEN = QT_TRANSLATE_NOOP("supplies", "已记下：{name} {amount}")
_LENT = QT_TRANSLATE_NOOP("supplies", "已借出：{name}")
_BACK = QT_TRANSLATE_NOOP("supplies", "已归还：{name}")


def say(source: str, **fill: object) -> str:
    """A sentence of ours in the language of the screen."""
    return QCoreApplication.translate("supplies", source).format_map(fill)


class ShelfWords:
    """The sentences for one screen: they need the language and the date."""

    def __init__(self, ui: UiContext) -> None:
        self._ui = ui

    def today(self) -> date:
        return self._ui.station.local_now().date()

    def stock(self, item: ItemRow) -> str:
        """How an item stands."""
        lending = item.loan and item.state in (StockState.PLENTY, StockState.LOW)
        source = _TO_LEND if lending else _STOCK[item.state]
        return say(source, amount=self.amount(item.quantity, item.unit))

    def advice(self, offer: Offer, quantity: int) -> str:
        """Where to take `quantity` from; "" where there is nothing to say."""
        plan = offer.plans[quantity - 1]
        lines = [self._where(plan.shares, offer.item, offer.lots)]
        if plan.beyond and plan.shares:
            held = sum(share.quantity for share in plan.shares)
            lines.append(say(_LESS_IN_BOOK, amount=self.amount(held, offer.item.unit)))
        elif plan.beyond:
            lines.append(say(_NOT_IN_BOOK))
        return " ".join(line for line in lines if line) if self._ui.language == "en" else "".join(lines)

    def look_at_date(self, plan: Plan) -> str:
        """What the clock cannot judge has to be looked at; "" where it can."""
        return say(_LOOK) if plan.unsure else ""

    def limit(self, offer: Offer, quantity: int) -> str:
        """A day's limit is over; "" while it is not."""
        if not offer.over_limit(quantity):
            return ""
        if offer.item.loan:
            return say(_LIMIT_LOAN)
        source = _LIMIT if offer.taken_today else _LIMIT_NOW
        taken = self.amount(offer.taken_today or 0, offer.item.unit)
        return say(source, taken=taken, limit=self.amount(offer.daily_limit or 0, offer.item.unit))

    def done(self, done: Done, returned: bool) -> str:
        """What was written."""
        source = _BACK if returned else _LENT if done.number else _TAKEN
        return say(source, name=self._ui.text(done.item.name), amount=self.amount(done.quantity, done.item.unit))

    def where(self, done: Done) -> str:
        """Where to take it from, once more."""
        return self._where(done.shares, done.item, len(done.shares))

    def expiry(self, lot: LotRow) -> str:
        """When a lot expires, and what that means today."""
        if lot.expires is None:
            return say(_NO_EXPIRY)
        return say(_LOT[lot.state], date=day_words(lot.expires, self.today()))

    def place(self, lot: LotRow) -> str:
        """Where a lot lies, as the beginning of a line."""
        words = self._ui.text(lot.place) or say(_NOWHERE)
        return words[:1].upper() + words[1:]

    def lying(self, lot: LotRow) -> str:
        """Where a lot lies and how many they are."""
        return say(_LYING, place=self.place(lot), amount=self.amount(lot.quantity, lot.unit))

    def amount(self, quantity: int, unit: LocalText) -> str:
        """So many; English does without the unit."""
        return f"{quantity} {self.counter(unit)}".rstrip()

    def counter(self, unit: LocalText) -> str:
        """The word that stands behind a number; only Chinese has one."""
        return self._ui.text(unit) if self._ui.language == "zh_CN" else ""

    def take(self, offer: Offer, quantity: int) -> str:
        """What the button that takes it says."""
        source = _BORROW if offer.item.loan else _TAKE
        return say(source, amount=self.amount(quantity, offer.item.unit))

    def _where(self, shares: tuple[Share, ...], item: ItemRow, lots: int) -> str:
        if len(shares) > 1:
            parts = (say(_FROM_TWO, place=self._place(s), amount=self.amount(s.quantity, item.unit)) for s in shares)
            return say(_AND).join(parts) + say(_FULL_STOP)
        if not shares:
            return ""
        (share,) = shares
        place = self._place(share)
        if share.expires is None:
            return say(_FROM_OLDER if lots > 1 else _FROM, place=place)
        return say(_FROM_FIRST if lots > 1 else _FROM_DATED, place=place, date=day_words(share.expires, self.today()))

    def _place(self, share: Share) -> str:
        return self._ui.text(share.place) or say(_NOWHERE)
