"""The hub on PostgreSQL: the same tests as on its own file, and what only a server and several processes can do."""

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from hub.config import HubConfig
from hub.database import Database, DatabaseFailed
from hub.state import Hub
from hub.stations import EnrolmentRefused, enrol_terminal, new_enrolment
from kiosk.protocol.enrol import EnrolRequest, enrolment_message
from tests.hub.conftest import Server, Terminal, Time
from tests.hub.postgres import Cluster, cluster
from tests.hub.test_accounts import *  # noqa: F403
from tests.hub.test_alarm import *  # noqa: F403
from tests.hub.test_audit import *  # noqa: F403
from tests.hub.test_enrol import *  # noqa: F403
from tests.hub.test_erasure import (  # noqa: F401 - the same on the server
    hub,
    test_age_alone,
    test_codes_and_registrations_end,
    test_months_in_files_are_read_again_without_them,
    test_what_was_taken_and_what_still_comes_tells_of_nobody,
)
from tests.hub.test_intake import *  # noqa: F403
from tests.hub.test_reports import *  # noqa: F403
from tests.hub.test_reports_gaps import *  # noqa: F403
from tests.hub.test_revocation import *  # noqa: F403
from tests.hub.test_supplies import *  # noqa: F403

pytestmark = pytest.mark.xdist_group("postgresql")


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("postgres")) as opened:
        yield opened


@pytest.fixture
def hub_config(tmp_path: Path, postgres: Cluster, monkeypatch: pytest.MonkeyPatch) -> HubConfig:
    """In place of the file that the imported tests would get."""
    url = postgres.database()
    monkeypatch.setenv("HUB_DATABASE_URL", url)  # for commands
    return HubConfig(data_dir=tmp_path / "hub", attempts_per_minute=10_000, database_url=url)


def test_it_is_postgresql(server: Server) -> None:
    assert "PostgreSQL" in server.hub.db.value("SELECT version()")


def test_two_processes_take_the_same_batch_once(
    server: Server, hub_config: HubConfig, hub_time: Time, terminal: Terminal
) -> None:
    """A terminal that sends a batch again, because the answer was lost, may meet another process."""
    other = Server(hub_config, hub_time)
    try:
        entries = [terminal.entry("supply.taken", item="water", quantity=1, session="s", day="2026-12-01", lots=[])
                   for _ in range(30)]  # fmt: skip
        body = json.dumps({"entries": entries}).encode()
        answers: list[httpx.Response] = []

        def push(url: str) -> None:
            headers = terminal.headers("POST", "/api/journal", body) | {"Content-Type": "application/json"}
            answers.append(httpx.post(f"{url}/api/journal", content=body, headers=headers, timeout=60))

        threads = [threading.Thread(target=push, args=(url,)) for url in [server.url, other.url] * 6]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [answer.status_code for answer in answers] == [200] * 12
        assert server.hub.db.value("SELECT COUNT(*) FROM journal") == 30
        positions = [row["position"] for row in server.hub.db.rows("SELECT position FROM journal ORDER BY position")]
        assert positions == list(range(1, 31))
        assert server.hub.db.value("SELECT acknowledged FROM journal_head") == 30
    finally:
        other.stop()


