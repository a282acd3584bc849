"""A report lent out by a link: what may be asked for, what is answered once, and how it is taken back."""

from __future__ import annotations

import re
import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone

from sharing import health_links
from sharing.models import Access, Report, ShareFile, ShareLink
from sharing.models.tokens import hash_of
from sharing.vocabulary import MOST_LINKS, PASSCODE_ATTEMPTS, SECTIONS
from tests.sharing.factories import lent, share_body
from tests.tracker.factories import record

pytestmark = pytest.mark.django_db
SHARES = "/api/v1/shares"


def faults(answer) -> list[tuple[str, str]]:
    assert answer.status_code == 400, answer.json()
    return [(error["field"], error["code"]) for error in answer.json()["errors"]]


def token_of(made: dict) -> str:
    return made["url"].rpartition("/r/")[2]


def test_a_link_is_made_and_what_opens_it_is_told_once(api, alice):
    record(alice)
    client = api(alice)
    made = client.post(SHARES, share_body(passcode="4711"), format="json")
    assert made.status_code == 201
    body = made.json()
    token = token_of(body)
    assert len(token) == 43
    assert (body["state"], body["has_passcode"], body["attempts_left"]) == ("open", True, PASSCODE_ATTEMPTS)
    assert body["scope"] == {"from": "2026-09-07", "to": "2026-11-01", "sections": list(SECTIONS)}
    link = body["shlink"]
    assert link.startswith("shlink:/")
    assert [body[name][:4] for name in ("qr", "url_qr")] == ["<svg", "<svg"]
    for answer in (client.get(SHARES), client.get(f"{SHARES}/{body['id']}")):
        assert token not in answer.content.decode()
        assert "shlink" not in answer.content.decode()
        assert "4711" not in answer.content.decode()
    row = ShareLink.objects.get()
    assert row.token_hash == hash_of(token)
    assert token not in str(ShareLink.objects.values().get())
    assert row.passcode.partition("$")[0] == "md5"  # the tests' own hasher; Argon2 else
    assert row.report.snapshot["question"] == "May I go back to cycling?"


def test_it_lasts_thirty_days_unless_told(api, alice):
    before = timezone.now()
    api(alice).post(SHARES, share_body(), format="json")
    ends = ShareLink.objects.get().expires_at
    assert before + timedelta(days=30) <= ends <= timezone.now() + timedelta(days=30)


@pytest.mark.parametrize(
    ("days", "code"), [(-1, "too_early"), (0, "too_early"), (367, "too_late"), (10_000, "too_late")]
)
def test_it_ends_neither_before_it_begins_nor_in_years(api, alice, days, code):
    ends = (timezone.now() + timedelta(days=days)).isoformat()
    assert faults(api(alice).post(SHARES, share_body(expires_at=ends), format="json")) == [("expires_at", code)]
    assert not ShareLink.objects.exists()
    assert not Report.objects.exists()


def scope(**changes) -> dict:
    return {"scope": {**share_body()["scope"], **changes}}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (scope(to="2026-01-01"), ("scope.to", "before_from")),
        (scope(**{"from": "1946-09-07"}), ("scope.from", "too_long")),
        (scope(to="2999-01-01"), ("scope.to", "too_late")),
        (scope(sections=[]), ("scope.sections", "empty")),
        (scope(sections=["secrets"]), ("scope.sections.0", "invalid_choice")),
        (scope(sections="all"), ("scope.sections", "not_a_list")),
        (scope(**{"from": "yesterday"}), ("scope.from", "invalid")),
        (scope(until="2026-01-01"), ("scope.until", "unknown_field")),
        ({"scope": None}, ("scope", "null")),
        ({"passcode": "123"}, ("passcode", "length")),
        ({"passcode": "1" * 65}, ("passcode", "length")),
        ({"passcode": "  1  "}, ("passcode", "length")),
        ({"passcode": ""}, ("passcode", "blank")),
        ({"question": "?" * 501}, ("question", "max_length")),
        ({"label": "x" * 81}, ("label", "max_length")),
        ({"expires_at": "tomorrow"}, ("expires_at", "invalid_time")),
        ({"id": "mine"}, ("id", "invalid")),
        ({"token": "mine"}, ("token", "unknown_field")),
    ],
)
def test_what_cannot_be_lent_is_refused_by_name_and_leaves_nothing(api, alice, body, expected):
    assert faults(api(alice).post(SHARES, share_body(**body), format="json")) == [expected]
    assert not ShareLink.objects.exists()
    assert not Report.objects.exists()


