"""Whoever reads a report must not take it that nothing is wrong because the report does not speak of it."""

from __future__ import annotations

import json
from datetime import date, datetime
from html import unescape

import pytest
from django.test import Client

from exercises.loading import load_catalogue
from sharing.rendering.fhir import report_bundle
from sharing.rendering.pdf import report_pdf
from sharing.rendering.table import report_csv
from sharing.reporting import build_report
from sharing.vocabulary import SECTIONS
from tests.pdfs import words_in
from tests.sharing.factories import lent
from tests.sharing.fhir_reading import of
from tests.sharing.fhir_validators import faults
from tests.sharing.partial_snapshots import only
from tests.sharing.snapshots import example
from tests.tracker.factories import answer
from tracker.models import Flag

pytestmark = pytest.mark.django_db

LEFT_OUT = "Signs that need checking are not part of this report."
NONE = "No sign and no trend was flagged in this period."
NOW = datetime.fromisoformat("2026-03-20T12:00:00+01:00")


def said_in(alice, snapshot):
    """The words of each rendering, by its name."""
    _, token = lent(alice, snapshot=snapshot)
    texts = {
        "page": unescape(Client().get(f"/r/{token}").content.decode()),
        "print": words_in(report_pdf(snapshot)),
        "spreadsheet": report_csv(snapshot),
        "health document": json.dumps(report_bundle(snapshot), ensure_ascii=False),
    }
    return {name: " ".join(text.split()) for name, text in texts.items()}


@pytest.mark.parametrize("section", SECTIONS)
def test_a_report_without_the_signs_says_that_they_are_not_in_it(alice, section):
    for name, text in said_in(alice, only([section])).items():
        assert (LEFT_OUT in text) == (section != "flags"), name


def test_the_health_document_says_why_it_names_no_signs():
    def reason(snapshot):
        (composition,) = of(report_bundle(snapshot), "Composition")
        (flags,) = (one for one in composition["section"] if one["title"] == "Flags")
        return flags.get("emptyReason", {}).get("text")

    assert reason(only(["symptoms"])) == LEFT_OUT
    assert reason(example(flags=[])) == NONE
    assert reason(example()) is None


def test_a_sheet_tells_of_how_many_questions_some_were_answered():
    some = {**example()["red_flags"], "asked": 9, "of": 31}
    assert "9 of the 31 questions, answered on 30 October 2026, 19:02 (Europe/Berlin)." in words_in(
        report_pdf(example(red_flags=some))
    )


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ({"red_flags_before": "2026-08-01T17:00:00+00:00"}, "They were answered last on 1 August 2026, 19:00 (Europe"),
        ({"red_flags_before": None}, "They were not answered before either."),
        ({}, "The questions about warning signs were not answered in this period, neither with yes nor with no."),
    ],
)
def test_questions_that_nobody_asked_never_read_as_if_all_were_well(alice, before, said):
    snapshot = example(red_flags=None, flags=[], **before)
    for name, text in said_in(alice, snapshot).items():
        assert said in text, name
        assert f"{NONE} The questions about warning signs were not answered." in text, name
    (composition,) = of(report_bundle(snapshot), "Composition")
    why = {
        one["title"]: one["emptyReason"]["coding"][0]["code"] for one in composition["section"] if "emptyReason" in one
    }
    assert why == {"Flags": "notasked", "Red-flag answers": "notasked"}


@pytest.mark.parametrize("asked", [{}, {"red_flags": None}], ids=["answered before", "never answered"])
def test_questions_that_an_entry_gives_a_reason_for_are_told_as_still_open(alice, asked):
    said = (
        "An entry of 31 October 2026, 19:30 (Europe/Berlin) gives a reason to ask about signs that cannot wait. "
        "The questions had no answer yet when this report was made."
    )
    waits = example(**asked, red_flags_waiting="2026-10-31T18:30:00+00:00")
    for name, text in said_in(alice, waits).items():
        assert text.count(said) >= 1, name
    for name, text in said_in(alice, example(**asked)).items():
        assert "gives a reason to ask" not in text, name
    assert not faults(report_bundle(waits))


def test_a_few_questions_are_not_all_of_them(alice):
    some = {**example()["red_flags"], "asked": 9, "of": 31, "notable": []}
    for name, text in said_in(alice, example(red_flags=some, flags=[])).items():
        assert f"{NONE} Not all the warning signs were asked about." in text, name


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"asked": 31, "of": 31}, "nilknown"),
        ({"asked": 2, "of": 31}, "notasked"),
        ({"asked": 31}, "unavailable"),
    ],
    ids=["all", "some", "not known of how many"],
)
def test_the_health_document_knows_of_no_sign_only_where_all_were_asked_about(asked, code):
    check = {**example()["red_flags"], "notable": [], **asked}
    bundle = report_bundle(example(red_flags=check, flags=[]))
    (composition,) = of(bundle, "Composition")
    (flags,) = (one for one in composition["section"] if one["title"] == "Flags")
    assert [one["code"] for one in flags["emptyReason"]["coding"]] == [code]
    assert faults(bundle) == {}


def report_until(alice, last):
    return build_report(patient=alice, first=date(2026, 3, 1), last=last, sections=["flags"], now=NOW)


@pytest.fixture
def raised(alice):
    load_catalogue()
    answer(alice, {"saddle": "new"}, answered_at="2026-03-17T08:00:00+01:00")
    return Flag.objects.get()


def test_what_was_raised_since_and_still_stands_is_told_as_such(alice, raised):
    before = report_until(alice, date(2026, 3, 15))
    (flag,) = before["flags"]
    assert (flag["level"], flag["opened_on"]) == ("E", "2026-03-17")
    for name, text in said_in(alice, before).items():
        assert "after this period" in text, name
        assert NONE not in text, name
        assert flag["title"] in text, name
    for name, text in said_in(alice, report_until(alice, date(2026, 3, 20))).items():
        assert "after this period" not in text, name


def test_a_sign_of_after_the_period_is_taken_by_every_judge(alice, raised):
    assert faults(report_bundle(report_until(alice, date(2026, 3, 15)))) == {}


@pytest.mark.parametrize(
    "changes", [{"level": "W"}, {"level": "N"}, {"state": "resolved", "resolved_at": NOW, "reason": "checked"}]
)
def test_what_is_over_or_can_wait_belongs_to_its_own_days(alice, raised, changes):
    Flag.objects.update(**changes)
    assert report_until(alice, date(2026, 3, 15))["flags"] == []


def test_a_last_round_of_no_does_not_talk_away_what_was_answered_before(alice):
    clear = {**example()["red_flags"], "notable": []}
    told = "All were answered “no” this time; not so with what stands under “What needs checking”."
    urgent = [{**one, "level": "D"} for one in example()["flags"]]
    before, never = (said_in(alice, example(red_flags=clear, flags=flags)) for flags in (urgent, []))
    for name in ("page", "print"):
        assert (told in before[name], told in never[name]) == (True, False), name
