"""A stranger's words in the printed report: they stay words, in any script, and on the page."""

import re
import subprocess

import pytest

from sharing.rendering.pdf import report_pdf
from tests.pdfs import A4, read_pdf, words_in
from tests.sharing.snapshots import example

HOSTILE = [
    '#panic("no") *bold* _it_ $x^2$ [a] = <b> @c `d` // e /* f */ \\ ~',
    '"quoted" {json} #read("/etc/passwd") {name} {0}',
    "</svg><script>alert(1)</script>",
    "=HYPERLINK(1) +1 -1 @SUM",
    "9 0 obj <</Type/StructElem/S/TD/P 1 0 R/A[<</O/Table/Headers[(U1x0y0)]>>",
]


def written_everywhere(text):
    made = example()
    exercise = {**made["exercises"][0], "name": text, "dose": text}
    flag = {**made["flags"][0], "title": text, "because": text}
    answer = {**made["red_flags"]["notable"][0], "text": text, "answer_text": text}
    days = [{**one, "notes": [text], "triggers": [text], "self_care": [text]} for one in made["days"]]
    return example(
        patient={"name": text, "conditions": []},
        question=text,
        program=[{**one, "name": text, "by": text} for one in made["program"]],
        exercises=[exercise],
        flags=[flag],
        red_flags={**made["red_flags"], "notable": [answer]},
        activities=[{"name": text, "ratings": [["2026-09-13", 4]]}],
        days=days,
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_a_strangers_words_are_never_read_as_markup(text):
    pdf = report_pdf(written_everywhere(text))
    assert read_pdf(pdf).metadata.title == f"Symptom and exercise report: {text}"
    # A long word may be broken at the end of a line, by a space without width.
    squeezed = words_in(pdf).replace(" ", "").replace("\u200b", "")
    assert squeezed.count(text.replace(" ", "")) >= 10
    assert b"/JavaScript" not in pdf
    assert b"/URI" not in pdf


def test_a_strangers_words_cannot_turn_what_stands_around_them_or_break_the_file():
    pdf = report_pdf(written_everywhere("Rest \u202eesrever\u202c \u2066now\u2069 \x00\ud800\uffff."))
    assert read_pdf(pdf).metadata.title == "Symptom and exercise report: Rest esrever now ."


@pytest.mark.parametrize("text", ["Вечером", "בערב", "مساء", "夜に", "Evening 🌙 \U0001f9d8"])
def test_a_name_in_any_script_is_printed(text):
    reader = read_pdf(report_pdf(example(patient={"name": text, "conditions": []})))
    assert reader.metadata.title == f"Symptom and exercise report: {text}"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("text", ["בערב טוב 🌙", "مساء الخير 🌙", "a (בערב) 12 مساء +1", "אב١٢🌙"])
def test_what_is_written_from_right_to_left_is_printed_beside_what_no_font_has(text):
    reader = read_pdf(report_pdf(written_everywhere(text)))
    assert reader.metadata.title == f"Symptom and exercise report: {text}"
    assert len(reader.pages) >= 4


def test_the_longest_words_do_not_push_anything_off_the_page():
    # Only Poppler tells where a word ends.
    long = "Wwwwwwwwww" * 20
    snapshot = written_everywhere(long)
    snapshot["question"] = "W" * 500
    done = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=report_pdf(snapshot), capture_output=True, check=True)
    ends = [float(end) for end in re.findall(r'<word[^>]* xMax="([0-9.]+)"', done.stdout.decode())]
    assert len(ends) > 1000
    assert max(ends) < A4[0] - 30
