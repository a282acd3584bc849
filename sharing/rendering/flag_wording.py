"""
How a flag explains itself to the reader of a report: a title, and what speaks for it, in whole sentences. Pure.

The app says the same to the patient (`static/src/lib/components/flags/words.ts`): what was found is never called more
than something that needs checking. The text follows the product's clinical facts; no clinician has reviewed it yet.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from math import floor
from pathlib import Path
from typing import Any

from exercises.catalogue import in_language
from exercises.handout.wording import counted, date_words, joined
from sharing.rendering import wording
from sharing.rendering.wording import words_of as report_words
from tracker.redflags import read_table, rules_by_id
from tracker.vocabulary import STREAMS

# The ranks of `reach` (`tracker.trends.spreading.REACH`), by zone down the leg.
ZONES = {"low-back": 1, "hip": 2, "thigh": 4, "knee": 5, "lower-leg": 7, "foot": 9, "toes": 10}
# Of a red flag's signs, the latest that are told one by one.
SIGNS_TOLD = 3

Words = Mapping[str, Any]


@cache
def words_of(language: str) -> dict[str, Any]:
    """The flags' words, and the other ones of a report, in a language or else in English."""
    found = in_language(json.loads((Path(__file__).parent / "flag_words.json").read_bytes()), language)
    return {**report_words(language), **found}


def flag_words(
    *,
    rule: str,
    stream: str,
    evidence: Mapping[str, Any],
    language: str,
    time_zone: str,
    name_of: Callable[[str], str],
    over: bool,
) -> tuple[str, str]:
    """
    Title and reasons of a flag as `tracker.models.Flag` keeps it; `name_of` turns an exercise's slug into its name.
    Only of a trend that is `over` it is said until when it was so; of another one, on which day it was so last.

    Evidence that this version cannot read says nothing: the title stands, and the reasons are empty.
    """
    words = words_of(language)
    if rule in rules_by_id():
        name = in_language(rules_by_id()[rule]["text"], language)["name"]
        return words["check_title"].format(name=name), signs_words(rule, evidence, language, time_zone)
    try:
        title, said = TRENDS[rule](stream, evidence, words if over else {**words, **words["standing"]}, name_of)
    except (KeyError, TypeError, ValueError):
        return words["unknown_title"], str(words["signs"]["earlier"]) if evidence.get("earlier") else ""
    return title, " ".join(said)


def signs_words(rule: str, evidence: Mapping[str, Any], language: str, time_zone: str) -> str:
    """The latest signs, the newest first, each with its moment by the patient's clock. The question stands once."""
    words = words_of(language)
    active = [sign for sign in evidence.get("signs", []) if not sign["withdrawn"]]
    if not active:
        return str(words["signs"]["earlier" if evidence.get("earlier") else "none"])
    newest = active[: -SIGNS_TOLD - 1 : -1]
    asked = next((sign for sign in newest if sign["source"] == "check"), None)
    question = in_language(rules_by_id()[rule]["text"], language)["question"]
    said = [
        words["signs"][form_of(sign, asked)].format(
            when=wording.zoned_words(sign["at"], time_zone, words),
            question=question,
            answer=answer_words(rule, sign["answer"] or "", language),
            ratings="; ".join(marked_words(one, words) for one in sign.get("marked", [])),
        )
        for sign in newest
    ]
    if len(active) > len(newest) or evidence.get("earlier"):
        said.append(words["signs"]["more"])
    return " ".join(said)


def form_of(sign: Mapping[str, Any], asked: Mapping[str, Any] | None) -> str:
    if sign["source"] == "check":
        return "asked" if sign is asked else "check"
    return "rated" if sign.get("marked") else "log"


def marked_words(reading: Mapping[str, Any], words: Words) -> str:
    """`saddle area, numbness 4`."""
    place = place_words(reading, words)
    rated = [f"{words['stream_inside'][one]} {reading[one]}" for one in STREAMS if reading[one] is not None]
    return str(words["signs"]["rating" if rated else "unrated"]).format(place=place, rated=", ".join(rated))


def answer_words(rule: str, answer: str, language: str) -> str:
    """As it stood on the button; an answer that the table does not know, as it is."""
    own = in_language(rules_by_id()[rule]["text"], language).get("answers", {})
    return str({**in_language(read_table()["answers"], language), **own}.get(answer, answer))