def test_a_code_is_used_once_whichever_process_is_asked(
    server: Server, hub_config: HubConfig, hub_time: Time, enrolled: Callable[..., Terminal]
) -> None:
    with Hub(hub_config, hub_time) as other:
        code, _ = new_enrolment(server.hub, "WX-0009")
        outcomes: list[Any] = []

        def claim(hub: Hub, key: Any) -> None:
            public = key.public
            proof = key.key.sign(enrolment_message(code, public)).hex()
            try:
                outcomes.append(enrol_terminal(hub, EnrolRequest(code=code, public_key=public, proof=proof)))
            except EnrolmentRefused:
                outcomes.append(None)

        keys = [enrolled(f"WX-1{number}") for number in range(6)]
        threads = [
            threading.Thread(target=claim, args=(hub, key))
            for hub, key in zip([server.hub, other] * 3, keys, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes, key=str) == ["WX-0009", *[None] * 5] or outcomes.count("WX-0009") == 1


def test_processes_that_start_at_once_make_the_tables_once(postgres: Cluster, tmp_path: Path) -> None:
    config = HubConfig(data_dir=tmp_path / "hub", database_url=postgres.database())
    failures: list[BaseException] = []

    def begin() -> None:
        try:
            Hub(config).close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_a_feature_brought_up_by_several_at_once_is_brought_up_once(postgres: Cluster) -> None:
    url, scripts = postgres.database(), ("CREATE TABLE t (a INTEGER)", "ALTER TABLE t ADD COLUMN b INTEGER")
    opened = [Database(url) for _ in range(4)]
    outcomes: list[Any] = []

    def bring(db: Database) -> None:
        try:
            outcomes.append(db.migrate("t", scripts))
        except Exception as error:
            outcomes.append(error)

    threads = [threading.Thread(target=bring, args=(db,)) for db in opened]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for db in opened:
        db.close()
    assert outcomes == [2] * 4


def test_a_connection_lost_within_a_transaction_keeps_nothing_of_it(postgres: Cluster) -> None:
    url = postgres.database()
    db, other = Database(url), Database(url)
    try:
        db.migrate("t", ("CREATE TABLE t (a INTEGER)",))

        def cut() -> None:
            with db.transaction():
                db.execute("INSERT INTO t (a) VALUES (1)")
                other.value("SELECT pg_terminate_backend(?)", (db.value("SELECT pg_backend_pid()"),))
                with db.transaction():
                    db.execute("INSERT INTO t (a) VALUES (2)")

        with pytest.raises(DatabaseFailed):
            cut()
        with db.transaction():
            db.execute("INSERT INTO t (a) VALUES (3)")
        assert [row["a"] for row in other.rows("SELECT a FROM t")] == [3]
    finally:
        db.close()
        other.close()


def test_a_server_that_was_restarted_is_found_again(postgres: Cluster, server: Server, http: httpx.Client) -> None:
    assert http.get("/readyz").status_code == 200
    postgres.stop()
    down = http.get("/readyz")
    assert (down.status_code, down.json()["code"]) == (503, "database.failed")
    postgres.start()
    # Each thread of the pool has a connection to find out about, and it is chance which one answers: a thread that was
    # not asked before may say 503 once, even late.
    answers: list[int] = []
    while answers[-20:] != [200] * 20:
        answers.append(http.get("/readyz").status_code)
        assert answers.count(503) <= 60, answers
    assert server.hub.db.value("SELECT 1") == 1


def test_no_server_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(DatabaseFailed):
        Database("postgresql://hub@127.0.0.1:1/none")


def test_nothing_is_opened_once_the_hub_has_stopped(hub_config: HubConfig, tmp_path: Path) -> None:
    """A thread that was in the middle of something when it stopped."""
    for target in (hub_config.database_url, tmp_path / "other.db"):
        db = Database(target)
        assert db.value("SELECT 1") == 1
        db.close()
        said: list[str] = []

        def ask(db: Database = db, said: list[str] = said) -> None:
            try:
                db.value("SELECT 1")
            except DatabaseFailed as failed:
                said.append(failed.code)

        late = threading.Thread(target=ask)
        late.start()
        late.join(30)
        assert said == ["database.failed"]


def test_whoever_is_in_the_middle_of_something_ends_it_first(hub_config: HubConfig, tmp_path: Path) -> None:
    for target in (hub_config.database_url, tmp_path / "other.db"):
        db = Database(target)
        begun, go_on = threading.Event(), threading.Event()
        said: list[int] = []

        def work(db: Database = db, begun: threading.Event = begun, go_on: threading.Event = go_on) -> None:
            with db.transaction():
                begun.set()
                go_on.wait(30)
                said.append(db.value("SELECT 7"))  # noqa: B023 - joined below

        worker, closer = threading.Thread(target=work), threading.Thread(target=db.close)
        worker.start()
        assert begun.wait(30)
        closer.start()
        go_on.set()
        worker.join(30)
        closer.join(30)
        assert said == [7]
