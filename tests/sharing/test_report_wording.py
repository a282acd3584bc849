"""Words and figures of a report, one way for all renderings."""

import pytest

from accounts.vocabulary import CONDITIONS
from exercises.vocabulary import REASONS
from sharing.rendering.wording import (
    figure,
    flag_state_words,
    moment_words,
    named,
    own,
    period_words,
    place_words,
    program_words,
    reasons_words,
    signed,
    words_of,
)
from sharing.vocabulary import SECTIONS
from tests.sharing.snapshots import example
from tracker.vocabulary import FLAG_REASONS, FLAG_STATES, LEVELS, MIDLINE_REGIONS, REGIONS, SELF_CARE, STREAMS

WORDS = words_of("en")


@pytest.mark.parametrize(
    ("value", "written"), [(None, ""), (0, "0"), (7, "7"), (0.0, "0.0"), (3.0, "3.0"), (4.2, "4.2"), (10.0, "10.0")]
)
def test_a_mean_has_one_decimal_a_rating_none_and_what_is_not_known_is_blank(value, written):
    assert figure(value) == written


@pytest.mark.parametrize(
    ("value", "written"), [(None, ""), (0.0, "0.0"), (-0.0, "0.0"), (0.4, "+0.4"), (-3.1, "\u22123.1")]
)
def test_a_change_has_its_sign(value, written):
    assert signed(value) == written


@pytest.mark.parametrize(
    ("kind", "keys"),
    [
        ("streams", STREAMS),
        ("reasons", REASONS),
        ("self_care", SELF_CARE),
        ("conditions", CONDITIONS),
        ("levels", LEVELS),
        ("flag_states", FLAG_STATES),
        ("flag_reasons", FLAG_REASONS),
        ("sections", SECTIONS),
        ("places", REGIONS),
        ("meanings", ("better", "worse", "same", "unknown")),
        ("program", ("started", "changed", "ended")),
        ("changes", ("numbness", "tingling", "pain", "weakness", "function", "sleep")),
    ],
)
def test_every_word_of_a_closed_list_is_there(kind, keys):
    assert set(keys) == set(WORDS[kind])


def test_every_place_has_a_name():
    for region in REGIONS:
        for side in ("midline",) if region in MIDLINE_REGIONS else ("left", "right"):
            assert "(" not in place_words(region, side, WORDS)


def test_another_language_falls_back_to_english_until_it_is_there():
    assert words_of("de-AT") == WORDS


def test_a_word_that_is_not_in_the_list_stands_as_it_is_but_turns_nothing():
    assert named(WORDS, "triggers", "sitting") == "Sitting"
    assert named(WORDS, "triggers", "my {own} \u202eword") == "my {own} word"
    assert place_words("elbow", "left", WORDS) == "elbow (left)"


def test_a_word_that_no_line_could_hold_may_be_broken():
    assert own("W" * 31) == "\u200b".join(["W" * 10, "W" * 10, "W" * 10, "W"])
    assert own("W" * 30 + " Spondylolisthesis") == "W" * 30 + " Spondylolisthesis"


def test_dates_moments_and_periods():
    assert period_words(example(), WORDS) == "7 September 2026 to 1 November 2026"
    assert moment_words("2026-11-02T08:15:00+01:00", WORDS) == "2 November 2026, 08:15"


def test_a_change_to_the_plan_says_who_made_it_and_takes_no_braces_from_a_name():
    change = {"date": "2026-09-10", "name": "{by} plan", "what": "changed", "by": "{name}"}
    assert program_words(change, WORDS) == "{by} plan: changed by {name}"
    assert program_words({**change, "by": ""}, WORDS) == "{by} plan: changed by the patient"


def test_reasons_come_by_how_often():
    assert reasons_words({"pain": 3, "no-time": 5}, WORDS) == "No time (5), Pain (3)"
    assert reasons_words({}, WORDS) == ""


def test_a_flag_says_since_when_or_until_when_and_why():
    snapshot = example()
    [flag] = snapshot["flags"]
    assert flag_state_words(flag, snapshot, WORDS) == "since 12 Oct 2026: open"
    urgent = {**flag, "level": "E", "opened_at": "2026-10-12T21:47:00+02:00"}
    assert flag_state_words(urgent, snapshot, WORDS) == "since 12 Oct 2026, 21:47 (Europe/Berlin): open"
    over = {**flag, "state": "resolved", "resolved_on": "2026-10-20", "reason": "recovered"}
    assert flag_state_words(over, snapshot, WORDS) == "12 Oct 2026 to 20 Oct 2026: over, back to usual"
