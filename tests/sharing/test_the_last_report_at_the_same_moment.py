"""Several requests for the last report or link that there may be: on PostgreSQL, where they really run at once."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from exercises.loading import load_catalogue
from sharing.models import Report, ShareLink
from sharing.vocabulary import MOST_LINKS, MOST_REPORTS
from tests.sharing.factories import share_body
from tests.sharing.snapshots import example
from tests.tracker.test_at_the_same_moment import together, two_writers

__all__ = ["two_writers"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
REPORTS, SHARES = "/api/v1/reports", "/api/v1/shares"
TURNS = pytest.mark.parametrize("turn", range(3))


@pytest.fixture
def all_but_one(alice) -> list[Report]:
    load_catalogue()
    rows = [Report(owner=alice, made_at=timezone.now(), snapshot=example()) for _ in range(MOST_REPORTS - 1)]
    return Report.objects.bulk_create(rows)


def posting(client, address, body):
    return lambda: client.post(address, body, format="json").status_code


@TURNS
def test_one_report_is_the_last(api, alice, all_but_one, turn):
    asked = [
        posting(api(alice), *about)
        for about in [(REPORTS, share_body()["scope"]), (SHARES, share_body())]
        for _ in range(2)
    ]
    assert sorted(together(asked)) == [201, 400, 400, 400]
    assert Report.objects.count() == MOST_REPORTS


@TURNS
def test_the_last_report_that_one_device_asks_for_twice_is_lent_to_it(api, alice, all_but_one, turn):
    body = {**share_body(), "id": str(uuid.uuid4())}
    answers = together([posting(api(alice), SHARES, body) for _ in range(3)])
    assert sorted(answers) == [200, 200, 201]
    assert (Report.objects.count(), ShareLink.objects.count()) == (MOST_REPORTS, 1)


@TURNS
def test_one_link_is_the_last(api, alice, all_but_one, turn):
    until = timezone.now() + timedelta(days=1)
    for number in range(MOST_LINKS - 1):
        known = {"token_hash": f"t{number}", "shl_hash": f"s{number}", "expires_at": until}
        ShareLink.objects.create(owner=alice, report=all_but_one[0], **known)
    Report.objects.filter(pk__in=[one.pk for one in all_but_one[50:]]).delete()
    assert sorted(together([posting(api(alice), SHARES, share_body()) for _ in range(3)])) == [201, 400, 400]
    assert ShareLink.objects.count() == MOST_LINKS
