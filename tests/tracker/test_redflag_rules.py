"""The table of questions: its shape, the levels that the clinical facts ask for, and its voice."""

import json
import re
from itertools import groupby

import pytest
from jsonschema import Draft202012Validator

from tracker.redflags import asks_in_full, full_check_due, is_whole, read_table, rules_by_id, worst
from tracker.redflags.table import FOLDER
from tracker.vocabulary import LEVELS

TABLE = read_table()
RULES = TABLE["rules"]
# The table of the clinical facts: the level of a new sign.
LEVEL_OF_NEW = {
    "E": "saddle bladder bowel sexual both-legs no-movement stroke cold-leg breath fall hot-hip climbing frostbite "
    "belly-back self-harm",
    "D": "swollen-leg fever-back cancer foot-drop cord-signs diabetic-foot rest-pain-foot shingles",
    "W": "weight-night minor-knock calf-cramp toes-up lump implant persists",
    "N": "medicine",
}
CAUDA_EQUINA = ("saddle", "bladder", "bowel", "sexual", "both-legs")


def texts(rule):
    text = rule["text"]["en"]
    lines = [line for lines in text.get("do", {}).values() for line in lines]
    return [text["name"], text["question"], text["suspected"], text["say"], text.get("also", ""), *lines]


def test_the_table_has_the_shape_that_its_schema_says():
    schema = json.loads((FOLDER / "rules.schema.json").read_bytes())
    Draft202012Validator.check_schema(schema)
    assert [str(fault) for fault in Draft202012Validator(schema).iter_errors(TABLE)] == []


def test_every_rule_stands_once_and_in_a_known_group_without_a_group_being_broken_up():
    assert len(RULES) == len(rules_by_id()) == 31
    order = [rule["group"] for rule in RULES]
    assert list(dict.fromkeys(order)) == [group["id"] for group in TABLE["groups"]]
    assert len(list(groupby(order))) == len(TABLE["groups"])


def test_the_levels_stand_in_their_order():
    assert tuple(level["id"] for level in TABLE["levels"]) == LEVELS


@pytest.mark.parametrize("level", LEVELS)
def test_a_new_sign_has_the_level_of_the_clinical_facts(level):
    found = {rule["id"] for rule in RULES if rule["answers"]["new"] == level}
    assert found == set(LEVEL_OF_NEW[level].split())


@pytest.mark.parametrize("rule", CAUDA_EQUINA)
def test_long_standing_signs_of_the_cauda_equina_are_never_below_the_same_day(rule):
    answers = rules_by_id()[rule]["answers"]
    assert answers["unchanged"] == "D"
    assert answers["unsure"] == "E"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["id"])
def test_getting_worse_is_never_milder_than_new_and_long_standing_never_worse(rule):
    answers = rule["answers"]
    rank = {level: place for place, level in enumerate(LEVELS)}
    assert rank[answers["worse"]] <= rank[answers["new"]] <= rank[answers["unchanged"]]
    # Nothing but a long-standing sign of the cauda equina is milder than the clinical facts have it.
    assert rank[answers["yes"]] <= rank[answers["unsure"]] <= rank[answers["new"]]
    assert rule["id"] in CAUDA_EQUINA or answers["unchanged"] == answers["new"]


@pytest.mark.parametrize("rule", ["implant", "minor-knock"])
def test_not_being_sure_of_what_may_be_an_emergency_is_seen_the_same_day(rule):
    assert "E" in rules_by_id()[rule]["answers"].values()
    assert rules_by_id()[rule]["answers"]["unsure"] == "D"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["id"])
def test_it_is_worse_is_never_milder_than_what_was_said_where_it_can_be_the_answer(rule):
    if not asks_in_full(rule["id"]):
        assert rule["answers"]["worse"] == worst(rule["answers"].values())


def test_the_urgent_questions_are_cauda_equina_weakness_and_cold_leg():
    urgent = [rule["id"] for rule in RULES if "urgent" in rule["asked"]]
    assert urgent == [*CAUDA_EQUINA, "no-movement", "cold-leg", "climbing", "foot-drop"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["id"])
def test_nothing_is_called_a_diagnosis_and_sentences_are_short(rule):
    for line in texts(rule):
        assert not re.search(r"\byou have (a |an )?(stroke|clot|cancer|infection|fracture)", line.replace("Do you", ""))
        assert not re.search(r"\b(diagnos|urgent MRI|neurological|bilateral|acute|paresis|ischaemi)", line, re.I), line
    words = [len(sentence.split()) for line in texts(rule) for sentence in re.split(r"[.?!:]", line)]
    assert max(words) <= 30, texts(rule)
    assert "check" in rule["text"]["en"]["suspected"] or rule["id"] in ("self-harm", "persists", "medicine")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["id"])
def test_what_is_said_on_the_phone_is_in_the_persons_own_voice(rule):
    assert re.search(r"\b(I|my|My)\b", rule["text"]["en"]["say"])
    assert not re.search(r"\b(Say|Tell|Ask)\b", rule["text"]["en"]["say"])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["id"])
def test_own_words_stand_for_answers_and_levels_that_the_rule_has(rule):
    text = rule["text"]["en"]
    general = TABLE["answers"]["en"]
    assert set(text.get("do", {})) <= set(rule["answers"].values())
    assert set(text.get("answers", {})) <= set(rule["answers"]) <= set(text.get("answers", {})) | set(general)


def test_a_full_check_is_due_at_set_up_and_a_week_after_the_last():
    everything = dict.fromkeys(rules_by_id(), "no")
    some = {rule: "no" for rule in everything if rule != "medicine"}
    assert is_whole(some, "urgent")
    assert not is_whole(some, "full")
    now = "2026-11-20T08:00:00+00:00"
    assert full_check_due([], now)
    assert full_check_due([{"answered_at": "2026-11-20T07:00:00+00:00", "answers": some}], now)
    assert full_check_due([{"answered_at": "2026-11-13T09:00:00+01:00", "answers": everything}], now)
    assert not full_check_due([{"answered_at": "2026-11-13T09:00:01+01:00", "answers": everything}], now)


def test_a_full_check_dated_ahead_puts_none_off_but_for_an_hour_that_a_clock_may_be_fast():
    everything = dict.fromkeys(rules_by_id(), "no")
    now = "2026-11-20T08:00:00+00:00"
    assert full_check_due([{"answered_at": "2026-11-20T09:00:01+00:00", "answers": everything}], now)
    assert not full_check_due([{"answered_at": "2026-11-20T09:00:00+00:00", "answers": everything}], now)
    assert full_check_due([{"answered_at": "2027-11-20T08:00:00+00:00", "answers": everything}], now)


def test_the_worst_of_no_levels_is_none():
    assert worst([]) is None
    assert worst([None, "N", "D", "W"]) == "D"
