"""Who needs attention first, and why."""

from __future__ import annotations

import uuid
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exercises.loading import load_catalogue
from sharing.models import Access, Acknowledgement, CareLink
from tests.exercises import factories as stretching
from tests.people import link, make_person
from tests.tracker.factories import answer, reading, record
from tracker.models import Flag

TODAY = date(2026, 3, 20)
NOON = "2026-03-20T12:00:00+01:00"


def day(back):
    return TODAY - timedelta(days=back)


def at(back, hour=8):
    return f"{day(back).isoformat()}T{hour:02}:00:00+01:00"


def logged(owner, back, **ratings):
    return record(owner, occurred_at=at(back), readings=[reading(**ratings)] if ratings else [])


@pytest.fixture
def now(db):
    with time_machine.travel(NOON, tick=False):
        load_catalogue()
        yield


@pytest.fixture
def patients(api, bob):
    CareLink.objects.update(accepted_at=timezone.now() - timedelta(days=60))

    def ask(**query):
        answer = api(bob).get("/api/v1/patients", query)
        assert answer.status_code == 200, answer.content
        return answer.json()["results"]

    return ask


def linked(name, bob, **fields):
    found = make_person(name, **fields)
    link(found, bob)
    CareLink.objects.filter(owner=found).update(accepted_at=timezone.now() - timedelta(days=60))
    return found


def raised(owner, rule="sustained-worsening", level="W", stream="numbness", back=3):
    moment = datetime.fromisoformat(at(back))
    return Flag.objects.create(
        owner=owner, rule=rule, stream=stream, level=level, opened_at=moment, raised_at=moment, changed_at=moment
    )


def kinds(row):
    return [reason["reason"] for reason in row["reasons"]]


@pytest.mark.usefixtures("now")
def test_who_needs_attention_first_stands_first(api, alice, bob, patients):
    # Alice has written nothing for weeks; the others have something each, named in the order of the list.
    urgent, soon, worse, harmed, missed, wrote, better, quiet = (
        linked(name, bob) for name in ("urgent", "soon", "worse", "harmed", "missed", "wrote", "better", "quiet")
    )
    for one in (urgent, soon, worse, harmed, missed, wrote, quiet):
        logged(one, 1)
    answer(urgent, {"saddle": "new"}, answered_at=at(1))
    answer(soon, {"foot-drop": "new"}, answered_at=at(1))
    raised(worse)
    raised(harmed, "aggravated-by", "N", "pain")
    stretching.set_for(missed, starts_on="2026-03-01", weekdays=["wed", "thu"])
    bobs = CareLink.objects.get(owner=wrote)
    api(wrote).put(f"/api/v1/messages/{uuid.uuid4()}", {"link": str(bobs.pk), "text": "Shall I go on?"})
    for back in range(1, 28):
        logged(better, back, numbness=7 if back > 13 else 3)
    rows = patients()
    names = ["Urgent", "Soon", "Worse", "Harmed", "Missed", "Alice", "Wrote", "Better", "Quiet"]
    assert [row["name"] for row in rows] == names
    assert [kinds(row)[:1] for row in rows] == [
        ["red-flag"],
        ["red-flag"],
        ["worsening"],
        ["made-worse"],
        ["two-missed"],
        ["silent-week"],
        ["message"],
        ["good-news"],
        [],
    ]
    assert [row["group"] for row in rows] == ["attention"] * 7 + ["good-news", "quiet"]
    by_name = {row["name"]: row["reasons"][0] for row in rows if row["reasons"]}
    assert by_name["Urgent"]["level"] == "E"
    assert by_name["Soon"]["level"] == "D"
    assert (by_name["Worse"]["rule"], by_name["Worse"]["stream"]) == ("sustained-worsening", "numbness")
    assert by_name["Worse"]["since"] == day(3).isoformat()
    assert by_name["Missed"]["days"][-2:] == ["2026-03-18", "2026-03-19"]
    assert by_name["Wrote"]["count"] == 1
    assert by_name["Better"] == {**by_name["Better"], "stream": "numbness", "start": 7.0, "now": 3.0}


