from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.client import Client
from tests.faults.databases import Database, PostgreSQL, PostgreSQLDatabase, SQLite
from tests.faults.figures import figure, pytest_terminal_summary
from tests.faults.redis_server import RedisServer
from tests.faults.server import Server, prepare
from tests.faults.timekeepers import Timekeepers
from tests.journeys.browser import browser, make_phone, pytest_runtest_makereport
from tests.reminders.push_service import PushService

__all__ = ["browser", "figure", "make_phone", "pytest_runtest_makereport", "pytest_terminal_summary"]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A DATA_DIR with tables and catalogue, to be copied."""
    data_dir = tmp_path_factory.mktemp("prepared")
    prepare(data_dir)
    return data_dir


@pytest.fixture
def make_server(prepared: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[..., Server]]:
    """`make_server()`: one more server, started, with rows of its own."""
    made: list[Server] = []

    def make(**options: object) -> Server:
        data_dir = tmp_path / f"data-{len(made)}"
        shutil.copytree(prepared, data_dir)
        server = Server(data_dir, **{"settings": "tests.faults.settings", **options})
        made.append(server)
        server.start()
        return server

    yield make
    for server in made:
        server.stop()


@pytest.fixture
def server(make_server: Callable[..., Server]) -> Server:
    return make_server()


@pytest.fixture
def alice_device(server: Server) -> Client:
    return Client(server.address).sign_up("alice")


@pytest.fixture
def sqlite(prepared: Path, tmp_path: Path) -> Database:
    found = tmp_path / "sqlite"
    shutil.copytree(prepared, found)
    return SQLite(found)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    """With a database `unpinch` of tables alone, to be copied."""
    cluster = PostgreSQL()
    try:
        cluster.start()
        cluster.make_tables("unpinch")
        yield cluster
    finally:
        cluster.remove()


@pytest.fixture
def postgresql_rows(postgresql: PostgreSQL) -> PostgreSQLDatabase:
    return postgresql.copy("unpinch")


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path)
    try:
        server.start()
        yield server
    finally:
        server.kill()


@pytest.fixture
def make_timekeepers(tmp_path: Path) -> Iterator[Callable[..., Timekeepers]]:
    """`make_timekeepers(database)`: nobody yet, to be started, who push to a service on loopback."""
    made: list[Timekeepers] = []
    folder = tmp_path / "timekeepers"
    folder.mkdir()
    with PushService(tmp_path) as service:

        def make(database: Database, **options: object) -> Timekeepers:
            made.append(Timekeepers(folder, database, service, **options))
            return made[-1]

        yield make
        for keepers in made:
            keepers.stop()
