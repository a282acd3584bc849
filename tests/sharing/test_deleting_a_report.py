"""A report deleted by its owner, alone: what it showed is gone, its links open nothing, and who read it stays told."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from sharing.models import Access, Report, ShareFile, ShareLink
from sharing.vocabulary import MOST_REPORTS, SECTIONS
from tests.sharing.factories import lent, share_body
from tests.sharing.snapshots import example
from tests.tracker.factories import record

pytestmark = pytest.mark.django_db
REPORTS, SHARES = "/api/v1/reports", "/api/v1/shares"
SCOPE = {"from": "2026-03-02", "to": "2026-04-12", "sections": list(SECTIONS)}


def test_deleted_it_is_in_no_list_and_at_no_address(api, alice):
    record(alice, note="Secret")
    client = api(alice)
    gone, kept = (client.post(REPORTS, {**SCOPE, "question": "Why?"}, format="json").json()["id"] for _ in range(2))
    assert [client.delete(f"{REPORTS}/{gone}").status_code for _ in range(2)] == [204, 204]
    assert [one["id"] for one in client.get(REPORTS).json()["results"]] == [kept]
    for kind in ("json", "csv", "fhir.json", "pdf"):
        assert client.get(f"{REPORTS}/{gone}.{kind}").status_code == 404
    assert client.get(f"{REPORTS}/{kept}.json").status_code == 200


def test_deleted_nothing_of_what_it_showed_is_kept(api, alice):
    share, _ = lent(alice)
    ShareFile.objects.create(share=share, content_type="application/fhir+json", jwe="sealed")
    assert api(alice).delete(f"{REPORTS}/{share.report_id}").status_code == 204
    shown = example()
    left = {"period": shown["period"], "sections": shown["sections"], "question": ""}
    assert Report.objects.get().snapshot == left
    assert not ShareFile.objects.exists()


@pytest.mark.parametrize("passcode", ["", "4711"])
def test_its_links_end_at_once_and_who_read_it_stays_told(api, client, alice, passcode):
    made = api(alice).post(SHARES, share_body(label="Dr Lee", passcode=passcode or None), format="json").json()
    page = made["url"].removeprefix("http://localhost:8000")
    assert client.get(page).status_code == 200
    reads = Access.objects.count()
    assert api(alice).delete(f"{REPORTS}/{made['report']}").status_code == 204
    assert client.get(page).status_code in (404, 410)
    told = api(alice).get(f"{SHARES}/{made['id']}").json()
    assert (told["state"], told["label"], told["question"]) == ("revoked", "Dr Lee", "")
    assert told["scope"] == made["scope"]
    log = api(alice).get(f"{SHARES}/{made['id']}/accesses").json()["results"]
    assert (len(log), log[0]["outcome"], log[0]["share_label"]) == (reads + 1, "revoked", "Dr Lee")


def test_asked_for_again_under_its_id_the_link_is_not_revived(api, alice):
    body = share_body(id=str(uuid.uuid4()))
    report = api(alice).post(SHARES, body, format="json").json()["report"]
    api(alice).delete(f"{REPORTS}/{report}")
    assert api(alice).post(SHARES, body, format="json").status_code == 409


def test_others_links_and_other_reports_stay(api, alice, charlie):
    gone, stays = lent(alice)[0], lent(alice)[0]
    others, _ = lent(charlie)
    api(alice).delete(f"{REPORTS}/{gone.report_id}")
    now = timezone.now()
    assert {share.pk: share.state(now) for share in ShareLink.objects.all()} == {
        gone.pk: "revoked",
        stays.pk: "open",
        others.pk: "open",
    }


def test_a_link_that_had_expired_stays_one_that_expired(api, alice):
    share, _ = lent(alice, expires_at=timezone.now() - timedelta(days=40))
    api(alice).delete(f"{REPORTS}/{share.report_id}")
    share.refresh_from_db()
    assert (share.revoked_at, share.state(timezone.now())) == (None, "expired")


@pytest.mark.parametrize("who", ["bob", "charlie"])
def test_nobody_else_deletes_it(api, request, alice, who):
    share, _ = lent(alice)
    refused = api(request.getfixturevalue(who)).delete(f"{REPORTS}/{share.report_id}")
    assert refused.status_code == 404
    assert Report.objects.get().snapshot["patient"] == example()["patient"]
    assert api(alice).get(f"{SHARES}/{share.pk}").json()["state"] == "open"


def test_the_list_tells_who_can_read_each_and_how_often_it_was_read(api, alice):
    now = timezone.now()
    never = Report.objects.create(owner=alice, made_at=now - timedelta(days=1), snapshot=example())
    share, _ = lent(alice)
    second = ShareLink.objects.create(
        owner=alice, report=share.report, token_hash="2", shl_hash="2", expires_at=now + timedelta(days=1)
    )
    ended = {"revoked_at": now}, {"expires_at": now - timedelta(hours=1)}, {"passcode": "hashed", "attempts_left": 0}
    for number, how in enumerate(ended):
        fields = {"expires_at": now + timedelta(days=1), "token_hash": f"e{number}", "shl_hash": f"e{number}", **how}
        ShareLink.objects.create(owner=alice, report=share.report, **fields)
    last = now - timedelta(minutes=5)
    Access.objects.create(owner=alice, share=share, what="page", times=3, at=now - timedelta(hours=1), last_at=last)
    Access.objects.create(owner=alice, share=second, what="pdf", at=now - timedelta(hours=2))
    Access.objects.create(owner=alice, share=second, what="page", outcome="expired", at=now)
    told = {one["id"]: one for one in api(alice).get(REPORTS).json()["results"]}
    read, unread = told[str(share.report_id)], told[str(never.pk)]
    assert (read["open_links"], read["times_opened"], read["last_opened_at"]) == (2, 3, last.isoformat())
    assert (unread["open_links"], unread["times_opened"], unread["last_opened_at"]) == (0, 0, None)


def test_a_page_of_reports_is_read_in_one_go(api, alice, django_assert_max_num_queries):
    for _ in range(30):
        lent(alice)
    client = api(alice)
    # The session, the person, the page.
    with django_assert_max_num_queries(3):
        assert len(client.get(REPORTS, {"page_size": 30}).json()["results"]) == 30


@pytest.mark.parametrize(("address", "body"), [(REPORTS, SCOPE), (SHARES, share_body())])
def test_one_more_than_is_kept_is_refused_and_none_goes_unasked(api, alice, charlie, address, body):
    first, *_ = Report.objects.bulk_create(
        Report(owner=alice, made_at=timezone.now(), snapshot=example()) for _ in range(MOST_REPORTS)
    )
    client = api(alice)
    refused = client.post(address, body, format="json")
    assert refused.status_code == 400
    assert [(one["field"], one["code"]) for one in refused.json()["errors"]] == [(None, "too_many_reports")]
    assert (Report.objects.count(), ShareLink.objects.count()) == (MOST_REPORTS, 0)
    assert api(charlie).post(address, body, format="json").status_code == 201
    client.delete(f"{REPORTS}/{first.pk}")
    assert client.post(address, body, format="json").status_code == 201
