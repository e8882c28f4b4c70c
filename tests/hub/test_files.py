"""Files by hash: whole, in ranges, resumed, and only for those who may."""

import hashlib
from collections.abc import Callable

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.ranges import RangeUnsatisfiable, wanted_range
from tests.hub.conftest import Server, Terminal

DATA = bytes(range(256)) * 3000
SHA = hashlib.sha256(DATA).hexdigest()
PATH = f"/api/files/{SHA}"


@pytest.fixture
def stored(server: Server) -> None:
    ref = server.hub.files.add(iter([DATA[:1000], DATA[1000:]]), "film.mp4")
    assert (ref.sha256, ref.size, ref.media_type) == (SHA, len(DATA), "video/mp4")


@pytest.mark.usefixtures("stored")
class TestDownload:
    def test_whole_and_unchanging(self, terminal: Terminal) -> None:
        answer = terminal.send("GET", PATH)
        assert answer.status_code == 200
        assert answer.content == DATA
        assert answer.headers["ETag"] == f'"{SHA}"'
        assert answer.headers["Accept-Ranges"] == "bytes"
        assert "immutable" in answer.headers["Cache-Control"]
        assert terminal.send("GET", PATH, if_none_match=f'"x", "{SHA}"').status_code == 304

    def test_head_says_how_large_it_is(self, terminal: Terminal) -> None:
        answer = terminal.send("HEAD", PATH)
        assert (answer.status_code, answer.headers["Content-Length"], answer.content) == (200, str(len(DATA)), b"")

    @pytest.mark.parametrize(
        ("wanted", "start", "end"),
        [
            ("bytes=0-", 0, len(DATA)),
            ("bytes=0-0", 0, 1),
            ("bytes=1000-1999", 1000, 2000),
            ("bytes=300000-", 300000, len(DATA)),
            ("bytes=-500", len(DATA) - 500, len(DATA)),
            ("bytes=-99999999", 0, len(DATA)),
            ("bytes=767999-99999999", len(DATA) - 1, len(DATA)),
        ],
    )
    def test_a_range(self, terminal: Terminal, wanted: str, start: int, end: int) -> None:
        answer = terminal.send("GET", PATH, range=wanted)
        assert answer.status_code == 206
        assert answer.content == DATA[start:end]
        assert answer.headers["Content-Range"] == f"bytes {start}-{end - 1}/{len(DATA)}"

    @pytest.mark.parametrize("wanted", ["bytes=5-1", "bytes=-", "lines=1-2", "bytes=0-1,3-4", "bytes=x-", "nonsense"])
    def test_what_is_no_range_gets_the_whole(self, terminal: Terminal, wanted: str) -> None:
        answer = terminal.send("GET", PATH, range=wanted)
        assert (answer.status_code, len(answer.content)) == (200, len(DATA))

    def test_beyond_the_end(self, terminal: Terminal) -> None:
        answer = terminal.send("GET", PATH, range=f"bytes={len(DATA)}-")
        assert (answer.status_code, answer.json()["code"]) == (416, "range.unsatisfiable")
        assert answer.headers["Content-Range"] == f"bytes */{len(DATA)}"

    def test_if_range_of_something_else_gets_the_whole(self, terminal: Terminal) -> None:
        assert terminal.send("GET", PATH, range="bytes=5-", if_range='"other"').status_code == 200
        assert terminal.send("GET", PATH, range="bytes=5-", if_range=f'"{SHA}"').status_code == 206

    def test_staff_may_read_and_strangers_may_not(self, http: httpx.Client, staff: Callable[..., httpx.Client]) -> None:
        assert http.get(PATH).json()["code"] == "sign_in.needed"
        assert staff("duty").get(PATH).content == DATA


def test_a_file_we_do_not_have_and_a_name_that_is_no_hash(terminal: Terminal) -> None:
    assert terminal.send("GET", PATH).json()["code"] == "file.unknown"
    assert terminal.send("GET", "/api/files/abc").json()["code"] == "body.invalid"
    assert terminal.send("GET", "/api/files/..%2F..%2Fhub.db").status_code in (404, 422)


def test_a_publisher_uploads(server: Server, staff: Callable[..., httpx.Client]) -> None:
    publisher = staff("publisher")
    assert publisher.put(PATH, content=iter([DATA[:5], DATA[5:]])).json()["size"] == len(DATA)
    assert publisher.get(PATH).content == DATA
    wrong = publisher.put(f"/api/files/{'0' * 64}", content=b"other")
    assert (wrong.status_code, wrong.json()["code"]) == (409, "file.mismatch")
    assert [path.name for path in server.hub.files.all()] == [SHA]
    assert not list(server.hub.files.folder.glob("new-*"))


@given(st.text(max_size=30) | st.from_regex(r"bytes=\d{0,25}-\d{0,25}", fullmatch=True), st.integers(0, 10_000))
def test_any_range_header_is_answered_within_the_file(header: str, size: int) -> None:
    try:
        part = wanted_range({"range": header}, size, '"x"')
    except RangeUnsatisfiable:
        return
    assert part is None or 0 <= part[0] < part[1] <= size
