"""The printed report: every figure on it, its tags, and how long it gets."""

import re
from datetime import timedelta

import pytest

from sharing.rendering.pdf import report_pdf
from sharing.rendering.pdf_sheet import make_sheet
from sharing.rendering.wording import figure, signed
from sharing.vocabulary import SECTIONS
from tests.pdfs import A4, LETTER, elements, read_pdf, rows_in, size_of, table_rows, words_in
from tests.sharing.partial_snapshots import only, without_entries
from tests.sharing.snapshots import FIRST, day, example


def of_days(count, **changes):
    days = [{**day(number % 56), "date": (FIRST + timedelta(number)).isoformat()} for number in range(count)]
    period = {"start": FIRST.isoformat(), "end": days[-1]["date"], "days": count, "logged": count - count // 9}
    return example(days=days, period=period, **changes)


@pytest.fixture(scope="module")
def printed():
    return report_pdf(example())


def test_page_one_says_who_when_how_often_the_warning_signs_and_how_it_went(printed):
    first = " ".join(read_pdf(printed).pages[0].extract_text().split())
    for said in (
        "Alice Example",
        "7 September 2026 to 1 November 2026",
        "Something was logged on 50 of 56 days.",
        "Osteoporosis",
        "31 questions, answered on 30 October 2026, 19:02 (Europe/Berlin). The other 30 were answered “no”.",
        "Does a foot slap or trip, or a knee give way? Yes, it is new. Needs checking the same day.",
        "May I go back to cycling?",
        "Tingling has been worse than usual",
        "Needs checking within days, since 12 Oct 2026: open",
        "Usual before: 2. Lately: 4 to 5, on 9 of 11 days.",
        "First weeks: changed by Bob Physio",
        "Evening stretch: started by the patient",
        "Made 2 November 2026, 08:15",
        "Not a diagnosis.",
        "Page 1 of 4",
    ):
        assert said in first


def test_the_question_comes_after_the_flags_as_on_the_page(printed):
    first = " ".join(read_pdf(printed).pages[0].extract_text().split())
    flagged, asked = first.index("Usual before: 2."), first.index("May I go back to cycling?")
    assert first.index("Lines: mean of the last 7 days") < flagged < asked


def test_changes_are_told_by_words(printed):
    first = " ".join(read_pdf(printed).pages[0].extract_text().split())
    assert "Numbness 6.2 → 3.1 Better \u22123.1" in first
    assert "Tingling 2.0 → 4.3 Worse +2.3" in first
    assert "Pain 4.0 → 4.4 Same +0.4" in first
    assert "Weakness Not rated" in first
    for change in example()["changes"]:
        for value in (figure(change["start"]), figure(change["now"]), signed(change["change"])):
            assert value in first


def test_page_two_says_what_was_prescribed_and_what_was_done(printed):
    second = " ".join(read_pdf(printed).pages[1].extract_text().split())
    assert "41 of 54 prescribed sessions were carried out (76 %). Begun, but not finished: 4." in second
    assert "Single exercises left out or cut short because: No time (5), Pain (3)" in second
    rows = rows_in(printed)
    assert "Bridge 28 5.1 5.0 4.4" in rows
    assert "Bridge 30 4.2 3.6 4.0" in rows
    assert "Piriformis stretch 30 4.2" in rows
    assert any(row.endswith("54 39 4 6 No time (3), Pain (3)") for row in rows)
    assert any(row.endswith("54 41 0 2 No time (2)") for row in rows)
    assert "13 Sep 2026: 5.3 · 11 Oct 2026: 4.7 · 1 Nov 2026: 4.0" in second
    assert "Climbing stairs 13 Sep 2026: 4 · 25 Oct 2026: 7" in second


def test_what_was_done_outside_the_plan_is_told_so_that_the_figures_add_up(printed):
    # 47 sessions on the days, 41 of them carried out as prescribed and 4 begun.
    assert "2 more sessions were done outside what was prescribed, such as on other days." in words_in(printed)
    whole = {**example()["adherence"], "carried_out": 43}
    assert "outside what was prescribed" not in words_in(report_pdf(example(adherence=whole)))


def test_page_three_has_the_body_as_pictures_and_as_a_table(printed):
    rows = rows_in(printed)
    assert "Low back 4.0" in rows
    assert "Left buttock 4.1 2.0 3.0 1.8" in rows
    assert "Left calf 6.2 3.1 4.8 1.4 0.2 0.9" in rows


def test_every_day_is_in_the_table_and_a_missing_one_is_blank(printed):
    rows = rows_in(printed)
    assert "Mo 7 Sep 2026 7 2 4 5 Set off by: Sitting · Did: Heat" in rows
    assert "Tu 15 Sep 2026" in rows
    assert "Su 27 Sep 2026 5 3 4 5 1 Set off by: Sitting · Long drive, worse at night." in rows
    days = [row for row in rows if row[:2] in ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su") and " 2026" in row]
    assert len(days) == 56
    # The head of the table stands on each page that it goes on to.
    assert sum(row.startswith("Date Numbness") for row in rows) == 2


def test_every_figure_of_the_snapshot_is_printed(printed):
    """Beside the days and the means of the chart, which other tests read row by row."""
    snapshot, text = example(), words_in(printed)
    figures = [value for change in snapshot["changes"] for value in (change["start"], change["now"])]
    figures += [one["mean"] for one in snapshot["interference"]]
    figures += [
        place[stream] for span in snapshot["body"].values() for place in span for stream in ("numbness", "pain")
    ]
    for one in snapshot["exercises"]:
        figures += [one["prescribed"], one["done"], one["partial"], one["skipped"], *one["reasons"].values()]
        figures += [value for rated in (one["pain"], one["numbness"]) if rated["n"] for value in rated.values()]
    assert not {figure(value) for value in figures} - {""} - set(re.findall(r"[0-9]+(?:\.[0-9])?", text))


def test_it_is_tagged_and_claims_the_standard_for_everybodys_reach(printed):
    reader = read_pdf(printed)
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data().replace(b" ", b"")
    assert reader.metadata.title == "Symptom and exercise report: Alice Example"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    kinds = elements(reader)
    assert {"/Table", "/TH", "/TR", "/TD", "/Figure", "/L", "/H1", "/P"} <= {kind for kind, _ in kinds}
    figures = [alt for kind, alt in kinds if kind == "/Figure"]
    assert len(figures) == 7
    assert any("Numbness: 6.3 on 9 Sep 2026, 3.1 on 1 Nov 2026" in alt for alt in figures)
    assert "Numbness on the body: Left buttock 4.1, Left calf 6.2." in figures
    assert "Pain on the body: Left calf 0.2." in figures


def test_each_row_of_a_table_is_named_by_its_first_cell_and_each_column_by_its_head(printed):
    heads, rows = [], []
    for row in table_rows(read_pdf(printed)):
        (heads if all(kind == "/TH" for kind, _ in row) else rows).append(row)
    assert len(heads) == 7
    assert {cell for row in heads for cell in row} == {("/TH", "/Column")}
    # Three exercises of which two were rated twice, two activities, three places, and the days.
    assert len(rows) > 56
    assert {row[0] for row in rows} == {("/TH", "/Row")}
    assert {cell for row in rows for cell in row[1:]} == {("/TD", None)}


@pytest.mark.parametrize(("paper", "size"), [("a4", A4), ("us-letter", LETTER)])
def test_it_is_printed_on_both_papers(paper, size):
    pages = read_pdf(report_pdf(example(), paper=paper)).pages
    assert {size_of(page) for page in pages} == {size}
    assert len(pages) == 4


def test_another_paper_is_refused():
    with pytest.raises(KeyError):
        report_pdf(example(), paper="../a4")


def test_the_same_report_is_the_same_file(printed):
    assert report_pdf(example()) == printed


@pytest.mark.parametrize("section", SECTIONS)
def test_what_is_not_shared_is_not_printed_and_leaves_no_page_empty(section):
    pdf = report_pdf(only([section]))
    pages = [page.extract_text() for page in read_pdf(pdf).pages]
    assert all(len(page.split()) > 40 for page in pages)
    text = words_in(pdf)
    assert "Alice Example" in text
    assert "May I go back to cycling?" in text
    signs = {
        "symptoms": "Lines: mean of the last 7 days",
        "flags": "Answers about warning signs",
        "exercises": "Exercises, prescribed and done",
        "body": "Where it was felt",
        "diary": "Set off by: Sitting",
        "notes": "Long drive, worse at night.",
    }
    assert [name for name, sign in signs.items() if sign in text] == [section]


def test_an_empty_period_says_so():
    unknown = {"start": None, "now": None, "change": None, "meaning": "unknown"}
    snapshot = {
        **without_entries(),
        "changes": [{**one, **unknown} for one in example()["changes"]],
        "patient": {"name": "", "conditions": []},
        "adherence": {"prescribed": 0, "carried_out": 0, "begun": 0, "percent": None, "reasons": {}},
        "body": {"start": [], "now": [], "mean": []},
    }
    pdf = report_pdf(snapshot)
    text = words_in(pdf)
    assert len(read_pdf(pdf).pages) == 1
    assert "Too little logged" not in text
    for said in (
        "No name given",
        "Something was logged on 0 of 56 days.",
        "The questions about warning signs were not answered in this period, neither with yes nor with no.",
        "Nothing was rated in this period, so there is no change to tell.",
        "Nothing was rated in this period, so no chart is drawn.",
        "Nothing was logged in this period, so nothing could stand out. "
        "The questions about warning signs were not answered.",
        "No exercises were due or done in this period.",
        "No numbness was marked. No pain was marked.",
    ):
        assert said in text


def test_notes_alone_are_a_list():
    pdf = report_pdf(only(["notes"]))
    rows = rows_in(pdf)
    assert "Su 27 Sep 2026 Long drive, worse at night." in rows
    assert len(read_pdf(pdf).pages) == 1


def test_a_check_without_anything_to_say_is_short():
    clear = {**example()["red_flags"], "notable": []}
    assert "31 questions, answered on 30 October 2026, 19:02 (Europe/Berlin). All were answered “no”." in words_in(
        report_pdf(example(red_flags=clear))
    )


@pytest.mark.parametrize(
    ("days", "title", "line", "most_pages"),
    [
        (1, "Day by day", "Mo 7 Sep 2026", 4),
        (100, "Day by day", "Tu 15 Dec 2026", 6),
        (101, "Week by week", "14 Sep 2026 6", 5),
        (365, "Week by week", "30 Aug 2027 6", 6),
        (3653, "Month by month", "Oct 2031 28", 8),
        (10960, "Month by month", "Oct 2031 28", 13),
    ],
)
def test_a_long_period_stays_short(days, title, line, most_pages):
    pdf = report_pdf(of_days(days))
    assert len(read_pdf(pdf).pages) <= most_pages
    rows = rows_in(pdf)
    assert title in rows
    assert any(row.startswith(line) for row in rows), rows
    assert ("The CSV file has every day." in words_in(pdf)) is (days > 100)


def test_of_a_long_period_the_notes_stand_by_themselves_and_the_newest_of_very_many():
    text = words_in(report_pdf(of_days(365)))
    assert "Su 27 Sep 2026 Long drive, worse at night." in text
    snapshot = of_days(365)
    for one in snapshot["days"]:
        one["notes"] = [f"note of {one['date']}"]
    text = words_in(report_pdf(snapshot))
    assert "The newest 30 of 365. The CSV file has all." in text
    assert text.count("note of 20") == 30
    assert "note of 2027-09-06" in text


def test_of_very_many_weekly_answers_some_are_shown_and_it_says_so():
    weekly = [{"date": (FIRST + timedelta(7 * n)).isoformat(), "mean": round(n / 60, 1)} for n in range(521)]
    [measure] = make_sheet(of_days(3653, interference=weekly, activities=[]), paper="a4", language="en")["measures"]
    [[_, said]] = measure["rows"]
    assert said.startswith("7 Sep 2026: 0.0 · ")
    assert "25 Aug 2036: 8.7" in said
    assert "Of 521, the first, the newest and one in 44 between them are shown." in said


def test_of_very_many_flags_and_changes_to_the_plan_the_first_page_lists_some_and_says_so():
    [flag] = example()["flags"]
    over = {**flag, "state": "resolved", "resolved_on": "2026-10-20", "reason": "recovered"}
    flags = [{**(over if n < 40 else flag), "id": str(n), "title": f"Flag {n}."} for n in range(45)]
    program = [{"date": "2026-10-01", "name": f"Plan {n}.", "what": "changed", "by": ""} for n in range(30)]
    text = words_in(report_pdf(example(flags=flags, program=program)))
    listed = [n for n in range(45) if f"Flag {n}." in text]
    assert listed == [0, *range(40, 45)]
    assert "39 more that are over are not listed. The CSV file has all." in text
    assert [n for n in range(30) if f"Plan {n}.:" in text] == list(range(18, 30))
    assert "Of 30 changes to the plan the newest 12 are listed." in text
