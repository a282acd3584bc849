"""Devices that send at the same moment: on PostgreSQL, where two writers really run at once (SQLite has one)."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable

import pytest
from django.db import connection, connections
from rest_framework.test import APIClient

from accounts.models import Revision
from tests.tracker.factories import log_body, reading
from tracker.models import SymptomLog

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgresql,
]
REGIONS = ("sole", "heel", "knee", "groin", "big-toe", "outer-foot")


@pytest.fixture(autouse=True)
def two_writers(transactional_db) -> None:
    assert connection.vendor == "postgresql", "needs two writers at once: set DATABASE_URL to a PostgreSQL"


def together(jobs: list[Callable[[], int]]) -> list[int]:
    """What each answered; all begin at once, each on a connection of its own."""
    barrier, answers = threading.Barrier(len(jobs)), [0] * len(jobs)

    def run(place: int) -> None:
        try:
            barrier.wait()
            answers[place] = jobs[place]()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def putting(client: APIClient, id: uuid.UUID, **parts: object) -> Callable[[], int]:
    return lambda: client.put(f"/api/v1/logs/{id}", log_body(**parts)).status_code


@pytest.fixture
def devices(api, alice) -> list[APIClient]:
    return [api(alice) for _ in REGIONS]


@pytest.mark.parametrize("turn", range(5))
def test_one_entry_sent_by_all_counts_once_and_edits_of_different_places_all_stand(devices, turn):
    id = uuid.uuid4()
    first = together([putting(client, id) for client in devices])
    assert sorted(first) == [200] * 5 + [201]
    edits = [
        putting(client, id, readings=[reading(), reading(region)], base_version=1)
        for client, region in zip(devices, REGIONS, strict=True)
    ]
    assert together(edits) == [200] * 6
    log = SymptomLog.objects.get(pk=id)
    assert log.version == 7
    assert {row["region"] for row in log.body()["readings"]} == {"calf", *REGIONS}
    assert sorted(Revision.objects.of(log).values_list("version", flat=True)) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("turn", range(5))
def test_of_different_bodies_under_one_id_one_is_taken(devices, turn):
    id = uuid.uuid4()
    answers = together([putting(client, id, note=str(n)) for n, client in enumerate(devices)])
    assert sorted(answers) == [201] + [409] * 5


@pytest.mark.parametrize("turn", range(5))
def test_a_deletion_and_an_edit_at_once_are_told_of_each_other(devices, turn):
    id = uuid.uuid4()
    putting(devices[0], id)()
    answers = together(
        [
            putting(devices[0], id, note="edit", base_version=1),
            lambda: devices[1].delete(f"/api/v1/logs/{id}?base_version=1").status_code,
        ]
    )
    assert answers in ([200, 409], [409, 204])