def test_a_period_without_entries_is_lent_as_it_is(api, alice):
    assert api(alice).post(SHARES, share_body(), format="json").status_code == 201
    assert Report.objects.get().snapshot["period"]["logged"] == 0


def test_nobody_has_more_links_at_a_time_than_can_be_looked_after(api, alice, charlie):
    for _ in range(MOST_LINKS):
        lent(alice)
    assert faults(api(alice).post(SHARES, share_body(), format="json")) == [(None, "too_many_links")]
    assert api(charlie).post(SHARES, share_body(), format="json").status_code == 201
    ShareLink.objects.for_user(alice).first().delete()
    assert api(alice).post(SHARES, share_body(), format="json").status_code == 201


# --- asked for again ---------------------------------------------------------------------------
def test_asked_for_again_it_stays_one_link_with_an_address_that_opens(api, alice):
    body = share_body(id=str(uuid.uuid4()), passcode="4711")
    first = api(alice).post(SHARES, body, format="json")
    again = api(alice).post(SHARES, body, format="json")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"] == body["id"]
    assert ShareLink.objects.get().token_hash == hash_of(token_of(again.json()))
    assert Report.objects.count() == 1


@pytest.mark.parametrize(
    "change", [{"passcode": "4712"}, {"passcode": None}, {"label": "Other"}, scope(to="2026-10-01")]
)
def test_the_same_id_for_something_else_is_refused(api, alice, change):
    body = share_body(id=str(uuid.uuid4()), passcode="4711")
    made = api(alice).post(SHARES, body, format="json").json()
    refused = api(alice).post(SHARES, {**body, **change}, format="json")
    assert (refused.status_code, refused.json()["type"]) == (409, "id_taken")
    assert ShareLink.objects.get().token_hash == hash_of(token_of(made))


def test_an_address_that_somebody_has_used_is_never_made_anew(api, alice):
    body = share_body(id=str(uuid.uuid4()))
    api(alice).post(SHARES, body, format="json")
    Access.objects.create(owner=alice, share=ShareLink.objects.get(), what="page")
    assert api(alice).post(SHARES, body, format="json").status_code == 409


def test_a_revoked_link_is_not_revived(api, alice):
    body = share_body(id=str(uuid.uuid4()))
    api(alice).post(SHARES, body, format="json")
    api(alice).delete(f"{SHARES}/{body['id']}")
    assert api(alice).post(SHARES, body, format="json").status_code == 409


def test_anothers_id_is_not_there(api, alice, charlie):
    share, _ = lent(alice)
    assert api(charlie).post(SHARES, share_body(id=str(share.pk)), format="json").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_report_is_sealed_before_anything_is_held_for_writing(api, alice, monkeypatch):
    """Of ten years that takes seconds, in which nobody else could save anything."""
    held, bundled = [], health_links.report_bundle

    def bundle(*args, **kwargs):
        held.append(connection.in_atomic_block)
        return bundled(*args, **kwargs)

    monkeypatch.setattr(health_links, "report_bundle", bundle)
    body = share_body(id=str(uuid.uuid4()))
    assert [api(alice).post(SHARES, body, format="json").status_code for _ in range(2)] == [201, 200]
    assert held == [False, False]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_asked_for_by_many_at_once_it_is_one_link(api, alice):
    assert connection.vendor == "postgresql", "needs two writers at once: set DATABASE_URL to a PostgreSQL"
    body, barrier, statuses = share_body(id=str(uuid.uuid4())), threading.Barrier(5), []

    def ask() -> None:
        try:
            barrier.wait()
            statuses.append(api(alice).post(SHARES, body, format="json").status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200] * 4 + [201]
    assert (ShareLink.objects.count(), Report.objects.count()) == (1, 1)


