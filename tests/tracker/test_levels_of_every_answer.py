"""Every question against the table of the clinical facts, line by line: what each answer comes to, and who says so."""

import pytest

from tracker.redflags import read_table, rules_by_id

# Id: the levels of new, worse, unchanged and unsure; those of its own answers; where it comes from.
# S0-S4: the articles. G: public guidance that was read. B: background knowledge.
FACTS = {
    "saddle": ("E E D E", {}, "S3 G"),
    "bladder": ("E E D E", {}, "S3 G"),
    "bowel": ("E E D E", {}, "S3 G"),
    "sexual": ("E E D E", {}, "G"),
    "both-legs": ("E E D E", {}, "S3 G"),
    "no-movement": ("E E E E", {}, "S3"),
    "stroke": ("E E E E", {}, "S3 B"),
    "cold-leg": ("E E E E", {}, "G"),
    "breath": ("E E E E", {}, "S3 G"),
    "swollen-leg": ("D D D D", {}, "S0 S3 G"),
    "fall": ("E E E E", {}, "S2 G"),
    "hot-hip": ("E E E E", {}, "S0 G"),
    "fever-back": ("D D D D", {}, "S0 G"),
    "cancer": ("D D D D", {}, "S0 S3 G"),
    "weight-night": ("W W W W", {}, "G"),
    # Not being sure whether the accident was big is seen the same day.
    "minor-knock": ("W W W D", {"big-accident": "E"}, "S3 G"),
    "foot-drop": ("D D D D", {}, "S1 S2 S3 G"),
    "climbing": ("E E E E", {}, "S3 G"),
    "cord-signs": ("D D D D", {}, "S3 S4 B"),
    "frostbite": ("E E E E", {}, "S4"),
    "diabetic-foot": ("D D D D", {}, "S3 G"),
    "rest-pain-foot": ("D D D D", {}, "S3 S4 G"),
    "calf-cramp": ("W W W W", {}, "S4"),
    "toes-up": ("W W W W", {}, "S0 S4"),
    "lump": ("W W W W", {}, "S4"),
    "belly-back": ("E E E E", {}, "B"),
    "shingles": ("D D D D", {}, "S3 B"),
    "implant": ("W W W D", {"out-of-joint": "E"}, "G"),
    "medicine": ("N N N N", {}, "S0"),
    "persists": ("W W W W", {"weeks": "W", "known-to-doctor": "N"}, "S1 S2 G"),
    "self-harm": ("E E E E", {}, "B"),
}


def test_the_questions_are_those_of_the_table():
    assert sorted(rules_by_id()) == sorted(FACTS)


@pytest.mark.parametrize("rule", FACTS)
def test_each_answer_has_the_level_and_each_question_the_source_of_the_table(rule):
    general, own, source = FACTS[rule]
    levels = dict(zip(("new", "worse", "unchanged", "unsure"), general.split(), strict=True))
    # A yes that was not answered further is seen as soon as not being sure.
    assert rules_by_id()[rule]["answers"] == {"no": None, "yes": levels["unsure"], **levels, **own}
    assert rules_by_id()[rule]["source"] == source.split()


@pytest.mark.parametrize("rule", FACTS)
def test_what_to_do_about_an_emergency_is_told_for_that_very_sign(rule):
    found = rules_by_id()[rule]
    if "E" in found["answers"].values():
        text = found["text"]["en"]
        assert len(text["do"]["E"]) >= 2
        assert text["say"]
        assert "emergency" in text["do"]["E"][0]


def test_no_words_were_reviewed_yet():
    assert read_table()["review"] == "unreviewed"
