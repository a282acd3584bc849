"""
Page, PDF, FHIR and CSV of one report, made from a diary and read back: the same figures, to the digit.
"""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from sharing.rendering.fhir import report_bundle
from sharing.rendering.pdf import report_pdf
from sharing.rendering.table import MARK, report_csv
from sharing.rendering.wording import dated_words, figure, place_words, signed, weekday_words, words_of
from tests.pdfs import rows_in, words_in
from tests.sharing.diaries import six_weeks
from tests.sharing.factories import lent
from tests.sharing.fhir_reading import codes, components, of

pytestmark = pytest.mark.django_db

WORDS = words_of("en")
STREAMS = ("numbness", "tingling", "pain", "weakness")
RATED = (*STREAMS, "sleep")
MOMENTS = ("n", "before", "after", "next_morning")
COUNTS = ("prescribed", "done", "partial", "skipped")
SPANS = ("start", "now", "mean")
Table = list[list[str]]


@pytest.fixture
def report(alice):
    found = six_weeks(alice)
    # An empty table would agree with anything.
    shown = [found["adherence"]["carried_out"], found["flags"], found["red_flags"]["notable"], found["activities"]]
    assert all([*shown, found["interference"], *(found["body"][span] for span in SPANS)])
    assert {one["meaning"] for one in found["changes"]} >= {"better", "same", "unknown"}
    return found


def changes_of(report: Any) -> Table:
    return [[figure(one["start"]), figure(one["now"]), figure(one["change"])] for one in report["changes"]]


def days_of(report: Any) -> Table:
    return [[figure(day[stream]) for stream in RATED] for day in report["days"]]


def felt_of(report: Any, stream: str) -> Table:
    return [[one["name"], *(figure(one[stream][name]) for name in MOMENTS)] for one in report["exercises"]]


def places_of(report: Any) -> dict[str, dict[tuple[str, str], str]]:
    """By place: by stream and span the mean."""
    found: dict[str, dict[tuple[str, str], str]] = {}
    for span in SPANS:
        for one in report["body"][span]:
            cells = found.setdefault(place_words(one["region"], one["side"], WORDS), {})
            cells |= {(stream, span): figure(one[stream]) for stream in ("numbness", "pain")}
    return found


def ratings_words(ratings: list) -> str:
    return " · ".join(f"{dated_words(day, WORDS)}: {figure(value)}" for day, value in ratings)


# The spreadsheet.


def csv_tables(text: str) -> dict[str, Table]:
    """By title, without the columns' names."""
    rows = list(csv.reader(io.StringIO(text.removeprefix(MARK), newline="")))
    breaks = [-1, *(n for n, row in enumerate(rows) if not row), len(rows)]
    parts = [rows[a + 1 : b] for a, b in pairwise(breaks)]
    return {part[0][0]: part[2:] for part in parts[1:]} | {"head": parts[0]}


def test_the_spreadsheet_has_every_figure(report):
    tables = csv_tables(report_csv(report))
    head = dict(row for row in tables["head"] if len(row) == 2)
    assert [head["Days"], head["Days logged"]] == [str(report["period"][name]) for name in ("days", "logged")]
    daily = tables["Day by day"]
    assert [row[0] for row in daily] == [day["date"] for day in report["days"]]
    assert [row[1] for row in daily] == [str(day["entries"]) for day in report["days"]]
    assert [row[2:7] for row in daily] == days_of(report)
    assert [row[7:11] for row in daily] == [[figure(day["means"][one]) for one in STREAMS] for day in report["days"]]
    assert [row[11] for row in daily] == [str(day["sessions"]) for day in report["days"]]
    assert [row[1:4] for row in tables["Change"]] == changes_of(report)
    whole = report["adherence"]
    (adherence,) = tables[WORDS["exercises_title"]]
    assert adherence[:4] == [figure(whole[name]) for name in ("prescribed", "carried_out", "begun", "percent")]
    exercises = tables["Exercises"]
    assert [row[2:6] for row in exercises] == [[str(one[name]) for name in COUNTS] for one in report["exercises"]]
    assert [[row[0], *row[7:11]] for row in exercises] == felt_of(report, "pain")
    assert [[row[0], *row[11:15]] for row in exercises] == felt_of(report, "numbness")
    columns = [(stream, span) for span in SPANS for stream in ("numbness", "pain")]
    places = {row[0]: row[1:] for row in tables[WORDS["sections"]["body"]]}
    assert places == {name: [cells.get(one, "") for one in columns] for name, cells in places_of(report).items()}
    weekly = [[one["date"], figure(one["mean"])] for one in report["interference"]]
    assert tables[WORDS["interference_title"]] == weekly
    rated = [[day, one["name"], str(value)] for one in report["activities"] for day, value in one["ratings"]]
    assert tables[WORDS["activities_title"]] == rated


