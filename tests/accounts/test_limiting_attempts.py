"""What is counted to slow down guessing is not forgotten, with the settings of an installation without a broker."""

from __future__ import annotations

import importlib
from threading import Barrier, Thread

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client

from reminders.by_mail import TESTS_A_DAY

MANY = 1100


@pytest.fixture
def embedded(settings, monkeypatch) -> None:
    monkeypatch.delenv("REDIS_URL", raising=False)
    settings.CACHES = importlib.import_module("config.settings").CACHES


def others_are_counted(count: int = MANY, prefix: str = "") -> None:
    for number in range(count):
        cache.set(f"{prefix}somebody-else-{number}", [0], 300)


@pytest.mark.django_db
def test_guesses_at_a_passphrase_are_limited_whatever_else_is(alice, embedded):
    said = []
    for number in range(12):
        answer = Client(REMOTE_ADDR=f"10.0.{number}.7").post(
            "/_allauth/browser/v1/auth/login",
            {"email": alice.email, "password": "wrong wrong wrong"},
            content_type="application/json",
        )
        said.append(answer.json()["errors"][0]["code"])
        others_are_counted(MANY if number == 3 else 10, f"{number}-")
    assert said[:5] == ["email_password_mismatch"] * 5
    assert set(said[5:]) == {"too_many_login_attempts"}


@pytest.mark.django_db
def test_the_limit_of_test_mails_holds_whatever_else_is_limited(api, alice, embedded):
    client = api(alice)
    for number in range(TESTS_A_DAY + 3):
        client.post("/api/v1/reminder-mail/test")
        others_are_counted(MANY // 4, f"{number}-")
    assert len(mail.outbox) == TESTS_A_DAY


@pytest.mark.django_db
def test_what_has_expired_does_not_stay(embedded):
    for number in range(MANY):
        cache.set(f"old-{number}", 1, -1)
    cache.set("new", 1, 60)
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM cache")
        assert cursor.fetchone()[0] < MANY / 2


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_several_at_once_one_is_counted_first(embedded):
    together, won = Barrier(8), []

    def add() -> None:
        together.wait()
        won.append(cache.add("the-last-one", True, 60))
        connection.close()

    threads = [Thread(target=add) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won.count(True) == 1
