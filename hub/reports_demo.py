"""Something to report in a demonstration: invented weeks at two invented stations, with gaps as in real life."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from hub import journal
from hub.features import features
from hub.reports_period import midnight
from hub.state import Hub
from hub.stations import enrol_terminal, new_enrolment
from kiosk.protocol.enrol import EnrolRequest, enrolment_message
from kiosk.protocol.entry import EntryAttempted, Reason, Result, Way
from kiosk.protocol.folder import PlainDocument
from kiosk.protocol.ids import uuid7
from kiosk.protocol.journal import JournalBody
from kiosk.protocol.members import MemberRecognisedBody
from kiosk.protocol.registration import MemberRegistered, Occupation
from kiosk.protocol.services import ServiceViewed
from kiosk.protocol.station import SessionEnded, SessionStarted, StationStarted, StationStopped
from kiosk.protocol.supplies import SupplyTakenBody

OWNER = "reports-demo"
_PLACES = {
    "DEMO-1": (("南长街驿站（演示）", "Nanchang Street (demo)"), ("梁溪区", "Liangxi")),
    "DEMO-2": (("惠山古镇驿站（演示）", "Huishan Old Town (demo)"), ("惠山区", "Huishan")),
}
_DAYS = 40
_OFF, _BEHIND = range(12, 15), 5  # days ago: the first was dark, the second has not been heard of since
_HOURS = (1, 0, 0, 0, 1, 4, 7, 6, 4, 3, 4, 9, 12, 8, 5, 4, 4, 6, 7, 4, 2, 2, 1, 1)
_ITEMS = ("water", "water", "water", "hot_water", "herbal_tea", "biscuits", "plaster", "mask")
_SERVICES = ("legal", "health_check", "insurance", "skills", "haircut")
_WORK = (Occupation.RIDER, Occupation.RIDER, Occupation.COURIER, Occupation.SANITATION, Occupation.DRIVER)
Happened = tuple[datetime, JournalBody]


def on_demo(hub: Hub) -> None:
    """Once: what is there already stays as it is."""
    today = hub.now().astimezone(ZoneInfo(hub.config.time_zone)).date()
    for number, (station, (name, district)) in enumerate(_PLACES.items()):
        if hub.db.value("SELECT COUNT(*) FROM station WHERE id = ?", (station,)):
            continue
        texts = [{"zh_CN": pair[0], "en": pair[1]} for pair in (name, district)]
        address = {"zh_CN": "虚构的数据，只为看报表", "en": "Invented, for the reports alone"}
        body = {"name": texts[0], "address": address, "district": texts[1]}
        hub.catalogue.publish(
            [PlainDocument(kind="station_settings", id=station, station=station, body=body)], f"{OWNER}-{station}"
        )
        _enrol(hub, station)
        chance = random.Random(station)  # noqa: S311 - a demonstration
        entries = list(_entries(_life(station, number, midnight(today, ZoneInfo(hub.config.time_zone)), chance)))
        for start in range(0, len(entries), journal.MAX_ENTRIES):
            page = entries[start : start + journal.MAX_ENTRIES]
            journal.take(hub.db, features(), station, 1, page, hub.now().isoformat())


def _enrol(hub: Hub, station: str) -> None:
    """With a key that nobody keeps: no terminal will ever speak for it."""
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    code, _ = new_enrolment(hub, station)
    proof = key.sign(enrolment_message(code, public)).hex()
    enrol_terminal(hub, EnrolRequest(code=code, public_key=public, proof=proof))


def _entries(happened: Iterator[Happened]) -> Iterator[dict[str, object]]:
    for seq, (at, body) in enumerate(happened, 1):
        raw = {"id": uuid7(at), "seq": seq, "kind": body.kind, "at": at.isoformat(), "clock": "synced"}
        yield raw | {"body": body.model_dump(mode="json")}


def _life(station: str, number: int, today: datetime, chance: random.Random) -> Iterator[Happened]:
    """Some weeks of a station up to this day's beginning: the first was dark for a while, the second is behind."""
    yield today - timedelta(days=_DAYS, hours=-9), StationStarted(version="demo", clean=True)
    members = [f"{number}{n:019x}" for n in range(12)]
    for n, member in enumerate(members):
        at = today - timedelta(days=_DAYS, hours=-10, minutes=-n)
        yield at, _registered(member, at, chance.choice(_WORK), f"d{number}{n:014x}")
    for ago in range(_DAYS - 1, _BEHIND if number else 0, -1):
        day = today - timedelta(days=ago)
        if not number and ago in _OFF:
            continue
        if not number and ago == _OFF[0] - 1:
            yield day + timedelta(hours=5), StationStarted(version="demo", clean=False)
        for _ in range(chance.randint(4, 12)):
            hour = max(6 if ago == _OFF[0] - 1 else 0, chance.choices(range(24), _HOURS)[0])
            yield from _visit(day, hour, chance, members)
    if not number:
        yield today, StationStopped()


def _registered(member: str, at: datetime, work: Occupation, token: str) -> MemberRegistered:
    until = at + timedelta(days=90)
    return MemberRegistered(
        session=member, member=member, way="id_card", occupation=work, token=token, issued=at, expires=until,
        card=f"{member}{'0' * 12}", shared_key=True,
    )  # fmt: skip


def _visit(day: datetime, hour: int, chance: random.Random, members: list[str]) -> Iterator[Happened]:
    at = day + timedelta(hours=hour, minutes=chance.randrange(60))
    member = chance.choice(members) if chance.random() < 0.6 else ""
    way, session = Way.CODE if member else Way.BELL, uuid7(at)
    result, reason = (Result.OPENED, Reason.ALLOWED) if chance.random() < 0.95 else (Result.REFUSED, Reason.CLOSED)
    yield at, EntryAttempted(door="front", way=way, result=result, reason=reason, member=member)
    if result is Result.REFUSED:
        return
    yield at, SessionStarted(session=session)
    if member:
        yield at, MemberRecognisedBody(session=session, member=member, tier="member")
    for _ in range(chance.choice([0, 1, 1, 2])):
        item, quantity = chance.choice(_ITEMS), chance.choice([1, 1, 2])
        yield at, SupplyTakenBody(item=item, session=session, day=day.date(), quantity=quantity, beyond=quantity)
    if chance.random() < 0.2:
        yield at, ServiceViewed(session=session, service=chance.choice(_SERVICES), recognised=bool(member))
    yield at, SessionEnded(session=session, reason="finished", seconds=chance.randint(20, 300))
