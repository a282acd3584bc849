from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

# Before Django reads its settings: no test touches an operator's data.
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="unpinch-test-")

import hypothesis
import pytest
from rest_framework.test import APIClient

from accounts.models import User
from tests.people import link, make_person

# What a property holds is no matter of time: a busy machine fails no test.
hypothesis.settings.register_profile(
    "unhurried", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    """Argon2 is slow on purpose; the tests of signing in need its contract, not its cost."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


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
