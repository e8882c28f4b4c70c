"""The same numbers on paper, in a spreadsheet and from the command line as on the console."""

import csv
import io
import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from hub import reports_pdf
from hub.__main__ import main
from hub.config import HubConfig
from hub.features import features
from hub.members_cards import FontMissing
from hub.reports_demo import on_demo
from hub.spreadsheets import MARK, spreadsheet
from hub.state import Hub
from kiosk.protocol.folder import PlainDocument
from tests.hub.conftest import Server, Terminal, Time
from tests.hub.test_reports import push, settings

EVIL = '=HYPERLINK("http://x")'


@pytest.fixture
def desk(
    server: Server, terminal: Terminal, hub_time: Time, staff: Callable[..., httpx.Client]
) -> Callable[..., httpx.Response]:
    """A station with a quiet day, a full one and days of which nothing came, and somebody who asks for the month."""
    item = {"name": {"zh_CN": EVIL, "en": "-2"}, "unit": {"zh_CN": "瓶"}, "category": "drinks"}
    server.hub.catalogue.publish([settings("WX-0001", "运河公园驿站", "梁溪区")], "folder")
    server.hub.catalogue.publish([PlainDocument(kind="item", id="water", body=item)], "items")
    hub_time.at = datetime(2026, 12, 3, 4, 0, tzinfo=UTC)
    shelf = {"session": "s", "day": "2026-12-03", "item": "water"}
    push(terminal, *(terminal.entry("session.started", session=str(n)) for n in range(3)))
    push(terminal, terminal.entry("supply.taken", quantity=12, **shelf))
    hub_time.at = datetime(2026, 12, 5, 4, 0, tzinfo=UTC)
    push(terminal, terminal.entry("session.started", session="5"))
    hub_time.at = datetime(2026, 12, 7, 4, 0, tzinfo=UTC)
    client = staff("manager")

    def get(suffix: str, language: str = "zh", **more: str) -> httpx.Response:
        asked = {"length": "month", "day": "2026-12-31", "language": language, **more}
        answer = client.get(f"/api/console/reports{suffix}", params=asked)
        assert answer.status_code == 200, answer.text
        return answer

    return get


def words_of(pdf: bytes, folder: Path) -> str:
    (folder / "report.pdf").write_bytes(pdf)
    command = ["pdftotext", "-layout", "report.pdf", "-"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


def test_a_table_that_a_spreadsheet_opens(desk: Callable[..., httpx.Response]) -> None:
    answer = desk(".csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "report-month-2026-12" in answer.headers["Content-Disposition"]
    assert answer.content.startswith(MARK.encode())
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix(MARK))))
    assert {len(row) for row in rows} == {9}
    by_day = {row[1]: row for row in rows if row[0] == "按日" and row[2] == "到访"}
    assert by_day["2026-12-01"][3:] == ["", "", "0", "1", "缺", "尚未登记"]
    assert by_day["2026-12-02"][3:] == ["0", "", "1", "1", "完整", ""]  # a nought that is one
    assert by_day["2026-12-03"][3:] == ["3", "", "1", "1", "完整", ""]
    assert by_day["2026-12-05"][3:] == ["1", "", "0", "1", "缺", "数据未到"]
    assert by_day["2026-12-06"][3:] == ["", "", "0", "1", "缺", "数据未到"]
    assert by_day["2026-12-07"][7] == "进行中"
    (water,) = [row for row in rows if row[1] == "water"]
    assert (water[2], water[3], water[4]) == (f"'{EVIL}", "12", "瓶")
    assert not any(cell[:1] in ("=", "+", "-", "@") for row in rows for cell in row)
    english = list(csv.reader(io.StringIO(desk(".csv", "en").text.removeprefix(MARK))))
    assert english[0][:4] == ["part", "key", "name", "count"]
    assert ["By day", "2026-12-06", "Visits", "", "", "0", "1", "gap", "not received yet"] in english


