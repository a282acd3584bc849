from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.faults.figures import figure, pytest_terminal_summary
from tests.faults.server import Server, prepare
from tests.journeys.browser import Phone, browser, make_phone, pytest_runtest_makereport
from tests.journeys.caring import somebody

__all__ = ["browser", "figure", "make_phone", "pytest_runtest_makereport", "pytest_terminal_summary"]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The supervised pair of `make run`, one for each pytest worker; every test brings a new person."""
    data_dir = tmp_path_factory.mktemp("data")
    prepare(data_dir)
    server = Server(data_dir, supervised=True)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def phone(server: Server, make_phone: Callable[..., Phone]) -> Phone:
    return make_phone(server.address)


@pytest.fixture
def petra(server: Server, make_phone: Callable[..., Phone]) -> Phone:
    """At the clinic's computer."""
    desk = make_phone(server.address, viewport={"width": 1280, "height": 800}, is_mobile=False)
    return somebody(desk, "Petra Physio")