# The health document.


def quantity(one: dict[str, Any]) -> Any:
    return one["valueQuantity"]["value"]


def test_the_health_document_has_every_figure(report):
    bundle = report_bundle(report)
    (logged,) = of(bundle, "Observation", "days-logged")
    assert quantity(logged) == report["period"]["logged"]
    assert components(logged) == {"days-of-the-period": report["period"]["days"]}
    for one in report["changes"]:
        (change,) = of(bundle, "Observation", f"change-of-{one['key']}")
        assert components(change) == {"mean-at-start": one["start"], "mean-now": one["now"]} | (
            {"change": one["change"]} if "change" in components(change) else {}
        )
    for stream in RATED:
        rated = of(bundle, "Observation", "sleep-quality" if stream == "sleep" else stream)
        known = [(day["date"], day[stream]) for day in report["days"] if day[stream] is not None]
        assert [(one["effectiveDateTime"], quantity(one)) for one in rated] == known
    for stream in STREAMS:
        curves = of(bundle, "Observation", f"mean-of-seven-days-{stream}")
        means = [figure(day["means"][stream]) or "E" for day in report["days"]]
        assert [one["valueSampledData"]["data"] for one in curves] == ([" ".join(means)] if set(means) != {"E"} else [])
    (whole,) = of(bundle, "Observation", "adherence")
    assert list(components(whole).values())[:4] == [
        report["adherence"][name] for name in ("prescribed", "carried_out", "begun", "percent")
    ]
    for one in report["exercises"]:
        (found,) = of(bundle, "Observation", one["exercise"])
        values = list(components(found).values())
        assert values[:4] == [one[name] for name in COUNTS]
        told = [value for value in values[4 + len(one["reasons"]) :] if value is not None]
        assert told == [
            one[stream][name] for stream in ("pain", "numbness") for name in MOMENTS if one[stream][name] is not None
        ]
    for stream in ("numbness", "pain"):
        found = [
            (codes(one["method"])[0].removeprefix("body-map-"), one["bodySite"]["text"], quantity(one))
            for one in of(bundle, "Observation", f"mean-{stream}-of-a-place")
        ]
        assert found == [
            (span, place_words(one["region"], one["side"], WORDS), one[stream])
            for span in SPANS
            for one in report["body"][span]
            if one[stream] is not None
        ]
    answered = [one for one in of(bundle, "QuestionnaireResponse") if one["item"][0]["linkId"] == "mean"]
    weekly = [(one["authored"], one["item"][0]["answer"][0]["valueDecimal"]) for one in answered]
    assert weekly == [(one["date"], one["mean"]) for one in report["interference"]]


# The page.