def test_cells_that_would_be_formulas() -> None:
    text = spreadsheet([["=1", "+1", "-1", "@a", "\tb", "\rc", -1, 2.5, None, "甲"]])
    assert next(csv.reader(io.StringIO(text.removeprefix(MARK), newline=""))) == [
        "'=1", "'+1", "'-1", "'@a", "'\tb", "'\rc", "-1", "2.5", "", "甲",
    ]  # fmt: skip


def test_paper_says_the_same(desk: Callable[..., httpx.Response], tmp_path: Path) -> None:
    answer = desk(".pdf", station="WX-0001")
    assert answer.headers["Content-Type"] == "application/pdf"
    words = words_of(answer.content, tmp_path)
    for part in (
        "运河公园驿站 · 月报",
        "2026年12月",
        "6 个站日中 3 个完整",
        "尚未登记 1",
        "数据未到 2",
        "1/2",
        "2/2",
    ):
        assert part in words, part
    lines = [" ".join(line.split()) for line in words.splitlines()]
    assert "2026年12月1日 周二 缺 缺 0 / 1 缺（尚未登记）" in lines
    assert "2026年12月2日 周三 0 0 1 / 1 完整" in lines
    assert "2026年12月3日 周四 3 12 1 / 1 完整" in lines
    assert "2026年12月5日 周六 至少 1 缺 0 / 1 缺（数据未到）" in lines
    assert "2026年12月8日 周二 — — — 未到" in lines
    assert f"{EVIL} 至少 12 瓶" in lines
    fonts = subprocess.run(["pdffonts", "report.pdf"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert " yes yes yes " in fonts  # embedded, a subset, and its text can be searched
    english = words_of(desk(".pdf", "en", district="梁溪区").content, tmp_path)
    for part in (
        "D · Monthly report",
        "Dec 2026",
        "3 of 6 station-days complete",
        "gap (not received yet)",
        "By station",
    ):
        assert part in english, part


def test_without_a_font_it_says_so(desk: Callable[..., httpx.Response], monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> Any:
        raise FontMissing()

    monkeypatch.setattr(reports_pdf, "chinese_font", missing)
    with pytest.raises(AssertionError, match=r"reports\.font_missing"):
        desk(".pdf")


def test_the_monthly_return_from_the_command_line(
    desk: Callable[..., httpx.Response],
    hub_config: HubConfig,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    hub_time: Time,
) -> None:
    monkeypatch.setattr("hub.cli_report.open_hub", lambda _args: Hub(hub_config, hub_time))

    def run(*words: str) -> tuple[int, str, str]:
        code = main(["--data-dir", str(hub_config.data_dir), "report", "--month", *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    code, out, _ = run("2026-12", "--json")
    assert code == 0
    told, shown = json.loads(out), desk("").json()
    assert told == shown
    code, out, _ = run("2026-12", "--csv", str(tmp_path / "r.csv"), "--pdf", str(tmp_path / "r.pdf"))
    assert code == 0
    assert "6 个站日中 3 个完整" in out
    assert "至少 4  到访" in out
    assert (tmp_path / "r.csv").read_bytes() == desk(".csv").content
    assert "2026年12月" in words_of((tmp_path / "r.pdf").read_bytes(), tmp_path)
    for words, error in (
        (["2026-13"], "reports.month"),
        (["2026-12", "--station", "WX-0404"], "station.none"),
        (["2026-12", "--district", "没有"], "reports.no_district"),
        (["2026-12", "--csv", str(tmp_path / "nowhere" / "r.csv")], "reports.not_written"),
    ):
        code, _, err = run(*words)
        assert (code, json.loads(err)["error"]) == (2, error)


def test_the_demonstration_has_something_to_show_and_is_made_once(server: Server) -> None:
    for _ in range(2):
        on_demo(server.hub)
        assert server.hub.db.value("SELECT COUNT(*) FROM journal WHERE poison <> ''") == 0
        assert server.hub.db.value("SELECT COUNT(DISTINCT station) FROM report_count") == 2
    assert server.hub.db.value("SELECT COUNT(*) FROM projection_failure") == 0
    assert any(feature.on_demo is on_demo for feature in features())
