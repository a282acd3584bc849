"""The chart and the body of a report: what they say in words, and that nothing in them can act or reach outside."""

import re
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from sharing.rendering.axis import ticks_of
from sharing.rendering.body import SKIN, base_svg, body_svg
from sharing.rendering.chart import chart_svg, lines_of, note_words, program_lines, step_of
from sharing.rendering.wording import words_of
from tests.sharing.snapshots import FIRST, day, example

WORDS = words_of("en")
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '</svg><script>alert(1)</script>" onload="x <!-- &amp; \u202eesrever\u202c \x00 \ud800 =1+1'


def long(days):
    made = [{**day(n % 56), "date": (FIRST + timedelta(n)).isoformat()} for n in range(days)]
    last = made[-1]["date"]
    return example(days=made, period={"start": FIRST.isoformat(), "end": last, "days": days, "logged": days})


def pictures(snapshot):
    yield chart_svg(snapshot, width=340, height=220)
    for span in ("start", "now", "mean"):
        for stream in ("numbness", "pain"):
            yield body_svg(snapshot["body"][span], stream)


def test_the_chart_says_in_words_what_it_shows():
    drawn = ElementTree.fromstring(chart_svg(example(), width=660, height=230))
    assert drawn.get("role") == "img"
    assert drawn[0].tag == f"{SVG}title"
    assert drawn[0].text == "Symptoms, 7 September 2026 to 1 November 2026"
    said = drawn[1].text
    assert "Numbness: 6.3 on 9 Sep 2026, 3.1 on 1 Nov 2026; lowest 3.1, highest 6.3 (7-day means)." in said
    assert "2: 1 Oct 2026, First weeks: changed by Bob Physio." in said
    assert "Weakness" not in said
    texts = [one.text for one in drawn.iter(f"{SVG}text")]
    assert {"Numbness 3.1", "Pain 4.1", "Tingling 3.0", "1", "2", "3", "0", "10", "7 Sep"} <= set(texts)


def test_the_body_says_in_words_what_it_shows_and_one_stream_only():
    places = example()["body"]["start"]
    drawn = ElementTree.fromstring(body_svg(places, "numbness"))
    assert drawn[0].text == "Numbness on the body"
    assert drawn[1].text == "Numbness on the body: Left buttock 4.1, Left calf 6.2."
    texts = [one.text for one in drawn.iter(f"{SVG}text")]
    assert {"4.1", "6.2", "L", "R"} <= set(texts)
    assert "3.0" not in texts
    assert "Pain on the body: Low back 4.0, Left buttock 3.0, Left calf 1.4." in body_svg(places, "pain")


def test_the_note_of_the_chart_says_what_is_drawn_and_no_more():
    weekly = [day(n) if n % 7 == 0 else {**day(8), "date": day(n)["date"]} for n in range(56)]
    weekly = [{**one, "means": dict.fromkeys(one["means"])} for one in weekly]
    assert note_words(example(), WORDS) == (
        "Lines: mean of the last 7 days. Dots: worst rating of a day. Numbers: changes to the plan."
    )
    assert note_words(example(program=[]), WORDS).endswith("Dots: worst rating of a day.")
    alone = example(days=weekly, program=[])
    assert note_words(alone, WORDS) == "No 7-day means: too few ratings. Dots: worst rating of a day."
    drawn = ElementTree.fromstring(chart_svg(alone, width=340, height=220))
    assert WORDS["chart_none"] not in [one.text for one in drawn.iter(f"{SVG}text")], "it would lie on the dots"
    assert note_words(long(1000), WORDS).startswith("Lines: mean of 7 days, one point every ")


def test_nothing_of_the_body_itself_is_as_dark_as_a_weak_mark():
    """The foot behind the heel was, in grey: it looked like one."""
    fills = {one.get("fill") for one in ElementTree.fromstring(base_svg(language="en")).iter(f"{SVG}path")}
    assert fills - {None, "none"} == {SKIN}


def test_a_body_without_marks_says_so():
    assert "No numbness was marked." in body_svg([], "numbness")
    zero = [{"region": "calf", "side": "left", "numbness": 0.0, "pain": None}]
    assert "No numbness was marked." in body_svg(zero, "numbness")


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_side_is_the_patients_own(side):
    """From the front their left is at the reader's right; from behind it is at the left."""
    places = [{"region": "knee", "side": side, "numbness": 5.0, "pain": None}]
    drawn = ElementTree.fromstring(body_svg(places, "numbness"))
    values = [float(one.get("x")) for one in drawn.iter(f"{SVG}text") if one.text == "5.0"]
    assert len(values) == 2
    front, back = values
    assert (front > 115) is (side == "left")
    assert (back > 345) is (side == "right")


