"""What a SMART Health Link answers to whoever asks: the files, or in which words it refuses."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from sharing.models import Access, ShareLink
from sharing.models.tokens import new_token
from tests.sharing.health_links import PDF, lend, opened, payload

RECIPIENT = {"recipient": "City Physio"}


@pytest.fixture
def public_url(settings) -> str:
    settings.OWN_URL = "http://testserver"
    return settings.OWN_URL


def ask(link: str, **body: Any):
    path = payload(link)["url"].removeprefix("https://unpinch.example")
    # As a stranger's page asks: without any token of ours.
    return Client(enforce_csrf_checks=True).post(path, {**RECIPIENT, **body}, content_type="application/json")


def log_of(share: ShareLink) -> list[tuple[str, str, str]]:
    rows = Access.objects.filter(share=share).order_by("at", "id")
    return list(rows.values_list("what", "outcome", "reader_name"))


def test_the_manifest_brings_the_sealed_report(alice):
    share, link = lend(alice)

    answer = ask(link)
    assert answer.status_code == 200
    (file,) = answer.json()["files"]
    assert file["contentType"] == "application/fhir+json"
    assert opened(file["embedded"], payload(link)["key"])[1]["resourceType"] == "Bundle"
    assert log_of(share) == [("manifest", "opened", "City Physio")]


def test_any_page_may_ask_without_credentials_and_nothing_is_kept(alice):
    _, link = lend(alice)
    path = payload(link)["url"].removeprefix("https://unpinch.example")

    for answer in (ask(link), Client().options(path), ask(link, recipient=""), Client().post(f"/shl/{new_token()}")):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert not answer.cookies
    asked_before = Client().options(path)
    assert asked_before.status_code == 204
    assert asked_before["Access-Control-Allow-Headers"] == "Content-Type"
    assert "POST" in asked_before["Access-Control-Allow-Methods"]


def test_a_file_longer_than_the_viewer_takes_has_an_address_that_works_once(alice, public_url):
    share, link = lend(alice, base_url=public_url)

    (file,) = ask_at(link, embeddedLengthMax=100).json()["files"]
    assert "embedded" not in file
    first, second = (Client().get(file["location"].removeprefix(public_url)) for _ in range(2))
    assert first.status_code == 200
    assert first["Access-Control-Allow-Origin"] == "*"
    assert opened(first.content.decode(), payload(link)["key"])[1]["type"] == "document"
    assert second.status_code == 404
    assert log_of(share)[-1] == ("file", "opened", "")


def ask_at(link: str, **body: Any):
    path = payload(link)["url"].removeprefix("http://testserver")
    return Client().post(path, {**RECIPIENT, **body}, content_type="application/json")


def test_the_link_of_a_frozen_report_asks_nobody_to_come_back_for_changes(alice):
    _, link = lend(alice, expires_at=timezone.now() + timedelta(days=365), passcode=make_password("2468"))
    first, again = (ask(link, passcode="2468") for _ in range(2))

    assert payload(link)["flag"] == "P", "L would be for long-term use"
    assert first.json() == again.json()
    assert first.json()["status"] == "finalized"
    assert "Retry-After" not in first
    assert first["Cache-Control"] == "no-store"


def test_an_address_of_a_file_outlives_neither_its_minute_nor_its_link(alice, public_url, time_machine):
    share, link = lend(alice, base_url=public_url)
    time_machine.move_to(timezone.now(), tick=False)
    old, ended = (
        ask_at(link, embeddedLengthMax=0).json()["files"][0]["location"].removeprefix(public_url) for _ in range(2)
    )

    time_machine.shift(61)
    assert Client().get(old).status_code == 404
    time_machine.shift(-61)
    ShareLink.objects.filter(pk=share.pk).update(revoked_at=timezone.now())
    assert Client().get(ended).status_code == 404


def test_an_address_opens_no_file_of_another_link(alice, public_url):
    (_, one), (_, other) = lend(alice, base_url=public_url), lend(alice, base_url=public_url)
    token = ask_at(one, embeddedLengthMax=0).json()["files"][0]["location"].rpartition("/")[2]

    assert Client().get(payload(other)["url"].removeprefix(public_url) + f"/files/{token}").status_code == 404
    assert Client().get(payload(one)["url"].removeprefix(public_url) + f"/files/{token}x").status_code == 404


def test_a_passcode_is_asked_for_counted_and_taken(alice):
    share, link = lend(alice, passcode=make_password("2468"))

    assert (ask(link).status_code, ask(link).json()) == (401, {"remainingAttempts": 10})
    wrong = ask(link, passcode="1111")
    assert (wrong.status_code, wrong.json()) == (401, {"remainingAttempts": 9})
    assert ask(link, passcode="2468").status_code == 200
    outcomes = [outcome for _, outcome, _ in log_of(share)]
    assert outcomes == ["no-passcode", "wrong-passcode", "opened"]


def test_too_many_wrong_passcodes_close_the_link_for_good(alice):
    share, link = lend(alice, passcode=make_password("2468"), attempts_left=2)

    assert ask(link, passcode="1").json() == {"remainingAttempts": 1}
    assert ask(link, passcode="2").json() == {"remainingAttempts": 0}
    assert ask(link, passcode="2468").status_code == 404
    assert log_of(share)[-1] == ("manifest", "locked", "City Physio")


@pytest.mark.parametrize(("ending", "outcome"), [("revoked_at", "revoked"), ("expires_at", "expired")])
def test_a_link_that_ended_answers_like_one_that_never_was(alice, ending, outcome):
    share, link = lend(alice)
    assert ask(link).status_code == 200

    ShareLink.objects.filter(pk=share.pk).update(**{ending: timezone.now() - timedelta(seconds=1)})
    never = Client().post(f"/shl/{new_token()}", RECIPIENT, content_type="application/json")
    assert (ask(link).status_code, ask(link).json()) == (404, never.json())
    assert [one for _, one, _ in log_of(share)] == ["opened", outcome]


def test_the_page_of_the_link_itself_is_no_way_in(alice):
    share, link = lend(alice)

    answer = Client().get(payload(link)["url"].removeprefix("https://unpinch.example"))
    assert answer.status_code == 405
    assert "POST" in answer["Allow"]
    assert log_of(share) == []


@pytest.mark.parametrize(
    "body",
    [
        *("", "[]", "null", "{", "7", '{"recipient": 7}', '{"recipient": "  "}', "[" * 10_000, '{"passcode": "1234"}'),
        *('{"recipient": "A", "passcode": 1}', '{"recipient": "A", "embeddedLengthMax": "many"}'),
        *('{"recipient": "A", "embeddedLengthMax": -1}', '{"recipient": "A", "embeddedLengthMax": true}'),
        *('{"recipient": "\\ud800"}', json.dumps({"recipient": "A", "passcode": "x" * 257})),
        json.dumps({"recipient": "A" * 20_000}),
    ],
)
def test_a_broken_question_is_told_what_is_wrong_and_costs_no_attempt(alice, body):
    share, link = lend(alice, passcode=make_password("2468"))

    path = payload(link)["url"].removeprefix("https://unpinch.example")
    answer = Client().post(path, body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["message"]
    share.refresh_from_db()
    assert share.attempts_left == 10
    assert log_of(share) == []


def test_a_recipients_name_is_cut_and_turns_no_line(alice):
    share, link = lend(alice)
    ask(link, recipient="\u202eevil\x00 " + "long " * 50)

    ((_, _, name),) = log_of(share)
    assert name.startswith("evil long")
    assert len(name) <= 80


def test_who_asks_too_often_has_to_wait(alice, settings):
    settings.ACCOUNT_RATE_LIMITS = {"health_link": "2/m/ip"}
    _, link = lend(alice)

    answers = [ask(link) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1]["Access-Control-Allow-Origin"] == "*"
    assert answers[-1]["Retry-After"] == "60"


def test_the_viewer_asks_nobody_but_us_and_runs_no_script_but_ours():
    page = Client().get("/shl")

    assert page.status_code == 200
    policy = page["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "connect-src 'self'" in policy
    assert "unsafe" not in policy
    assert page["Cache-Control"] == "no-store"
    assert page["Referrer-Policy"] == "no-referrer"
    assert not page.cookies
    assert PDF not in page.content
