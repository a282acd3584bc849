"""A physiotherapist and the person herself, at the same moment: on PostgreSQL, where two writers really run at once."""

import threading

import pytest
from django.db import connection, connections, transaction

from exercises.models import Prescription
from tests.exercises.factories import prescription_body, set_for
from tests.processes import until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgresql,
]


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def test_what_a_physiotherapist_is_taking_over_is_not_changed_by_the_person(api, alice, bob):
    plan, client, answers = set_for(alice), api(alice), []

    def change() -> None:
        body = prescription_body(note="hers", base_version=1)
        try:
            answers.append(client.put(f"/api/v1/prescriptions/{plan.pk}", body, format="json").status_code)
        finally:
            connections.close_all()

    device = threading.Thread(target=change)
    with transaction.atomic():
        set_for(alice, by=bob, id=plan.pk, base_version=1, times_a_day=3)
        device.start()
        until(somebody_waits, "the person's change")
    device.join()
    plan.refresh_from_db()
    assert (answers, plan.prescribed_by, plan.times_a_day, plan.note) == ([403], bob, 3, "")
    assert Prescription.objects.count() == 1
