"""`python -m kiosk verify`, as an installer runs it."""

import io
import json
from pathlib import Path

import pytest

from kiosk.__main__ import main
from kiosk.app import demo_station
from kiosk.clock import SystemClock

CODES = Path(__file__).resolve().parents[3] / "assets" / "demo" / "codes"


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("station")
    demo_station(folder, SystemClock()).stop()
    return folder


def verify(data_dir: Path, capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str]:
    code = main(["--data-dir", str(data_dir), "verify", *args])
    return code, capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "reason"),
    [("rider", ""), ("driver", ""), ("cleaner", ""), ("revoked", "member.revoked"), ("expired", "member.expired")],
)
def test_the_demonstration_codes(data_dir: Path, capsys: pytest.CaptureFixture[str], name: str, reason: str) -> None:
    code, out = verify(data_dir, capsys, "--json", (CODES / f"{name}.txt").read_text("ascii").rstrip("\n"))
    answer = json.loads(out)
    assert (code, answer["good"], answer.get("reason", "")) == (1 if reason else 0, not reason, reason)
    if not reason:
        assert answer["issuer"] == "demo"
        assert len(answer["member"]) == 20


def test_words_for_a_person_and_a_code_from_a_pipe(
    data_dir: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO((CODES / "rider.txt").read_text("ascii")))
    code, out = verify(data_dir, capsys, "-")
    assert (code, out[:5]) == (0, "good:")
    code, out = verify(data_dir, capsys, "hello")
    assert (code, out) == (1, "refused: member.not_a_code (foreign)\n")


def test_an_empty_station_trusts_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = verify(tmp_path, capsys, "--json", (CODES / "rider.txt").read_text("ascii").rstrip("\n"))
    assert (code, json.loads(out)["reason"]) == (1, "member.unknown_issuer")