class Tables(HTMLParser):
    """The rows of each table without its head, and the text of each chip."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tables: list[Table] = []
        self.chips: Table = []
        self.open: list[str] | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag in ("thead", "tbody"):
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables:
            self.tables[-1][-1].append("")
            self.open = self.tables[-1][-1]
        elif tag == "li" and dict(attrs).get("class") in ("better", "worse", "same", "unknown"):
            self.chips.append([])
        elif tag == "span" and self.chips:
            self.chips[-1].append("")
            self.open = self.chips[-1]
        elif tag == "small":
            self.open = None

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "span", "table"):
            self.open = None

    def handle_data(self, data: str) -> None:
        if self.open is not None:
            self.open[-1] += data


def test_the_page_has_every_figure(alice, report):
    _, token = lent(alice, snapshot=report)
    page = Client().get(f"/r/{token}").content.decode()
    found = Tables(page)
    logged = WORDS["logged"][1].format(count=report["period"]["days"], logged=report["period"]["logged"])
    assert logged in page
    assert WORDS["adherence"].format(**report["adherence"]) in page
    said = [re.findall(r"[+\u2212]?\d+(?:\.\d+)?", " ".join(chip[1:])) for chip in found.chips]
    told = [[signed(one["change"]), figure(one["start"]), figure(one["now"])] for one in report["changes"]]
    assert [sorted(figures) for figures in said] == [sorted(filter(None, figures)) for figures in told]
    rows = [row for table in found.tables for row in table]
    for expected in shown_rows(report):
        assert [cell for cell in expected if cell] in [[cell for cell in row if cell] for row in rows], expected


def shown_rows(report: Any) -> Table:
    """Of the page and of the print, cell by cell."""
    rated = [one for one in RATED if one == "sleep" or any(day[one] is not None for day in report["days"])]
    rows = [
        [
            one["name"],
            *(str(one[name]) for name in COUNTS),
            f"{WORDS['reasons']['pain']} ({one['reasons']['pain']})",
        ]
        for one in report["exercises"]
        if one["reasons"]
    ]
    rows += [row for stream in ("numbness", "pain") for row in felt_of(report, stream) if row[1] != "0"]
    columns = [(stream, span) for stream in ("numbness", "pain") for span in SPANS]
    rows += [[name, *(cells.get(one, "") for one in columns)] for name, cells in places_of(report).items()]
    weekly = [(one["date"], one["mean"]) for one in report["interference"]]
    rows.append([WORDS["changes"]["function"], ratings_words(weekly)])
    rows += [[one["name"], ratings_words(one["ratings"])] for one in report["activities"]]
    for day in report["days"]:
        triggers = [f"Set off by: {WORDS['triggers']['sitting']}"] if day["triggers"] else []
        care = [f"Did: {WORDS['self_care']['heat']}"] if day["self_care"] else []
        written = " · ".join([*triggers, *care, *day["notes"]])
        sessions = figure(day["sessions"] or None)
        rows.append([weekday_words(day["date"], WORDS), *(figure(day[one]) for one in rated), sessions, written])
    return rows


# The print.


def test_the_print_has_every_figure(report):
    pdf = report_pdf(report)
    lines = rows_in(pdf)
    text = " ".join(lines)
    assert WORDS["logged"][1].format(count=report["period"]["days"], logged=report["period"]["logged"]) in text
    assert WORDS["adherence"].format(**report["adherence"]) in text
    spans = [
        f"{figure(one['start'])} \u2192 {figure(one['now'])}" for one in report["changes"] if one["change"] is not None
    ]
    assert re.findall(r"\d\.\d \u2192 \d\.\d", text) == spans
    changed = [signed(one["change"]) for one in report["changes"] if one["change"] is not None]
    (line,) = [line for line in lines if re.search(r"\b(Better|Worse|Same) [+\u2212]?\d", line)]
    assert re.findall(r"[+\u2212]?\d\.\d", line) == changed
    for expected in shown_rows(report):
        row = " ".join(cell for cell in expected if cell)
        # A long cell goes on in the next line.
        assert any(line and (row == line or (len(line) > 40 and row.startswith(line))) for line in lines), row


def test_what_needs_checking_is_said_in_the_same_words(alice, report):
    said = [one[part] for one in report["flags"] for part in ("title", "because")]
    said += [one[part] for one in report["red_flags"]["notable"] for part in ("text", "answer_text")]
    said.append(report["question"])
    _, token = lent(alice, snapshot=report)
    page = unescape(Client().get(f"/r/{token}").content.decode())
    bundle = json.dumps(report_bundle(report), ensure_ascii=False)
    for rendering in (report_csv(report), bundle, page, words_in(report_pdf(report))):
        text = " ".join(rendering.split())
        assert [words for words in said if words not in text] == []
