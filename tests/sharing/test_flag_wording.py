"""What a report says of a flag: whole sentences, as the app says them, and never more than that it needs checking."""

from __future__ import annotations

import pytest

from sharing.rendering.flag_wording import flag_words

CALF = {"region": "calf", "side": "left"}
SPAN = {"since": "2026-03-02", "day": "2026-03-12", "false_alarms_per_year": 0.5, "over": None}
WORSE = {**SPAN, "baseline": 2.1, "recent": 4.62, "above": 9, "entries": 11}


def words(rule, stream="", time_zone="Europe/Berlin", is_over=True, **evidence):
    return flag_words(
        rule=rule,
        stream=stream,
        evidence=evidence,
        language="de-AT",
        time_zone=time_zone,
        name_of={"bridge": "Bridge", "clamshell": "Clamshell"}.__getitem__,
        over=is_over,
    )


def sign(at, answer="new", **parts):
    return {"source": "check", "id": "x", "answer": answer, "level": "D", "at": at, "withdrawn": False, **parts}


@pytest.mark.parametrize(
    ("rule", "stream", "evidence", "title", "because"),
    [
        (
            "sustained-worsening",
            "numbness",
            {**WORSE, **CALF},
            "Numbness has been worse for a while",
            "Numbness was usually about 2; from 2 March 2026 to 12 March 2026 it was about 4.5. Most of all: "
            "left calf. Above the usual on 9 of 11 logged days, until 12 March 2026.",
        ),
        (
            "sustained-worsening",
            "reach",
            {**WORSE, "baseline": 4.2, "recent": 7.1, "region": None, "side": None},
            "It has been reaching further down the leg",
            "What was felt used to reach about as far as the thigh; from 2 March 2026 to 12 March 2026 it reached "
            "about as far as the lower leg. Above the usual on 9 of 11 logged days, until 12 March 2026.",
        ),
        (
            "flare",
            "pain",
            {**SPAN, "baseline": 2.25, "last": "2026-03-05", "entries": 4, "region": None, "side": None},
            "Pain: a few bad days",
            "Pain was clearly above the usual 2.5 for a few days: from 2 March 2026 to 5 March 2026.",
        ),
        (
            "spreading",
            "reach",
            {**SPAN, "how": "further-down", "places": [CALF, {"region": "sole", "side": "left"}]},
            "Felt further down the leg",
            "Since 2 March 2026 a place was marked further down the leg than any in the eight weeks before: left "
            "calf and left sole.",
        ),
        (
            "aggravated-by",
            "",
            {
                **SPAN,
                "exercises": [
                    {"exercise": "bridge", "stream": "pain", "moment": "next_morning", "rose": 4, "of": 5},
                    {"exercise": "clamshell", "stream": "numbness", "moment": "after", "rose": 3, "of": 5},
                ],
            },
            "Worse after: Bridge and Clamshell",
            "The morning after Bridge: pain was 2 points or more higher in 4 of the last 5 rated sessions, until 12 "
            "March 2026. After Clamshell: numbness was 2 points or more higher in 3 of the last 5 rated sessions, "
            "until 12 March 2026. Whole sessions are rated, so it may be another exercise of the same sessions.",
        ),
    ],
)
def test_a_trend_says_what_changed_and_since_when(rule, stream, evidence, title, because):
    assert words(rule, stream, **evidence) == (title, because)


