"""What people call themselves is read beside other people's words: nothing hides in it, and nothing turns them."""

from __future__ import annotations

import pytest

from accounts.names import clean_name

pytestmark = pytest.mark.django_db

HOSTILE = [
    ("  Alice   Ex\tample ", "Alice Ex ample"),
    ("Ali\u202ece\u2066 X\u2069", "Alice X"),
    ("Al\u200bi\u200cc\u200de\ufeff\u00ad\u200e\u200f\u061c", "Alice"),
    ("Alice\r\nSubject: hello\x00\x1b[2J", "Alice Subject: hello [2J"),
    ("Alice\u2028Bob\u0085C", "Alice Bob C"),
    ("\u3164\u2800A\u115f", "A"),
    ("Ali\U000e0041\ue000ce", "Alice"),
    ("<b>Alice</b> & 'x'", "<b>Alice</b> & 'x'"),
    ("Jose\u0301", "José"),
    # A letter of a newer Unicode than this Python's stays; what never will be one goes.
    ("\U00031350\U0001fffe\ufdd0", "\U00031350"),
    ("\u0645\u06cc\u200c\u0631\u0636", "\u0645\u06cc\u200c\u0631\u0636"),
]


@pytest.mark.parametrize(("sent", "kept"), HOSTILE)
def test_what_is_not_seen_goes_and_what_is_stays(sent, kept):
    assert clean_name(sent) == kept
    assert clean_name(kept) == kept


def test_a_persons_name_is_cleaned_where_it_is_set(api, alice):
    changed = api(alice).patch("/api/v1/me", {"display_name": " Ali\u202ece\u200b\nX "}, format="json")
    assert (changed.status_code, changed.json()["display_name"]) == (200, "Alice X")
    alice.refresh_from_db()
    assert alice.display_name == "Alice X"


def test_a_name_may_be_taken_away_and_is_measured_when_it_is_clean(api, alice):
    client = api(alice)
    assert client.patch("/api/v1/me", {"display_name": "\u200b\u3164"}, format="json").json()["display_name"] == ""
    long = client.patch("/api/v1/me", {"display_name": "x" * 80 + "\u200b"}, format="json")
    assert (long.status_code, long.json()["display_name"]) == (200, "x" * 80)
    refused = client.patch("/api/v1/me", {"display_name": "x" * 81}, format="json")
    assert [(one["field"], one["code"]) for one in refused.json()["errors"]] == [("display_name", "max_length")]


def test_a_novel_of_marks_is_refused_before_it_is_cleaned(api, alice, monkeypatch):
    monkeypatch.setattr("accounts.fields.clean_name", lambda text: pytest.fail(f"cleaned {len(text)} signs"))
    refused = api(alice).patch("/api/v1/me", {"display_name": "a" + "\u0316\u0301" * 40_000}, format="json")
    assert [(one["field"], one["code"]) for one in refused.json()["errors"]] == [("display_name", "max_length")]


def test_a_clinic_has_a_name_that_can_be_seen(api, bob):
    client = api(bob)
    refused = client.post("/api/v1/clinics", {"name": "\u200b\u202e"}, format="json")
    assert [(one["field"], one["code"]) for one in refused.json()["errors"]] == [("name", "blank")]
    assert (
        client.post("/api/v1/clinics", {"name": "By\u202e the\nriver"}, format="json").json()["name"] == "By the river"
    )


@pytest.mark.parametrize("address", ["patients", "patients/{id}"])
def test_a_name_from_before_is_cleaned_in_the_log_of_who_read(api, alice, bob, address):
    type(bob).objects.filter(pk=bob.pk).update(display_name="B\u202eo\u200bb\nX")
    assert api(bob).get("/api/v1/" + address.format(id=alice.pk)).status_code == 200
    [read] = api(alice).get("/api/v1/accesses").json()["results"]
    assert read["reader_name"] == "Bob X"
