"""An alarm on the wire: an incident that stays until a named person has ended it.

The station raises it, in its journal and on the live link, and says it again on the link until the desk answers that a
*person* has it. Each message carries the whole state it knows, so that one that is lost or comes twice changes nothing.
Source of the rules: specs/devices.md, section 7 (GB 50394-2007, 5.2.2-5.2.3: it latches, and nothing resets it by
itself; EN 81-28: said until acknowledged, ended by a competent person, tested by itself at least every three days).
"""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from kiosk.protocol.catalogue import CatalogueBody, catalogue_body
from kiosk.protocol.journal import JournalBody, Uuid, journal_body
from kiosk.protocol.link import LinkMessage, link_message
from kiosk.protocol.text import LocalText

TEST_HOURS = 72  # a station whose last passed test is older than this has an alarm of its own
Name = Annotated[str, StringConstraints(max_length=80)]
Reason = Annotated[str, StringConstraints(max_length=200)]
Where = Literal["station", "desk"]


class AlarmSource(StrEnum):
    """What raised it."""

    SCREEN = "screen"  # the key on the screen
    BUTTON = "button"  # the button on the wall
    SILENT = "silent"  # a hidden button: nothing is seen or heard at the station
    SMOKE = "smoke"
    HEAT = "heat"
    SELF_TEST = "self_test"  # the hub: the station's own test has not passed for too long


class TestCode(StrEnum):
    """How an automatic end-to-end test of the alarm ended."""

    __test__ = False  # no test of pytest's

    PASSED = "passed"  # the hub holds it and a window of the desk has shown it
    NO_DESK = "no_desk"  # the hub holds it; nobody's window was open
    NO_ANSWER = "no_answer"  # nothing came back


# -- station -> hub ---------------------------------------------------------------------------------------------------


@link_message("alarm")
class Alarm(LinkMessage):
    """An incident as its station knows it. `presses` counts how often it was raised, 1 at first.

    `call` is the call to the desk that goes with it, "" none. `mistaken` is the press of which the visitor said that
    it was a mistake, 0 none: who presses again means it; it changes nothing but what the desk reads. `closed` is set
    when somebody ended it on the spot, with `closed_by` where that is known.
    """

    incident: Uuid
    source: AlarmSource
    raised: AwareDatetime
    presses: int = Field(default=1, ge=1, le=9999)
    drill: bool = False
    call: str = Field(default="", max_length=40)
    mistaken: int = Field(default=0, ge=0, le=9999)
    closed: bool = False
    closed_by: Name = ""
    reason: Reason = ""


@link_message("alarm_test")
class AlarmTest(LinkMessage):
    """The same way as an alarm, up to the windows of the desk, with nobody disturbed."""

    test: Uuid


# -- hub -> station ---------------------------------------------------------------------------------------------------


@link_message("alarm_state")
class AlarmState(LinkMessage):
    """The hub holds the incident durably; `consoles` windows of the desk are open to it now.

    `acknowledged_by` is the person who has it, "" nobody yet; `closed_by` who ended it at the desk.
    """

    incident: Uuid
    consoles: int = Field(default=0, ge=0)
    acknowledged_by: Name = ""
    closed: bool = False
    closed_by: Name = ""
    reason: Reason = ""


@link_message("alarm_tested")
class AlarmTested(LinkMessage):
    """A test has arrived; `consoles` windows of the desk have said so themselves."""

    test: Uuid
    consoles: int = Field(default=0, ge=0)


# -- catalogue --------------------------------------------------------------------------------------------------------


class AlarmStep(BaseModel):
    """Who hears of an alarm that nobody has acknowledged `after_seconds` after it arrived.

    `people` are names of accounts or of roles; with `gateway` the operator's SMS or telephone gateway is called, too.
    """

    model_config = ConfigDict(frozen=True)

    after_seconds: int = Field(ge=0, le=3600)
    people: tuple[Name, ...] = Field(default=(), max_length=32)
    gateway: bool = False


@catalogue_body("alarm_settings")
class AlarmSettings(CatalogueBody):
    """How alarms are handled; one document.

    `undelivered_seconds` after it was raised the station says that it is not delivered, `unanswered_seconds` that
    nobody has it yet: with the emergency numbers both times. `test_hours` lie between two tests of its own. `reasons`
    are offered to whoever ends an incident.
    """

    undelivered_seconds: int = Field(default=20, ge=5, le=300)
    unanswered_seconds: int = Field(default=120, ge=10, le=900)
    test_hours: int = Field(default=24, ge=1, le=TEST_HOURS)
    steps: tuple[AlarmStep, ...] = Field(
        default=(
            AlarmStep(after_seconds=0, people=("duty",)),
            AlarmStep(after_seconds=30, people=("manager",)),
            AlarmStep(after_seconds=60, gateway=True),
        ),
        min_length=1,
        max_length=8,
    )
    reasons: tuple[LocalText, ...] = Field(
        default=(
            LocalText(zh_CN="已到场处理", en="Dealt with on the spot"),
            LocalText(zh_CN="按错了", en="Pressed by mistake"),
            LocalText(zh_CN="演练结束", en="The drill is over"),
        ),
        min_length=1,
        max_length=12,
    )


# -- journal ----------------------------------------------------------------------------------------------------------


@journal_body("alarm.raised")
class AlarmRaised(JournalBody):
    """An alarm began. `session` is that of the terminal, no name."""

    incident: Uuid
    source: AlarmSource
    drill: bool = False
    session: str = ""


@journal_body("alarm.pressed")
class AlarmPressed(JournalBody):
    """Raised once more while it lasts: the same incident.

    `source` when that changed it: a silent alarm that is now raised aloud.
    """

    incident: Uuid
    presses: int = Field(ge=2)
    source: AlarmSource | None = None


@journal_body("alarm.delivered")
class AlarmDelivered(JournalBody):
    """The hub holds it."""

    incident: Uuid


@journal_body("alarm.acknowledged")
class AlarmAcknowledged(JournalBody):
    """A person has it."""

    incident: Uuid
    by: str


@journal_body("alarm.mistaken")
class AlarmMistaken(JournalBody):
    """The visitor said of this press that it was a mistake. The alarm lasts all the same."""

    incident: Uuid
    presses: int = Field(ge=1)


@journal_body("alarm.closed")
class AlarmClosed(JournalBody):
    """Ended: on the spot by staff (`where` "station", `by` "" where a PIN has no name), or by a named person."""

    incident: Uuid
    by: str = ""
    where: Where
    reason: str = ""


@journal_body("alarm.tested")
class AlarmSelfTested(JournalBody):
    """An automatic end-to-end test and how it ended; `seconds` until it had."""

    test: Uuid
    code: TestCode
    consoles: int = Field(default=0, ge=0)
    seconds: float = Field(ge=0)
