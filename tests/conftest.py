from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

# Before Django reads its settings: no test touches an operator's data.
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="unpinch-test-")

import hypothesis
import pytest
from django.conf import LazySettings
from django.conf import settings as configured
from django.core.cache import cache
from rest_framework.test import APIClient
from whitenoise.middleware import WhiteNoiseMiddleware

from accounts.models import User
from tests.people import link, make_person

# What a property holds is no matter of time: a busy machine fails no test.
hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")


# One of these, or the mark, opens the rows to a test; to every other pytest-django refuses them.
ROWS = {"db", "transactional_db", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--only-rows", action="store_true", help="leave out the tests to which no database is open")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("only_rows"):
        return
    chosen = [item for item in items if asks_rows(item)]
    config.hook.pytest_deselected(items=[item for item in items if not asks_rows(item)])
    items[:] = chosen


def asks_rows(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or not ROWS.isdisjoint(getattr(item, "fixturenames", ()))


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    """Argon2 is slow on purpose; the tests of signing in need its contract, not its cost."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    # Where it is counted how often was tried, by whoever ran before in this process.
    cache.clear()


@pytest.fixture(autouse=True, scope="session")
def one_look_through_the_web_build() -> Iterator[None]:
    """
    WhiteNoise looks through every file of the web build when a process starts, and to it every client of a test is a
    start. What the first has found the next take over, as long as they look in the same places.
    """
    look = WhiteNoiseMiddleware.__init__
    found: dict[str, dict[str, Any]] = {}

    def take_over(self: WhiteNoiseMiddleware, get_response: Any = None, settings: LazySettings = configured) -> None:
        places = repr({name: getattr(settings, name) for name in dir(settings) if name.startswith(("WHITE", "STATIC"))})
        if places not in found:
            look(self, get_response, settings)
            found[places] = dict(vars(self))
        vars(self).update(found[places], get_response=get_response)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "__init__", take_over)
        yield


@pytest.fixture
def alice(db) -> User:
    return make_person("alice")


@pytest.fixture
def bob(alice: User) -> User:
    bob = make_person("bob")
    link(alice, bob)
    return bob


@pytest.fixture
def charlie(db) -> User:
    return make_person("charlie")


@pytest.fixture
def api() -> Callable[[User | None], APIClient]:
    """`api(alice)`: a client that is signed in as her; `api(None)`: nobody."""

    def client(user: User | None = None) -> APIClient:
        found = APIClient()
        if user is not None:
            found.force_login(user)
        return found

    return client


@pytest.fixture(scope="session")
def shared_cases() -> Callable[[str], list[dict]]:
    """Cases that Python and TypeScript both answer for: `shared_cases("redflag_cases")`."""
    import json

    def load(name: str) -> list[dict]:
        return json.loads((Path(__file__).parent / "contracts" / f"{name}.json").read_text(encoding="utf-8"))

    return load