# --- what is told of it ------------------------------------------------------------------------
def test_the_list_tells_how_each_link_stands(api, alice):
    made = timezone.now()
    lent(alice, passcode="4711", attempts_left=0, created_at=made)
    lent(alice, expires_at=made - timedelta(days=1))
    saved, _ = lent(alice, revoked_at=made)
    opened, _ = lent(alice)
    # A file is of the opening that it was saved in, and without one it is an opening.
    Access.objects.create(owner=alice, share=saved, what="pdf", times=2)
    Access.objects.create(owner=alice, share=opened, what="page", times=3)
    Access.objects.create(owner=alice, share=opened, what="pdf")
    Access.objects.create(owner=alice, share=opened, what="page", outcome="previewed")
    found = api(alice).get(SHARES).json()["results"]
    assert [share["state"] for share in found] == ["open", "revoked", "expired", "locked"]
    assert [share["times_opened"] for share in found] == [3, 1, 0, 0]
    assert [share["last_opened_at"] is None for share in found] == [False, False, True, True]


def test_a_page_of_links_is_read_without_their_reports(api, alice, django_assert_max_num_queries):
    for _ in range(30):
        lent(alice)
    client = api(alice)
    # The session, the person, the page.
    with django_assert_max_num_queries(3) as asked:
        page = client.get(SHARES, {"page_size": 30}).json()
    assert len(page["results"]) == 30
    # Parts of it are taken out; the whole of it is not among what is selected.
    assert not re.search(r'(?<!\()"sharing_report"."snapshot",', asked[-1]["sql"].partition(" FROM ")[0])


def test_revoked_it_keeps_its_row_and_its_log_and_drops_what_was_sealed(api, alice):
    share, _ = lent(alice)
    Access.objects.create(owner=alice, share=share, what="page")
    ShareFile.objects.create(share=share, content_type="application/fhir+json", jwe="sealed")
    client = api(alice)
    assert [client.delete(f"{SHARES}/{share.pk}").status_code for _ in range(2)] == [204, 204]
    told = client.get(f"{SHARES}/{share.pk}").json()
    assert (told["state"], told["times_opened"]) == ("revoked", 1)
    assert len(client.get(f"{SHARES}/{share.pk}/accesses").json()["results"]) == 1
    assert not ShareFile.objects.exists()


def test_the_log_holds_everything_read_by_anybody_newest_first_in_pages(api, alice, bob):
    share, _ = lent(alice, label="Physio")
    other, _ = lent(alice)
    for number in range(25):
        Access.objects.create(
            owner=alice, share=share, what="page", at=timezone.now() - timedelta(hours=number), network="192.0.2.0/24"
        )
    Access.objects.create(owner=alice, share=other, what="pdf", outcome="revoked")
    Access.objects.create(owner=alice, reader=bob, reader_name="Bob", what="triage", device="Firefox on Windows")
    Access.objects.create(owner=bob, what="triage")
    client = api(alice)
    first = client.get("/api/v1/accesses").json()
    assert [(row["what"], row["reader_name"]) for row in first["results"][:3]] == [
        ("triage", "Bob"),
        ("pdf", ""),
        ("page", ""),
    ]
    assert (len(first["results"]), first["results"][2]["share_label"]) == (20, "Physio")
    assert len(client.get(first["next"]).json()["results"]) == 7
    assert len(client.get(f"{SHARES}/{other.pk}/accesses").json()["results"]) == 1
    assert "bob" not in client.get(f"{SHARES}/{share.pk}/accesses").content.decode().lower()


def test_a_cursor_of_no_list_of_ours_is_refused(api, alice):
    for path in (SHARES, "/api/v1/accesses"):
        assert api(alice).get(path, {"cursor": "cD14"}).status_code == 404


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York"])
@pytest.mark.parametrize("address", ["reports", "shares"])
def test_days_of_before_1900_are_refused_by_their_field(api, alice, zone, address):
    alice.time_zone = zone
    alice.save()
    scope = {"from": "0001-01-01", "to": "0001-01-02", "sections": ["symptoms"]}
    refused = api(alice).post(f"/api/v1/{address}", scope if address == "reports" else {"scope": scope})
    assert refused.status_code == 400
    assert {(one["field"].removeprefix("scope."), one["code"]) for one in refused.json()["errors"]} == {
        ("from", "min_value"),
        ("to", "min_value"),
    }
