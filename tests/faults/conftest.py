from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.client import Client
from tests.faults.figures import figure, pytest_terminal_summary
from tests.faults.server import Server, prepare
from tests.journeys.browser import browser, make_phone, pytest_runtest_makereport

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
