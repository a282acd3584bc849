"""The spreadsheet of a report: read back as a program reads it, and what may not become a formula."""

from __future__ import annotations

import csv
import io

import pytest

from sharing.rendering.table import MARK, report_csv
from tests.sharing.snapshots import example


def rows_of(text: str) -> list[list[str]]:
    assert text.startswith(MARK)
    return list(csv.reader(io.StringIO(text.removeprefix(MARK), newline="")))


def table(rows: list[list[str]], title: str) -> list[dict[str, str]]:
    """The table below that title."""
    start = rows.index([title]) + 1
    end = next((n for n in range(start, len(rows)) if not rows[n]), len(rows))
    columns = rows[start]
    assert all(len(row) == len(columns) for row in rows[start:end])
    return [dict(zip(columns, row, strict=True)) for row in rows[start + 1 : end]]


def test_the_head_says_who_when_and_how_much():
    rows = rows_of(report_csv(example()))
    head = dict(row for row in rows[: rows.index([])] if len(row) == 2)
    assert (head["Patient"], head["From"], head["To"]) == ("Alice Example", "2026-09-07", "2026-11-01")
    assert (head["Days"], head["Days logged"]) == ("56", "50")
    assert head["The patient asks"] == "May I go back to cycling?"


def test_every_day_stands_in_the_table_and_a_blank_one_is_blank():
    snapshot = example()
    daily = table(rows_of(report_csv(snapshot)), "Day by day")
    assert [row["Date"] for row in daily] == [day["date"] for day in snapshot["days"]]
    blank = daily[8]
    assert (blank["Entries"], blank["Numbness"], blank["Pain"], blank["Sleep"]) == ("0", "", "", "")
    assert daily[20]["Notes"] == "Long drive, worse at night."


def test_a_table_of_a_section_that_was_not_chosen_is_not_there():
    nothing = {"changes": [], "flags": [], "red_flags": None, "adherence": None, "exercises": [], "program": []}
    text = report_csv(example(sections=["body"], days=[], interference=[], activities=[], **nothing))
    rows = rows_of(text)
    assert ["Where it was felt"] in rows
    assert not any(title in rows for title in (["Day by day"], ["Change"], ["What needs checking"], ["Exercises"]))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "\n=", "  =", "\u202e=", "\uff1d", "|", "%"])
def test_no_word_of_a_stranger_becomes_a_formula(start):
    evil = f'{start}HYPERLINK("http://evil.example","x")'
    snapshot = example(question=evil)
    snapshot["patient"] = {"name": evil, "conditions": []}
    snapshot["days"][0].update(notes=[evil], triggers=[evil], self_care=[evil])
    snapshot["activities"][0]["name"] = evil
    snapshot["program"][0].update(name=evil, by=evil)
    snapshot["exercises"][0]["name"] = evil
    found = [text for row in rows_of(report_csv(snapshot)) for text in row]
    assert len([text for text in found if "HYPERLINK" in text]) == 10
    assert all(text.startswith("'") for text in found if "HYPERLINK" in text)
    assert not any({"\u202e", "\t", "\r", "\n"} & set(text) for text in found)


def test_a_change_for_the_better_stays_a_number():
    (numbness,) = (row for row in table(rows_of(report_csv(example())), "Change") if row[""] == "Numbness")
    assert (float(numbness["Start"]), float(numbness["Now"]), float(numbness["Change"])) == (6.2, 3.1, -3.1)


def test_quotes_commas_and_breaks_come_back_as_they_went():
    snapshot = example()
    snapshot["days"][0]["notes"] = ['He said "no", then; yes']
    daily = table(rows_of(report_csv(snapshot)), "Day by day")
    assert daily[0]["Notes"] == 'He said "no", then; yes'
