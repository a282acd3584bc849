"""A device asks again for a link whose answer it never heard, while another device deletes the report."""

from __future__ import annotations

import uuid
from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import OperationalError, connection

from exercises.loading import load_catalogue
from sharing import lending
from sharing.keeping import delete_report
from sharing.models import Report, ShareFile, ShareLink
from sharing.vocabulary import SECTIONS
from tests.people import make_person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


@pytest.mark.parametrize("attempt", range(6))
def test_the_link_ends_and_neither_waits_for_the_other(attempt):
    load_catalogue()
    alice = make_person("alice")
    asked = {"patient": alice, "first": date(2026, 3, 2), "last": date(2026, 4, 12), "sections": list(SECTIONS)}
    made = lending.lend_report(id=uuid.uuid4(), **asked).share
    together, refused = Barrier(2), []

    def lend_again() -> None:
        together.wait()
        try:
            lending.lend_report(id=made.pk, **asked)
        except lending.IdTaken:
            refused.append("ended")
        finally:
            connection.close()

    def delete() -> None:
        together.wait()
        try:
            delete_report(owner=alice, id=made.report_id)
        except OperationalError as cause:
            refused.append(repr(cause))
        finally:
            connection.close()

    both = [Thread(target=lend_again), Thread(target=delete)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert set(refused) <= {"ended"}
    assert ShareLink.objects.get().revoked_at is not None
    assert not ShareFile.objects.exists()
    assert set(Report.objects.get().snapshot) == {"period", "sections", "question"}