@pytest.mark.usefixtures("now")
def test_what_was_noted_waits_below_until_it_is_worse(api, alice, bob, patients):
    other = linked("other", bob)
    for one in (alice, other):
        logged(one, 1)
    flag = raised(alice, "flare", "N")
    raised(other)
    api(bob).post(f"/api/v1/patients/{alice.pk}/flags/{flag.pk}/acknowledge", {"id": str(uuid.uuid4())})
    assert [(row["name"], row["group"]) for row in patients()] == [("Other", "attention"), ("Alice", "acknowledged")]
    assert [row["name"] for row in patients(acknowledged="true")] == ["Alice"]
    assert [row["name"] for row in patients(acknowledged="false")] == ["Other"]
    Flag.objects.filter(pk=flag.pk).update(level="W", opened_at=at(9))
    assert [(row["name"], row["group"]) for row in patients()] == [("Alice", "attention"), ("Other", "attention")]


@pytest.mark.usefixtures("now")
@pytest.mark.parametrize(("rule", "level"), [("saddle", "E"), ("foot-drop", "D")])
def test_a_noted_sign_that_is_open_stays_before_all_else_of_the_patient(api, alice, bob, patients, rule, level):
    logged(alice, 1)
    answer(alice, {rule: "new"}, answered_at=at(1))
    for stream in ("numbness", "pain", "tingling"):
        raised(alice, stream=stream)
    sign = Flag.objects.get(rule=rule)
    api(bob).post(f"/api/v1/patients/{alice.pk}/flags/{sign.pk}/acknowledge", {"id": str(uuid.uuid4())})
    for asked in ({}, {"acknowledged": "true"}, {"acknowledged": "false"}, {"reason": "red-flag"}):
        [row] = patients(**asked)
        assert (row["group"], kinds(row)) == ("attention", ["red-flag", *["worsening"] * 3])
        first = row["reasons"][0]
        assert (first["level"], first["acknowledged"]) == (level, True)
        assert datetime.fromisoformat(first["noted"]["at"]) == timezone.now()
        assert (first["noted"]["by"], first["noted"]["by_you"]) == (bob.display_name, True)
        assert {one["noted"] for one in row["reasons"][1:]} == {None}
    Flag.objects.filter(pk=sign.pk).update(state="resolved", reason="checked", resolved_at=timezone.now())
    assert [kinds(row) for row in patients()] == [["worsening"] * 3]
    assert patients(acknowledged="true") == []


@pytest.mark.usefixtures("now")
def test_the_list_is_searched_and_filtered(alice, bob, patients):
    ayse = linked("ayse", bob)
    ayse.display_name = "Ayşe Y\N{LATIN SMALL LETTER DOTLESS I}lmaz"
    ayse.save()
    raised(ayse)
    for words in ("ayşe", "YIL", "yilmaz ayse"):
        assert [row["name"] for row in patients(q=words)] == [ayse.display_name]
    assert [row["name"] for row in patients(reason="worsening")] == [ayse.display_name]
    assert {row["name"] for row in patients(reason="silent-week")} == {"Alice", ayse.display_name}
    assert patients(reason="worsening", q="alice") == []


@pytest.mark.usefixtures("now")
@pytest.mark.parametrize("query", [{"reason": "boredom"}, {"acknowledged": "x"}, {"page_size": "0"}, {"nothing": "1"}])
def test_a_bad_question_is_refused(api, bob, query):
    assert api(bob).get("/api/v1/patients", query).status_code == 400


@pytest.mark.usefixtures("now")
@pytest.mark.parametrize("cursor", ["x", "e30=", "WzEsMl0=", "W251bGwsMSwyLDNd", "WzFlOTk5LDAsIiIsIiJd", "ä"])
def test_a_made_up_cursor_leads_nowhere(api, bob, cursor):
    assert api(bob).get("/api/v1/patients", {"cursor": cursor}).status_code == 404


@pytest.mark.usefixtures("now")
def test_the_pages_hold_everybody_once(api, bob):
    for n in range(6):
        linked(f"patient {n}", bob)
    found, address = [], "/api/v1/patients?page_size=3"
    while address:
        page = api(bob).get(address).json()
        found += [row["id"] for row in page["results"]]
        address = page["next"]
    assert len(found) == len(set(found)) == 7