def test_a_mark_on_the_midline_is_shown_once():
    places = [{"region": "low-back", "side": "midline", "numbness": 4.0, "pain": None}]
    assert body_svg(places, "numbness").count(">4.0<") == 1


def test_nothing_in_them_acts_or_reaches_outside_or_needs_a_style():
    hostile = example(
        program=[{"date": "2026-09-10", "name": HOSTILE, "what": "started", "by": HOSTILE}],
        body={**example()["body"], "start": [{"region": HOSTILE, "side": HOSTILE, "numbness": 3.0, "pain": 3.0}]},
    )
    for picture in pictures(hostile):
        root = ElementTree.fromstring(picture)
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00]", picture)
        for one in root.iter():
            assert one.tag.removeprefix(SVG) in {"svg", "title", "desc", "g", "path", "rect", "text"}
            assert not {"style", "class", "id", "href", "onload"} & {name.rpartition("}")[2] for name in one.attrib}
            assert not any("url(" in value or "://" in value for value in one.attrib.values())
        picture.encode()


def test_streams_differ_by_dash_and_mark_and_not_by_colour_alone():
    rated = {"numbness": 6.0, "tingling": 4.0, "pain": 2.0, "weakness": 1.0}
    days = [{**one, "means": rated} for one in example()["days"]]
    drawn = ElementTree.fromstring(chart_svg(example(days=days), width=660, height=230))
    lines = [one for one in drawn.iter(f"{SVG}path") if one.get("stroke-width") == "2"]
    assert len({one.get("stroke-dasharray") for one in lines}) == len(lines) == 4


def test_a_day_without_a_mean_breaks_the_line():
    days = example()["days"]
    days[20] = {**days[20], "means": {**days[20]["means"], "pain": None}}
    assert [n for n, _ in lines_of(example(days=days))["pain"]] == [n for n in range(2, 56) if n != 20]
    whole, broken = (chart_svg(one, width=660, height=230) for one in (example(), example(days=days)))
    assert broken.count("h0.1L") == whole.count("h0.1L") + 2


@pytest.mark.parametrize(("days", "step"), [(1, 1), (365, 1), (400, 1), (401, 7), (3653, 14), (29220, 77)])
def test_a_long_period_has_fewer_points_and_keeps_the_newest(days, step):
    snapshot = long(days)
    assert step_of(snapshot) == step
    picture = chart_svg(snapshot, width=660, height=230)
    assert len(picture) < 200_000
    if days > 2:
        assert lines_of(snapshot)["numbness"][-1][0] == days - 1


def test_an_empty_period_is_drawn():
    blank = dict.fromkeys(("numbness", "tingling", "pain", "weakness"))
    days = [{**one, **blank, "means": blank} for one in example()["days"]]
    assert "No 7-day means: too few ratings." in chart_svg(example(days=days, program=[]), width=340, height=220)


def test_what_was_rated_too_seldom_for_a_mean_is_drawn_all_the_same():
    blank = dict.fromkeys(("numbness", "tingling", "pain", "weakness"))
    days = [{**one, **blank, "means": blank} for one in example()["days"]]
    empty = chart_svg(example(days=days, program=[]), width=660, height=230)
    days[-1] = {**days[-1], "pain": 7, "numbness": 0}
    drawn = chart_svg(example(days=days, program=[]), width=660, height=230)
    assert "Pain 7.0" in drawn
    assert "Numbness 0.0" in drawn
    assert "Tingling" not in drawn.split("</desc>")[-1]
    assert "Pain" not in empty.split("</desc>")[-1]


def test_changes_to_the_plan_too_close_to_tell_apart_share_a_label():
    program = [{"date": f"2026-09-{n}", "name": "A", "what": "changed", "by": ""} for n in (10, 11, 12)]
    snapshot = example(program=program)
    assert ">1\u20133<" in chart_svg(snapshot, width=340, height=220)
    assert [n for n, _, _ in program_lines(snapshot, WORDS)] == [1, 2, 3]


@pytest.mark.parametrize("days", [1, 2, 14, 56, 101, 365, 3653, 29220])
@pytest.mark.parametrize("room", [220.0, 550.0])
def test_an_axis_names_as_many_days_as_there_is_room_for(days, room):
    ticks = list(ticks_of(date(2026, 9, 7), days, room=room, words=WORDS))
    assert 1 <= len(ticks) <= room / 30
    assert all(0 <= n < days for n, _ in ticks)