@pytest.mark.parametrize(
    ("rule", "stream", "evidence", "because"),
    [
        (
            "sustained-worsening",
            "numbness",
            {**WORSE, **CALF},
            "Numbness was usually about 2; since 2 March 2026 it has been about 4.5, still so on 12 March 2026. Most "
            "of all: left calf. Above the usual on 9 of 11 logged days.",
        ),
        (
            "sustained-worsening",
            "reach",
            {**WORSE, "baseline": 4.2, "recent": 7.1, "region": None, "side": None},
            "What was felt used to reach about as far as the thigh; since 2 March 2026 it has reached about as far as "
            "the lower leg, still so on 12 March 2026. Above the usual on 9 of 11 logged days.",
        ),
        (
            "sustained-worsening",
            "reach",
            {**WORSE, "baseline": 6.8, "recent": 7.2, "region": None, "side": None},
            "Since 2 March 2026 what was felt has reached further down the leg on more days than before: about as far "
            "as the lower leg, still so on 12 March 2026. Above the usual on 9 of 11 logged days.",
        ),
        (
            "sustained-worsening",
            "reach",
            {**WORSE, "baseline": 0.2, "recent": 4.0, "region": None, "side": None},
            "Before, there was mostly nothing to feel; since 2 March 2026 it has reached about as far as the thigh, "
            "still so on 12 March 2026. Above the usual on 9 of 11 logged days.",
        ),
        (
            "aggravated-by",
            "",
            {**SPAN, "exercises": [{"exercise": "bridge", "stream": "pain", "moment": "after", "rose": 4, "of": 5}]},
            "After Bridge: pain was 2 points or more higher in 4 of the last 5 rated sessions, still so on 12 March "
            "2026. Whole sessions are rated, so it may be another exercise of the same sessions.",
        ),
    ],
)
def test_of_a_trend_that_stands_no_end_is_told(rule, stream, evidence, because):
    assert words(rule, stream, is_over=False, **evidence)[1] == because
    assert "until" in words(rule, stream, **evidence)[1]


def test_two_levels_that_are_close_are_told_apart_in_tenths():
    _, because = words("sustained-worsening", "pain", **{**WORSE, "baseline": 2.1, "recent": 2.2, "region": None})
    assert "usually about 2.1;" in because
    assert "it was about 2.2." in because


def test_a_red_flag_names_its_latest_signs_on_the_date_of_the_patients_wall():
    signs = [sign(f"2026-03-0{day}T23:30:00+00:00") for day in range(1, 6)]
    signs.append(sign("2026-03-09T08:00:00+00:00", None, source="log"))
    signs.append(sign("2026-03-10T08:00:00+00:00", withdrawn=True))
    title, because = words("foot-drop", signs=signs, count=7)
    assert title == "Needs checking: A weak foot or knee"
    assert because == (
        "9 March 2026, 09:00 (Europe/Berlin): marked in an entry. "
        "6 March 2026, 00:30 (Europe/Berlin): asked “Does a foot slap or trip you, does a knee give way, or "
        "have you become unable to stand on your heels or toes?”, answered “Yes, this is new”. "
        "5 March 2026, 00:30 (Europe/Berlin): answered “Yes, this is new”. And before that."
    )


def test_an_answer_of_one_question_alone_has_its_own_words():
    _, because = words("implant", signs=[sign("2026-03-01T08:00:00+00:00", "out-of-joint")], count=1)
    assert because.startswith("1 March 2026, 09:00 (Europe/Berlin): asked “Do you have a hip replacement,")
    assert because.endswith("”, answered “It seems to be out of its joint”.")


@pytest.mark.parametrize(
    ("rated", "told"), [({"numbness": 4}, "saddle area, numbness 4"), ({}, "saddle area, not rated")]
)
def test_a_mark_says_where_and_how_it_was_rated(rated, told):
    mark = {"region": "saddle", "side": "midline", "pain": None, "numbness": None, "tingling": None, "weakness": None}
    signs = [sign("2026-03-01T23:10:00+00:00", None, source="log", marked=[{**mark, **rated}])]
    _, because = words("saddle", signs=signs, count=1)
    assert because == f"2 March 2026, 00:10 (Europe/Berlin): marked in an entry: {told}."


def test_a_flag_whose_signs_were_corrected_says_so():
    _, because = words("foot-drop", signs=[sign("2026-03-01T08:00:00+00:00", withdrawn=True)], count=1)
    assert because == "What had spoken for it was corrected."


@pytest.mark.parametrize("evidence", [{}, {"since": "soon", "day": 3}, {"how": "upwards", **SPAN, "places": [CALF]}])
@pytest.mark.parametrize("rule", ["spreading", "flare", "of-a-later-version"])
def test_what_this_version_cannot_read_says_that_something_changed_and_no_more(rule, evidence):
    assert words(rule, "pain", **evidence) == ("Something has changed", "")