@pytest.mark.usefixtures("now")
def test_the_series_shows_what_the_link_shows(alice, bob, patients):
    for back in (0, 5, 27, 28):
        logged(alice, back, numbness=back % 10, pain=1)
    [row] = patients()
    assert row["series"]["first"] == day(27).isoformat()
    assert (row["series"]["numbness"][0], row["series"]["numbness"][22], row["series"]["numbness"][27]) == (7, 5, 0)
    assert [len(row["series"][name]) for name in ("numbness", "pain")] == [28, 28]
    CareLink.objects.update(sees_from=day(5))
    [row] = patients()
    assert (row["series"]["numbness"][0], row["series"]["numbness"][22]) == (None, 5)
    CareLink.objects.update(scopes=["flags"])
    [row] = patients()
    assert set(row["series"]["pain"]) == {None}


@pytest.mark.usefixtures("now")
def test_who_writes_once_a_week_is_not_silent_after_one(bob, patients):
    weekly, daily = linked("weekly", bob, weekly_mode=True), linked("daily", bob)
    for one in (weekly, daily):
        logged(one, 8)
    assert {row["name"]: kinds(row) for row in patients(q="ly")} == {"Daily": ["silent-week"], "Weekly": []}
    with time_machine.travel("2026-03-27T12:00:00+01:00", tick=False):
        assert "silent-week" in kinds(patients(q="weekly")[0])


@pytest.mark.usefixtures("now")
def test_a_session_that_did_harm_is_told(bob, alice, patients):
    logged(alice, 0)
    stretching.record(alice, started_at=at(2, 20), ended_at=at(2, 21), pain_before=3, pain_after=6)
    stretching.record(alice, started_at=at(9, 20), ended_at=at(9, 21), pain_before=3, pain_after=9)
    [row] = patients()
    assert [(one["reason"], one["rule"], one["days"]) for one in row["reasons"]] == [
        ("made-worse", "session", [day(2).isoformat()])
    ]


@pytest.mark.usefixtures("now")
@pytest.mark.parametrize(
    ("felt", "said", "told"),
    [
        # The limit for stopping, at which the person had begun.
        ({"pain_before": 7, "pain_after": 7}, [{"pain": 7, "numbness": 6}], False),
        ({"pain_before": 7, "pain_after": None}, [{"pain": 6, "numbness": None}], False),
        # Risen, by however little, in one of the two, or later.
        ({"pain_before": 6, "pain_after": 6}, [{"pain": 7, "numbness": 6}], True),
        ({"pain_before": 7, "pain_after": 7}, [{"pain": 7, "numbness": 7}], True),
        ({"pain_before": 7, "pain_after": 7, "pain_next_morning": 8}, [{"pain": 7, "numbness": None}], True),
        # Nothing says that it did not rise.
        ({"pain_before": None, "pain_after": None}, [{"pain": 7, "numbness": None}], True),
        ({"pain_before": 7, "pain_after": 7}, [], True),
        ({"pain_before": 7, "pain_after": None}, [{"pain": 7, "numbness": None, "verdict": "go"}], True),
        ({"pain_before": 7, "pain_after": None}, [{"pain": None, "numbness": 6}], True),
        # Not a matter of ratings.
        ({"pain_before": 7, "pain_after": 7}, [{"pain": 7, "numbness": 6, "further_down": True}], True),
        ({"pain_before": 7, "pain_after": 7}, [{"pain": 7, "numbness": 6, "weakness": True}], True),
    ],
)
def test_a_limit_that_was_reached_without_a_rise_is_not_told_as_worse(alice, patients, felt, said, told):
    logged(alice, 0)
    hurts = [stretching.hurt(at=at(2, 20), **one) for one in said]
    stretching.record(
        alice,
        started_at=at(2, 20),
        ended_at=at(2, 21),
        ended="stopped",
        stop_reason="pain",
        **{"hurts": hurts, "numbness_before": 6, "numbness_after": None, **felt},
    )
    [row] = patients()
    assert kinds(row) == (["made-worse"] if told else [])


def queries_of(client):
    Access.objects.all().delete()
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get("/api/v1/patients?page_size=40").status_code == 200
    return len(seen)


@pytest.mark.usefixtures("now")
def test_the_number_of_queries_does_not_grow_with_the_patients(api, bob, alice):
    def busy(person):
        logged(person, 1, pain=3)
        noted = {"link": CareLink.objects.get(owner=person), "by": bob, "level": "W"}
        Acknowledgement.objects.create(owner=person, flag=raised(person), **noted)
        stretching.set_for(person)
        stretching.record(person)

    busy(alice)
    few = queries_of(api(bob))
    for n in range(30):
        busy(linked(f"patient {n}", bob))
    assert queries_of(api(bob)) == few
