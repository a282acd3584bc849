from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings as configured
from django.core.cache import cache

from exercises.loading import load_catalogue
from reminders.by_push import silent
from reminders.push.endpoints import Service
from reminders.pushing import push_keys, sender
from reminders.ways import CHANNELS
from tests.reminders.push_service import PushService
from tests.reminders.recorder import Recorder


@pytest.fixture(scope="module")
def running_push_service(tmp_path_factory) -> Iterator[PushService]:
    with PushService(tmp_path_factory.mktemp("push")) as service:
        yield service


@pytest.fixture
def push_service(running_push_service: PushService, settings) -> Iterator[PushService]:
    """A push service on loopback, with the real settings but for what leads there."""
    settings.PUSH_SERVICES = [
        *configured.PUSH_SERVICES,
        Service("localhost", running_push_service.port, inside=True),
    ]
    settings.PUSH_CA_FILE = str(running_push_service.cafile)
    # What the operator was told in another test.
    cache.clear()
    forget_keys()
    yield running_push_service
    forget_keys()


def forget_keys() -> None:
    """What a process makes of the settings once is made anew."""
    push_keys.cache_clear()
    sender.cache_clear()
    silent.clear()


@pytest.fixture
def email(monkeypatch) -> Recorder:
    recorder = Recorder()
    monkeypatch.setitem(CHANNELS, "email", recorder)
    return recorder


@pytest.fixture
def push(monkeypatch) -> Recorder:
    recorder = Recorder()
    monkeypatch.setitem(CHANNELS, "push", recorder)
    return recorder


@pytest.fixture
def catalogue(db) -> None:
    load_catalogue()
