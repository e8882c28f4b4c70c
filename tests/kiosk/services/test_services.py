"""The services of the catalogue: order, what is gone, what is counted, pictures, a clock nobody trusts."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kiosk.clock import ClockQuality, ManualClock
from kiosk.events import EventBus
from kiosk.hours import OpenHours, Openness
from kiosk.protocol.catalogue import CatalogueBatch, Document
from kiosk.protocol.folder import read_folder
from kiosk.protocol.services import HolidayCalendar, ServiceCategory, ServiceDocument
from kiosk.services import Services
from kiosk.services.errors import ServiceGone
from kiosk.session import Person, Session
from kiosk.storage import Store

ASSETS = Path(__file__).resolve().parents[3] / "assets"
SHA = "ab" * 32


def words(zh: str) -> dict[str, str]:
    return {"zh_CN": zh, "en": zh}


def service(doc_id: str, category: str = "help", order: int = 1, **more: Any) -> Document:
    body = {"category": category, "title": words(doc_id), "summary": words("…"), "order": order, **more}
    return Document(kind="service", id=doc_id, revision=1, body=body)


def category(doc_id: str, order: int) -> Document:
    body = {"name": words(doc_id), "icon": "mdi6.star", "order": order}
    return Document(kind="service_category", id=doc_id, revision=1, body=body)


OFFICE = {"weekly": {"mon-fri": [{"start": "09:00", "end": "17:00"}]}}


class Desk:
    def __init__(self, store: Store, clock: ManualClock, bus: EventBus, folder: Path) -> None:
        self.store, self.clock = store, clock
        self.session = Session(clock, bus, lambda body: None)
        self.services = Services(
            store.catalogue,
            OpenHours(store.catalogue, clock, ZoneInfo("Asia/Shanghai")),
            self.session,
            store.append,
            lambda sha: folder / "fetched.png" if sha == SHA else None,
            folder,
        )

    def publish(self, *documents: Document) -> None:
        self.store.catalogue.apply(CatalogueBatch(revision=1, documents=list(documents)))


@pytest.fixture
def desk(store: Store, clock: ManualClock, bus: EventBus, tmp_path: Path) -> Desk:
    return Desk(store, clock, bus, tmp_path)


def test_an_empty_catalogue_has_no_services(desk: Desk) -> None:
    assert (desk.services.categories(), desk.services.list()) == ((), ())
    with pytest.raises(ServiceGone):
        desk.services.get("anything")


def test_categories_in_their_order_and_only_with_something_in_them(desk: Desk) -> None:
    desk.publish(category("late", 9), category("early", 1), category("empty", 0))
    desk.publish(service("a", "late"), service("b", "early"), service("c", "early"), service("d", "nowhere"))
    assert [(row.id, row.count) for row in desk.services.categories()] == [("early", 2), ("late", 1)]
    assert [row.id for row in desk.services.list("early")] == ["b", "c"]
    assert [row.id for row in desk.services.list()] == ["b", "c", "a", "d"]
    assert desk.services.get("d").category is None


def test_the_core_ones_then_order_then_id(desk: Desk) -> None:
    desk.publish(
        service("z", order=1), service("b", order=2), service("a", order=2), service("core", order=9, core=True)
    )
    assert [row.id for row in desk.services.list()] == ["core", "z", "a", "b"]


def test_a_service_whose_time_is_over_is_gone_after_its_last_day(desk: Desk, clock: ManualClock) -> None:
    desk.publish(service("flu", valid_until="2026-12-01"))
    clock.set(datetime(2026, 12, 1, 15, 59, tzinfo=UTC))  # 23:59 in the station
    assert desk.services.get("flu").id == "flu"
    clock.advance(120)
    with pytest.raises(ServiceGone):
        desk.services.get("flu")
    assert desk.services.list() == ()
    clock.set(clock.now(), ClockQuality.DOUBTFUL)  # who does not know the day does not withdraw anything
    assert len(desk.services.list()) == 1


def test_open_now_is_in_the_station_s_time_and_unknown_without_a_clock(desk: Desk, clock: ManualClock) -> None:
    desk.publish(service("office", hours=OFFICE), service("always", hours={"always": True}))
    clock.set(datetime(2026, 12, 1, 0, 59, tzinfo=UTC))
    assert desk.services.get("office").now.state is Openness.CLOSED
    clock.advance(60)
    assert desk.services.get("office").now.state is Openness.OPEN
    clock.set(clock.now(), ClockQuality.DOUBTFUL)
    assert desk.services.get("office").now.state is Openness.UNKNOWN
    assert desk.services.get("always").now.state is Openness.ALWAYS


def test_holidays_come_from_the_calendar(desk: Desk, clock: ManualClock) -> None:
    desk.publish(
        service("office", hours=OFFICE),
        Document(kind="holiday_calendar", id="2026", revision=1, body={"days": {"2026-12-01": "holiday"}}),
    )
    clock.set(datetime(2026, 12, 1, 3, 0, tzinfo=UTC))
    assert desk.services.get("office").now.state is Openness.CLOSED


def test_a_view_is_counted_once_a_session(desk: Desk) -> None:
    desk.publish(service("a"), service("b"))
    desk.session.wake()
    first = desk.session.id
    for name in ("a", "a", "b", "a"):
        desk.services.view(name)
    desk.session.recognise(Person("00" * 8))
    desk.services.view("b")
    desk.session.finish()
    desk.session.recognise(Person("00" * 8))
    desk.services.view("a")
    entries = [e.body for e in desk.store.journal.all()]
    assert [(e["session"] == first, e["service"], e["recognised"]) for e in entries] == [
        (True, "a", False),
        (True, "b", False),
        (False, "a", True),
    ]
    with pytest.raises(ServiceGone):
        desk.services.view("gone")


def test_pictures_are_files_that_exist_or_nothing(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "drawn.png").write_bytes(b"png")
    desk.publish(
        service("drawn", picture="drawn.png"),
        service("missing", picture="missing.png"),
        service("fetched", picture={"sha256": SHA, "size": 3}),
        service("unfetched", picture={"sha256": "cd" * 32, "size": 3}),
        service("none"),
    )
    found = {row.id: desk.services.get(row.id).picture for row in desk.services.list()}
    assert found == {
        "drawn": tmp_path / "drawn.png",
        "missing": None,
        "fetched": tmp_path / "fetched.png",
        "unfetched": None,
        "none": None,
    }


@pytest.mark.parametrize("name", ["../secret.png", "/etc/passwd", "a/b.png", "x.exe", ""])
def test_a_picture_s_name_is_no_path(name: str) -> None:
    with pytest.raises(ValueError, match="picture"):
        service("bad", picture=name).parsed()


# -- the demonstration --------------------------------------------------------------------------------------------


def test_the_demonstration_s_services_are_complete() -> None:
    documents = [plain.at(1) for plain in read_folder(ASSETS / "demo" / "catalogue")]
    found = {d.id: d.parsed() for d in documents if d.kind == "service"}
    categories = {d.id for d in documents if d.kind == "service_category"}
    queues = {d.id for d in documents if d.kind == "call_topic"}
    assert sum(isinstance(s, ServiceDocument) and s.core for s in found.values()) == 8
    assert len(found) >= 15
    for doc_id, body in found.items():
        assert isinstance(body, ServiceDocument)
        assert body.category in categories, doc_id
        assert body.title.en, doc_id
        assert body.text, doc_id
        assert body.who, doc_id
        assert body.hours.always or body.hours.weekly, doc_id
        assert isinstance(body.picture, str), doc_id
        assert (ASSETS / "services" / body.picture).is_file(), doc_id
        assert body.queue in queues, doc_id
        every = [body.title, body.summary, *body.text, *body.who, *body.bring, body.place, body.cost, body.picture_alt]
        assert all(text.en for text in every if text), doc_id
    assert any(isinstance(d.parsed(), HolidayCalendar) for d in documents)
    assert all(isinstance(d.parsed(), ServiceCategory) for d in documents if d.kind == "service_category")
