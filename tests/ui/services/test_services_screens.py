"""Browsing services by touch: categories, a page, the way to the desk, reading it aloud, a clock that goes on."""

import numpy as np
import pytest
import zxingcpp
from PySide6.QtGui import QImage

from kiosk.events import CatalogueUpdated
from kiosk.protocol.catalogue import CatalogueBatch, Document
from ui.modes import Mode
from ui.reading import page_text
from ui.services.detail_model import ServiceDetailModel
from ui.services.list_model import ServicesListModel
from ui.stage import Stage


def begin(stage: Stage, page: str, **args: object) -> object:
    stage.begin()
    stage.face.navigator.open(page, args)
    stage.settle()
    return stage.face.navigator.model


def publish(stage: Stage, *documents: Document) -> None:
    catalogue = stage.station.store.catalogue
    revision = stage.station.desk.call(catalogue.revision) + 1
    batch = CatalogueBatch(revision=revision, documents=list(documents))
    kinds = stage.station.desk.call(catalogue.apply, batch)
    stage.station.bus.publish(CatalogueUpdated(revision, kinds))
    stage.settle()


def text_of(stage: Stage) -> str:
    assert stage.face.page is not None
    return page_text(stage.face.page)


def test_from_the_list_by_category_to_a_page_and_to_the_desk(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    model = begin(stage, "services.list")
    assert isinstance(model, ServicesListModel)
    assert len(model.services.rows) >= 15
    stage.tap("法律心理")
    stage.settle()
    assert [row.service for row in model.services.rows] == ["legal", "psychology"]
    assert [tab.title for tab in model.tabs.rows if tab.selected] == ["法律心理"]
    stage.tap(next(row for row in model.services.rows if row.service == "legal").title)
    stage.settle()
    detail = stage.face.navigator.model
    assert isinstance(detail, ServiceDetailModel)
    called: list[tuple[str, dict[str, str]]] = []
    monkeypatch.setattr(stage.face.navigator, "open", lambda page, args: called.append((page, args)))
    stage.tap("呼叫值班，请人帮我办")
    assert called == [("intercom.help", {"topic": "legal"})]
    stage.face.navigator.back()
    stage.settle()
    assert [tab.title for tab in stage.face.navigator.model.tabs.rows if tab.selected] == ["法律心理"]


def test_the_page_is_read_in_its_order_and_in_its_language(stage: Stage) -> None:
    begin(stage, "services.detail", service="legal")
    said = text_of(stage).split("\n")
    assert said[0] == "法律援助"
    order = ["开放时间", "周一至周五", "谁可以办", "要带什么", "多少钱", "免费", "12348", "呼叫值班，请人帮我办"]
    places = [said.index(words) for words in order]
    assert places == sorted(places)
    stage.face.settings.set_language("en")
    stage.settle()
    said = text_of(stage).split("\n")
    assert said[0] == "Legal aid"
    assert "Who may use it" in said
    assert not any("\u4e00" <= c <= "\u9fff" for line in said for c in line)


def test_the_code_on_the_page_is_the_link(stage: Stage) -> None:
    stage.set_mode(Mode())
    begin(stage, "services.detail", service="legal")
    stage.tap("往下看")
    picture = stage.grab().convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), picture.bytesPerLine())
    codes = zxingcpp.read_barcodes(rows[:, : picture.width()].copy())
    assert [code.text for code in codes] == ["https://www.example.org/yizhan/legal"]


def test_open_now_follows_the_clock(stage: Stage) -> None:
    model = begin(stage, "services.detail", service="legal")
    assert isinstance(model, ServiceDetailModel)
    assert (model.openWords, model.isOpen) == ("开放中，到 17:00", True)
    stage.station.clock.advance(3600)  # type: ignore[attr-defined]
    model.refresh()
    stage.settle()
    assert (model.openWords, model.isOpen) == ("现在不开放，明天 9:00 开", False)


def test_a_service_that_is_withdrawn_while_it_is_looked_at(stage: Stage) -> None:
    model = begin(stage, "services.detail", service="legal")
    publish(stage, Document(kind="service", id="legal", revision=900, deleted=True))
    assert model.problem.code == "service.gone"
    assert model.missing
    stage.tap("看看别的服务")
    stage.settle()
    listed = stage.face.navigator.model
    assert isinstance(listed, ServicesListModel)
    assert "legal" not in {row.service for row in listed.services.rows}


def test_a_category_that_is_emptied_leads_back_to_everything(stage: Stage) -> None:
    model = begin(stage, "services.list", category="rights")
    assert [row.service for row in model.services.rows] == ["legal", "psychology"]
    gone = [Document(kind="service", id=name, revision=900, deleted=True) for name in ("legal", "psychology")]
    publish(stage, *gone)
    stage.settle()
    assert model.category == ""
    assert "rights" not in {tab.category for tab in model.tabs.rows}
    assert len(model.services.rows) > 10


def test_no_services_at_all_is_a_designed_screen(stage: Stage) -> None:
    begin(stage, "services.list")
    rows = stage.face.navigator.model.services.rows
    publish(stage, *[Document(kind="service", id=row.service, revision=900, deleted=True) for row in rows])
    assert "还没有服务" in text_of(stage)


def test_a_service_with_nothing_but_a_title(stage: Stage) -> None:
    words = {"zh_CN": "新服务", "en": "New"}
    bare = {"category": "nowhere", "title": words, "summary": words}
    publish(stage, Document(kind="service", id="bare", revision=900, body=bare))
    model = begin(stage, "services.detail", service="bare")
    assert (model.openWords, model.link, model.picture, model.paragraphs) == ("", "", "", "")
    assert text_of(stage).split("\n") == ["新服务", "呼叫值班，请人帮我办"]
