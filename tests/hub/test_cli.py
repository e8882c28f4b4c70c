"""The commands: what they print, what they refuse, how they end."""

import io
import json
import shutil
import socket
from pathlib import Path
from typing import Any

import pytest

from hub.__main__ import build_parser, main
from kiosk.protocol.folder import read_folder


class Commands:
    """Runs `python -m hub` on data of its own."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys

    def __call__(self, *words: str) -> tuple[int, str, str]:
        code = main(["--data-dir", str(self.folder / "hub"), *words])
        out = self.capsys.readouterr()
        return code, out.out, out.err

    def data(self, *words: str) -> Any:
        code, out, err = self(*words, "--json")
        assert code == 0, err
        return json.loads(out)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Commands:
    return Commands(tmp_path, capsys)


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    folder = tmp_path / "catalogue"
    (folder / "files").mkdir(parents=True)
    (folder / "files" / "leaflet.pdf").write_bytes(b"%PDF-")
    write(folder, "a", {"zh_CN": "甲"}, file={"name": "leaflet.pdf", "media_type": "application/pdf"})
    write(folder, "b", {"zh_CN": "乙", "en": "B"})
    return folder


def write(folder: Path, name: str, text: dict[str, str], **more: Any) -> None:
    document = {"kind": "notice", "id": name, "body": {"text": text, **more}}
    (folder / f"{name}.json").write_text(json.dumps(document), "utf-8")


def test_every_command_has_help(capsys: pytest.CaptureFixture[str]) -> None:
    parser = build_parser()
    actions = [action for action in parser._actions if action.choices]
    for command in actions[0].choices:
        with pytest.raises(SystemExit) as ended:
            parser.parse_args([command, "--help"])
        assert ended.value.code == 0
    assert {"serve", "publish", "export", "staff", "enrol"} <= set(actions[0].choices)
    capsys.readouterr()


def test_publish_says_what_changed_and_deletes_what_is_gone(run: Commands, catalogue: Path) -> None:
    assert run.data("publish", str(catalogue), "--dry-run")["added"] == ["notice/a", "notice/b"]
    assert run.data("publish", str(catalogue))["added"] == ["notice/a", "notice/b"]
    assert run.data("publish", str(catalogue)) == {
        "revision": 2, "added": [], "changed": [], "deleted": [], "unchanged": 2,
    }  # fmt: skip
    (catalogue / "a.json").unlink()
    write(catalogue, "b", {"zh_CN": "丙"})
    assert run.data("publish", str(catalogue), "--keep")["deleted"] == []
    code, out, _ = run("publish", str(catalogue))
    assert code == 0
    assert out.splitlines() == ["- notice/a", "1 changed, 1 as before; revision 4"]


def test_what_is_exported_can_be_published_and_changes_nothing(run: Commands, catalogue: Path, tmp_path: Path) -> None:
    run.data("publish", str(catalogue))
    out = tmp_path / "out"
    assert run.data("export", str(out)) == {"documents": 2, "files": 1, "removed": 0}
    assert (out / "files" / "leaflet.pdf").read_bytes() == b"%PDF-"
    assert run.data("publish", str(out))["unchanged"] == 2
    shutil.copy(out / "notice" / "b.json", tmp_path / "mine.json")
    (catalogue / "a.json").unlink()
    run.data("publish", str(catalogue))
    assert run.data("export", str(out)) == {"documents": 1, "files": 0, "removed": 1}
    assert [document.id for document in read_folder(out)] == ["b"]


def test_two_files_of_the_same_name_are_both_exported(run: Commands, tmp_path: Path) -> None:
    for folder, content in (("one", b"1"), ("two", b"2")):
        (tmp_path / folder / "files").mkdir(parents=True)
        (tmp_path / folder / "files" / "film.mp4").write_bytes(content)
        write(tmp_path / folder, folder, {"zh_CN": "甲"}, film={"name": "film.mp4", "media_type": "video/mp4"})
        run.data("publish", str(tmp_path / folder), "--keep")
    assert run.data("export", str(tmp_path / "out"))["files"] == 2
    assert sorted(path.read_bytes() for path in (tmp_path / "out" / "files").iterdir()) == [b"1", b"2"]
    fresh = Commands(tmp_path / "fresh", run.capsys)
    assert fresh.data("publish", str(tmp_path / "out"))["added"] == ["notice/one", "notice/two"]


def test_an_address_that_is_taken_is_said(run: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("logging.basicConfig", lambda **_: None)  # the log of the tests stays theirs
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert run("serve", "--port", str(taken.getsockname()[1]))[0] == 2


def test_without_a_command_it_serves(run: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[int] = []
    monkeypatch.setattr("hub.cli_serve.run", lambda args: served.append(args.port) or 0)
    assert run()[0] == 0
    assert served == [8765]


def test_rebuild_derives_the_same_again(run: Commands) -> None:
    run.data("enrol", "WX-0001")
    assert run.data("rebuild") == {"entries": 0, "failed": 0}


@pytest.mark.parametrize(
    "text",
    ["{", "[]", '{"kind": "notice", "id": "x", "body": {"text": 5}}', '{"kind": "notice", "id": "../x", "body": {}}'],
)
def test_a_folder_with_a_mistake_publishes_nothing_and_names_the_file(
    run: Commands, catalogue: Path, text: str
) -> None:
    (catalogue / "wrong.json").write_text(text)
    code, _, err = run("publish", str(catalogue))
    assert code == 1
    assert "wrong.json" in err
    assert run.data("export", str(catalogue / "out"))["documents"] == 0


def test_a_folder_without_documents_or_without_its_file_is_refused(
    run: Commands, catalogue: Path, tmp_path: Path
) -> None:
    run.data("publish", str(catalogue))
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "none"):
        assert run("publish", str(folder))[0] == 1
    (catalogue / "files" / "leaflet.pdf").unlink()
    code, _, err = run("publish", str(catalogue))
    assert code == 1
    assert "leaflet.pdf" in err
    assert run.data("export", str(tmp_path / "out"))["documents"] == 2


def test_staff_from_the_command_line(run: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    def typed(password: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))

    typed("a long enough password")
    added = run.data("staff", "add", "Wang", "--role", "administrator", "--role", "duty", "--display-name", "王芳")
    assert added == {
        "name": "wang", "display_name": "王芳", "roles": ["administrator", "duty"], "disabled": False, "district": "",
    }  # fmt: skip
    typed("another long password")
    code, _, err = run("staff", "add", "wang", "--role", "duty")
    assert (code, json.loads(err)["error"]) == (2, "staff.exists")
    typed("short")
    assert json.loads(run("staff", "password", "wang")[2])["error"] == "staff.password_weak"
    assert json.loads(run("staff", "disable", "wang")[2])["error"] == "staff.last_administrator"
    assert json.loads(run("staff", "enable", "nobody")[2])["error"] == "staff.unknown"
    typed("a third long password")
    run.data("staff", "add", "li", "--role", "administrator")
    assert run.data("staff", "disable", "wang")["disabled"] is True
    assert run.data("staff", "roles", "wang", "--role", "manager")["roles"] == ["manager"]
    assert run.data("staff", "district", "wang", "梁溪区")["district"] == "梁溪区"
    assert json.loads(run("staff", "district", "li", "梁溪区")[2])["error"] == "staff.district"
    assert "梁溪区" in run("staff", "list")[1]
    assert [json.loads(line)["name"] for line in run("staff", "list", "--json")[1].splitlines()] == ["li", "wang"]
    assert "(disabled)" in run("staff", "list")[1]


def test_enrol_prints_a_code(run: Commands) -> None:
    made = run.data("enrol", "WX-0001")
    assert made["station"] == "WX-0001"
    assert len(made["code"]) == 9
    assert json.loads(run("enrol", "not a station")[2])["error"] == "station.id_invalid"


def test_a_configuration_that_is_wrong_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "hub.toml"
    for text in ("session_hours = 0\n", "unknown = 1\n", "= broken"):
        config.write_text(text)
        assert main(["--config", str(config), "staff", "list"]) == 2
        assert json.loads(capsys.readouterr().err)["error"] == "config.invalid"


def test_a_database_from_the_future_is_left_alone(run: Commands, tmp_path: Path) -> None:
    from hub.database import Database

    run.data("enrol", "WX-0001")
    db = Database(tmp_path / "hub" / "hub.db")
    db.execute("UPDATE schema_version SET version = 99 WHERE feature = 'journal'")
    db.close()
    assert json.loads(run("enrol", "WX-0001")[2])["error"] == "database.too_new"
    (tmp_path / "hub" / "hub.db").write_bytes(b"this is not a database" * 100)
    code, _, err = run("enrol", "WX-0001")
    assert (code, json.loads(err)["error"]) == (2, "database.failed")
