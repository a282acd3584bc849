"""A report of somebody who has only begun: it says what there is too little of, and looks like no fault."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sharing.rendering.changing import changes
from sharing.rendering.chart import chart_svg, why_no_chart
from sharing.rendering.fhir import report_bundle
from sharing.rendering.pdf import report_pdf
from sharing.rendering.pdf_sheet import make_sheet
from sharing.rendering.table import report_csv
from sharing.rendering.wording import words_of
from tests.pdfs import rows_in, words_in
from tests.sharing.factories import lent
from tests.sharing.fhir_reading import of
from tests.sharing.snapshots import FIRST, day, example

WORDS = words_of("en")
UNKNOWN = {"start": None, "now": None, "change": None, "meaning": "unknown"}


def begun(logged, count=28):
    """Entries on the last `logged` days of `count`."""
    days = []
    for number in range(count):
        one = {**day(0), "date": (FIRST + timedelta(number)).isoformat()}
        if number < count - logged:
            blank = dict.fromkeys(("numbness", "tingling", "pain", "weakness", "sleep"))
            one |= {**blank, "entries": 0, "triggers": [], "self_care": []}
        days.append(one)
    period = {"start": days[0]["date"], "end": days[-1]["date"], "days": count, "logged": logged}
    return example(
        made_at=f"{days[-1]['date']}T20:00:00+02:00",
        days=days,
        period={**period, "begins": days[count - logged]["date"]} if logged else period,
        changes=[{**one, **UNKNOWN} for one in example()["changes"]],
        interference=[],
        program=[],
        body={**example()["body"], "start": [], "now": [], "drawn": ["mean"]},
    )


def test_it_says_what_is_too_little_and_from_when_on_it_shows():
    assert changes(begun(3), WORDS)["lines"] == [
        "Too little was rated to tell a change: 3 days, from 2 October 2026 on. "
        "A start and a now need 2 rated days each.",
        "With a rating on every day, a report up to 5 October 2026 or later can tell it.",
    ]
    assert why_no_chart(begun(3), WORDS) == (
        "A chart is drawn from 4 rated days on. 3 days were rated; "
        "with a rating on every day it is there from 5 October 2026 on."
    )


@pytest.mark.parametrize("logged", [1, 2, 3])
def test_the_day_that_it_names_is_the_first_on_which_there_is_enough(logged):
    [_, said] = changes(begun(logged), WORDS)["lines"]
    end = date(2026, 10, 4)
    # Two days each, side by side.
    assert f"{(end + timedelta(4 - logged)).day} October 2026" in said
    assert why_no_chart(begun(4), WORDS) == ""


def test_no_day_is_named_when_this_start_can_never_be_told():
    few = begun(3)
    for one in few["days"]:
        one.update(dict.fromkeys(("numbness", "tingling", "pain", "weakness", "sleep")))
    few["days"][3]["pain"] = few["days"][20]["pain"] = 5
    few["period"]["begins"] = few["days"][0]["date"]
    [said] = changes(few, WORDS)["lines"]
    assert said.startswith("Too little was rated to tell a change: 2 days, from 10 September 2026 on.")


def test_a_day_that_was_over_when_the_report_was_made_is_not_told_as_one_to_come():
    late = {**begun(3), "made_at": "2026-10-05T00:10:00+02:00"}
    assert changes(late, WORDS)["lines"] == changes(begun(3), WORDS)["lines"][:1]
    assert why_no_chart(late, WORDS) == "A chart is drawn from 4 rated days on. 3 days were rated."


def rated_on(days_of_stream):
    """A period of 28 days with an entry on its first, and ratings on those days."""
    few = begun(28)
    for number, one in enumerate(few["days"]):
        one.update(dict.fromkeys(("numbness", "tingling", "pain", "weakness", "sleep")))
        one.update({stream: 5 for stream, numbers in days_of_stream.items() if number in numbers})
    return few


@pytest.mark.parametrize(
    ("rated", "said"),
    [
        (
            {"pain": range(14, 28)},
            "Too little was rated at the start to tell a change: "
            "0 of the first 14 days, from 7 September 2026 on. It needs 2 of them.",
        ),
        (
            {"pain": [*range(12), 27]},
            "Too little was rated lately to tell a change: 1 of the last 14 days. It needs 2 of them.",
        ),
        (
            {"pain": range(5), "numbness": range(20, 28)},
            "Too little was rated to tell a change: nothing has 2 rated days both at the start and lately.",
        ),
    ],
    ids=["at the start", "lately", "of one symptom"],
)
def test_of_many_rated_days_it_says_where_they_are_missing(rated, said):
    assert changes(rated_on(rated), WORDS)["lines"][0] == said


def test_a_symptom_of_before_can_be_told_once_it_is_rated_again():
    few = rated_on({"pain": range(5), "numbness": range(20, 28)})
    [_, said] = changes(few, WORDS)["lines"]
    # Two more days of pain.
    assert said == "With a rating on every day, a report up to 6 October 2026 or later can tell it."


def test_daily_life_says_from_which_day_it_is_told_when_that_is_another():
    few = begun(10)
    few["changes"][2] |= {"start": 3.0, "now": 4.0, "change": 1.0}
    few["changes"][4] |= {"start": 5.0, "now": 4.0, "change": -1.0}
    assert "daily life:" not in changes(few, WORDS)["note"]
    few["interference"] = [{"date": "2026-09-09", "mean": 5.0}, {"date": "2026-10-01", "mean": 4.0}]
    assert changes(few, WORDS)["note"].startswith(
        "Means of the first 5 days, from 25 September 2026 on, and of the last 5 days. "
        "Of daily life: of the first 13 days, from 9 September 2026 on, and of the last 13 days."
    )


def test_nothing_empty_is_drawn():
    sheet = make_sheet(begun(3), paper="a4", language="en")
    assert sheet["changes"]["chips"] == []
    assert sheet["chart"]["svg"] == ""
    assert [span["name"] for span in sheet["body"]["maps"][0]["spans"]] == ["Mean"]
    assert sheet["body"]["head"] == ["Place", "Numbness, mean", "Pain, mean"]
    pdf = report_pdf(begun(3))
    assert "Left calf 4.8 0.9" in rows_in(pdf)
    assert "Logging began on 2 October 2026." in words_in(pdf)


def test_one_end_alone_is_told_as_such():
    few = begun(4)
    few["changes"][0] |= {"start": 6.0}
    few["changes"][1] |= {"now": 3.0}
    chips = changes(few, WORDS)["chips"]
    assert [(chip["figures"], chip["meaning"]) for chip in chips] == [
        ("Start 6.0", "Too few ratings lately"),
        ("Now 3.0", "Too few ratings at the start"),
    ]


def test_the_days_begin_with_the_first_entry_and_a_gap_within_stays():
    few = begun(5)
    few["days"][25] = {**few["days"][0], "date": few["days"][25]["date"]}
    rows = rows_in(report_pdf(few))
    assert "Fr 2 Oct 2026" in rows
    assert not any(row.startswith("Tu 29 Sep 2026") for row in rows)
    daily = make_sheet(few, paper="a4", language="en")["daily"]
    assert [row[0] for row in daily["rows"]] == [
        *("We 30 Sep 2026", "Th 1 Oct 2026", "Fr 2 Oct 2026", "Sa 3 Oct 2026", "Su 4 Oct 2026")
    ]
    assert set(daily["rows"][2][1:]) == {""}
    assert daily["note"].endswith("No entries and no sessions before 30 September 2026.")
    assert report_csv(few).count("2026-09-") >= 24, "the spreadsheet has every day of the period"


def test_the_chart_begins_where_there_is_something_or_the_plan_began():
    few = begun(5)
    assert ">30 Sep<" in chart_svg(few, width=680, height=250)
    assert ">7 Sep<" not in chart_svg(few, width=680, height=250)
    few["program"] = [{"date": "2026-09-14", "name": "First weeks", "what": "started", "by": ""}]
    assert ">14 Sep<" in chart_svg(few, width=680, height=250)


@pytest.mark.django_db
def test_the_page_says_the_same_and_the_health_document_keeps_to_its_codes(alice, client):
    few = begun(3)
    _, token = lent(alice, snapshot=few)
    shown = client.get(f"/r/{token}").content.decode()
    for line in changes(few, WORDS)["lines"]:
        assert line in shown
    assert why_no_chart(few, WORDS) in shown
    assert "Too little logged" not in shown
    (change,) = of(report_bundle(few), "Observation", "change-of-pain")
    assert "valueQuantity" not in change
