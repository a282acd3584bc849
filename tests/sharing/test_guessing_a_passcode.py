"""A passcode is short: what keeps it is that nobody may guess often, one after the other or all at once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from sharing.opening import find_share, try_passcode, why_closed
from sharing.vocabulary import PASSCODE_ATTEMPTS
from tests.processes import ROOT
from tests.sharing import guessing
from tests.sharing.factories import lent

pytestmark = pytest.mark.django_db


def test_the_right_one_opens_and_costs_nothing(alice):
    share, _ = lent(alice, passcode="4711")
    assert [try_passcode(share=share, passcode="4711") for _ in range(PASSCODE_ATTEMPTS * 2)] == [None] * 20
    share.refresh_from_db()
    assert share.attempts_left == PASSCODE_ATTEMPTS


def test_every_wrong_one_is_counted_and_the_right_one_does_not_bring_them_back(alice):
    share, _ = lent(alice, passcode="4711")
    assert try_passcode(share=share, passcode="4712") == PASSCODE_ATTEMPTS - 1
    assert try_passcode(share=share, passcode="4711") is None
    assert try_passcode(share=share, passcode="") == PASSCODE_ATTEMPTS - 2


def test_after_the_last_attempt_the_right_one_is_refused_too(alice):
    share, _ = lent(alice, passcode="4711")
    left = [try_passcode(share=share, passcode="0000") for _ in range(PASSCODE_ATTEMPTS)]
    assert left == list(range(PASSCODE_ATTEMPTS - 1, -1, -1))
    assert try_passcode(share=share, passcode="4711") == 0


def test_one_link_locked_leaves_the_others_open(alice):
    locked, _ = lent(alice, passcode="4711", attempts_left=0)
    other, _ = lent(alice, passcode="4711")
    assert (try_passcode(share=locked, passcode="4711"), try_passcode(share=other, passcode="4711")) == (0, None)


@pytest.mark.parametrize(
    "ended", [{"revoked_at": timezone.now()}, {"expires_at": timezone.now() - timedelta(seconds=1)}]
)
def test_a_link_that_has_ended_looks_at_no_passcode(alice, ended):
    share, token = lent(alice, passcode="4711", **ended)
    assert try_passcode(share=share, passcode="4711") == 0
    assert why_closed(find_share(token), timezone.now()) in ("revoked", "expired")


def test_a_link_ended_while_somebody_types_looks_at_nothing_any_more(alice):
    share, token = lent(alice, passcode="4711")
    held = find_share(token)
    type(share).objects.filter(pk=share.pk).update(revoked_at=timezone.now())
    assert try_passcode(share=held, passcode="4711") == 0


def holds(found: dict) -> None:
    assert found["evaluated"] == PASSCODE_ATTEMPTS
    assert len(found["answers"]) == guessing.GUESSES
    assert found["answers"].count(0) >= guessing.GUESSES - PASSCODE_ATTEMPTS + 1
    assert None not in found["answers"]
    assert (found["right"], found["attempts_left"]) == (0, 0)


def test_of_200_at_once_no_more_are_looked_at_than_are_left_on_sqlite(tmp_path):
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.sharing.guessing"],
        cwd=ROOT,
        env={**environment, "DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    holds(json.loads(done.stdout))


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_of_200_at_once_no_more_are_looked_at_than_are_left_on_postgresql(alice, settings):
    assert connection.vendor == "postgresql", "needs two writers at once: set DATABASE_URL to a PostgreSQL"
    settings.PASSWORD_HASHERS = guessing.HASHERS
    share, _ = lent(alice, passcode="right")
    guessing.CountingHasher.evaluated = 0
    answers = guessing.guess_many(share)
    evaluated = guessing.CountingHasher.evaluated
    right = try_passcode(share=share, passcode="right")
    share.refresh_from_db()
    holds({"answers": answers, "evaluated": evaluated, "right": right, "attempts_left": share.attempts_left})