Told = tuple[str, list[str]]


def worsening(stream: str, evidence: Mapping[str, Any], words: Words, name_of: Callable[[str], str]) -> Told:
    days = days_of(evidence, words, "since", "day")
    if stream == "reach":
        title, said, where = words["worse_title_reach"], reaching(evidence, days, words), "furthest"
    else:
        low, high = told_apart(evidence["baseline"], evidence["recent"])
        name = words["streams"][stream]
        title, where = words["worse_title"].format(stream=name), "most"
        said = words["worse"].format(stream=name, baseline=low, recent=high, **days)
    above, entries = evidence["above"], evidence["entries"]
    reasons = [said, *places_words([evidence], words[where], words)]
    return title, [*reasons, counted(words["above"], entries, above=above, entries=entries, **days)]


def reaching(evidence: Mapping[str, Any], days: Mapping[str, str], words: Words) -> str:
    before, after = zone_of(evidence["baseline"]), zone_of(evidence["recent"]) or "low-back"
    form = "reach_new" if not before else "reach_more" if before == after else "reach_worse"
    zones = words["zones"]
    return str(words[form].format(before=zones.get(before), after=zones[after], **days))


def flare(stream: str, evidence: Mapping[str, Any], words: Words, name_of: Callable[[str], str]) -> Told:
    days = days_of(evidence, words, "since", "last")
    if stream == "reach":
        return words["flare_title_reach"], [
            words["flare_reach"].format(**days),
            *places_words([evidence], words["furthest"], words),
        ]
    name = words["streams"][stream]
    usual, _ = told_apart(evidence["baseline"], 11.0)
    said = words["flare"].format(stream=name, baseline=usual, **days)
    return words["flare_title"].format(stream=name), [said, *places_words([evidence], words["most"], words)]


def spreading(stream: str, evidence: Mapping[str, Any], words: Words, name_of: Callable[[str], str]) -> Told:
    how, days = evidence["how"], days_of(evidence, words, "since")
    named = joined([place_words(place, words) for place in evidence["places"]], words)
    return words[f"{how}_title"], [words[how].format(places=named, **days)]


def aggravated(stream: str, evidence: Mapping[str, Any], words: Words, name_of: Callable[[str], str]) -> Told:
    days = days_of(evidence, words, "day")
    said = [
        words["after"][one["moment"]].format(
            name=name_of(one["exercise"]),
            stream=words["streams"][one["stream"]].lower(),
            rose=one["rose"],
            of=one["of"],
            **days,
        )
        for one in evidence["exercises"]
    ]
    names = dict.fromkeys(name_of(one["exercise"]) for one in evidence["exercises"])
    return words["after_title"].format(names=joined(list(names), words)), [*said, words["after_shared"]]


TRENDS = {
    "sustained-worsening": worsening,
    "flare": flare,
    "spreading": spreading,
    "aggravated-by": aggravated,
}


def days_of(evidence: Mapping[str, Any], words: Words, *names: str) -> dict[str, str]:
    return {name: date_words(date.fromisoformat(evidence[name]), words) for name in names}


def places_words(places: Sequence[Mapping[str, Any]], form: str, words: Words) -> list[str]:
    """Where it was worst, if that is known."""
    return [form.format(place=place_words(place, words)) for place in places if place.get("region")]


def place_words(place: Mapping[str, Any], words: Words) -> str:
    """As it stands within a sentence: `left calf`."""
    name = wording.place_words(place["region"], place["side"], words)
    return name[:1].lower() + name[1:]


def told_apart(one: float, other: float) -> tuple[str, str]:
    """Two levels in halves of a point, or in tenths where halves would be the same; as the app says them."""
    steps = 2 if floor(one * 2 + 0.5) != floor(other * 2 + 0.5) else 10
    return f"{floor(one * steps + 0.5) / steps:g}", f"{floor(other * steps + 0.5) / steps:g}"


def zone_of(rank: float) -> str | None:
    """The zone that a mean rank lies nearest to; None: nearer to nowhere."""
    zone = min(ZONES, key=lambda name: abs(ZONES[name] - rank))
    return zone if abs(ZONES[zone] - rank) < abs(rank) else None
