"""Devices that send at the same moment: on PostgreSQL, one flag and the same checkpoints, whoever comes first."""

from __future__ import annotations

import uuid

import pytest
from django.db import connection

from tests.people import make_person
from tests.tracker.factories import log_body
from tests.tracker.test_at_the_same_moment import together
from tests.tracker.test_trend_flags import checkpoints, numb, standing, steady, write
from tracker.models import Flag, TrendCourse

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgresql,
]
STORY = [*steady(40), *steady(14, 7)]


@pytest.fixture(autouse=True)
def two_writers(transactional_db) -> None:
    assert connection.vendor == "postgresql", "needs two writers at once: set DATABASE_URL to a PostgreSQL"


@pytest.mark.parametrize("turn", range(2))
def test_entries_sent_by_all_devices_at_once_make_the_same_flag(api, alice, turn):
    devices = [api(alice) for _ in range(6)]

    def sending(place):
        def send():
            for parts in numb(STORY)[place :: len(devices)]:
                answered = devices[place].put(f"/api/v1/logs/{uuid.uuid4()}", log_body(**parts), format="json")
                assert answered.status_code == 201, answered.content
            return 201

        return send

    assert together([sending(place) for place in range(6)]) == [201] * 6
    other = make_person("other")
    write(other, numb(STORY))
    assert standing(alice) == standing(other)
    assert len(standing(alice)) == 1
    assert checkpoints(alice) == checkpoints(other)


@pytest.mark.parametrize("turn", range(2))
def test_a_batch_an_entry_and_what_the_person_does_at_once_leave_one_sound_flag(api, alice, turn):
    logs = write(alice, numb(STORY))
    flag = Flag.objects.get()
    batch = [{"id": str(uuid.uuid4()), **log_body(**parts)} for parts in numb(steady(10, 7), first=54)]
    clients = [api(alice) for _ in range(5)]
    answers = together(
        [
            lambda: clients[0].post("/api/v1/logs/batch", batch, format="json").status_code,
            lambda: clients[1].delete(f"/api/v1/logs/{logs[3].pk}").status_code,
            lambda: clients[2].post(f"/api/v1/flags/{flag.pk}/seen", {}, format="json").status_code,
            lambda: clients[3].patch("/api/v1/trends", {"sensitivity": "more"}, format="json").status_code,
            lambda: (
                clients[4]
                .put(f"/api/v1/logs/{uuid.uuid4()}", log_body(**numb([7], first=70)[0]), format="json")
                .status_code
            ),
        ]
    )
    assert answers == [200, 204, 200, 200, 201]
    assert Flag.objects.standing().get().state == "seen"
    course = TrendCourse.objects.get()
    assert (course.sensitivity, course.pending_from) == ("more", None)
