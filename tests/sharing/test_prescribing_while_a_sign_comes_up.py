"""A plan that is set at the moment a sign is noted: on PostgreSQL, where two writers really run at once."""

import threading
import uuid

import pytest
from django.db import connections, transaction

from exercises.loading import load_catalogue
from exercises.models import Prescription
from tests.exercises.factories import prescription_body
from tests.exercises.test_prescribing_at_the_same_moment import somebody_waits
from tests.processes import until
from tests.tracker.factories import answer
from tracker.models import Flag

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


def test_the_plan_waits_for_the_sign_and_is_refused(api, alice, bob):
    load_catalogue()
    client, answers = api(bob), []
    address = f"/api/v1/patients/{alice.pk}/prescriptions/{uuid.uuid4()}"

    def prescribe() -> None:
        try:
            answers.append(client.put(address, prescription_body(despite_open_signs=[]), format="json").json())
        finally:
            connections.close_all()

    physiotherapist = threading.Thread(target=prescribe)
    with transaction.atomic():
        answer(alice, {"saddle": "new"})
        physiotherapist.start()
        until(somebody_waits, "the plan")
    physiotherapist.join()
    refused = answers[0]
    assert (refused["type"], [one["flag"] for one in refused["open_signs"]]) == (
        "open_signs",
        [str(Flag.objects.get().pk)],
    )
    assert not Prescription.objects.exists()
