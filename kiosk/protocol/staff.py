"""Staff at the terminal: entries say that the PIN was used, never which one was typed."""

from kiosk.protocol.journal import JournalBody, journal_body


@journal_body("staff.unlocked")
class StaffUnlocked(JournalBody):
    """The right PIN was typed; staff pages are open for the rest of this session."""

    session: str


@journal_body("staff.locked")
class StaffLocked(JournalBody):
    """Too many wrong tries in a row: no PIN is taken for `seconds`."""

    session: str
    seconds: int
