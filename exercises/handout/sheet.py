"""
What stands on a hand-out: a routine or a prescription, and its exercises, in a person's language. Pure.

Names and notes are people's own words. They reach the template as data and are never read as markup; what could turn
the line around them (controls of direction) or is no sign at all is taken out here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from exercises.handout.doses import dose_words, rest_words, tempo_words, turn_words
from exercises.handout.ticks import tick_tables
from exercises.handout.wording import Words, counted, date_words, joined, words_of
from exercises.vocabulary import PAIN_RULE, WEEKDAYS

PAPERS = {"a4": "a4", "letter": "us-letter"}
# Where paper is Letter (CLDR, supplemental data, paper size): everybody else has A4.
LETTER_COUNTRIES = frozenset(["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"])
# Overrides, embeddings and isolates turn what stands around them; the plain marks of direction do not. Halves of a pair
# and the two that are no sign at all can stand in no file.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")

Still = Callable[[str, int], str | None]
"""The SVG of an exercise's n-th still, from 1; None where there is none."""


def paper_for(country: str) -> str:
    """`letter` or `a4`, by ISO 3166-1 alpha-2 code; A4 where it is not known."""
    return "letter" if country in LETTER_COUNTRIES else "a4"


def make_sheet(
    *,
    plan: Mapping[str, Any],
    exercises: Mapping[str, Mapping[str, Any]],
    still: Still,
    paper: str,
    language: str,
    today: date,
    set_by: str | None = None,
) -> dict[str, Any]:
    """
    `plan` is a routine's body, or a prescription's; `exercises` the represented catalogue entries that it names, by
    slug; `today` is the person's local date. Everything the template reads, as JSON values.
    """
    words = words_of(language)
    groups = [group_words(group, exercises, still, words) for group in in_groups(plan["items"])]
    items = [one for group in groups for one in group["items"]]
    images = {name: text for one in items for name, text in one.pop("images").items()}
    sources = [exercises[item["exercise"]] for item in plan["items"]]
    reviewed = all(one["review"] == "clinician-reviewed" for one in sources)
    return {
        "language": language.partition("-")[0],
        "paper": PAPERS[paper],
        "title": plain(plan["name"]),
        "words": {name: words[name] for name in TEMPLATE_WORDS},
        "plan": plan_lines(plan, set_by, words),
        "note": [plain(line) for line in plan.get("note", "").splitlines() if line.strip()],
        "rule": rule_rows(plan.get("pain_rule", PAIN_RULE), words),
        "groups": groups,
        "table": tick_tables(plan, [f"{one['number']}. {one['name']}" for one in items], today, words),
        "images": images,
        "sources": source_lines(sources, words),
        "review": words["reviewed" if reviewed else "unreviewed"],
    }


TEMPLATE_WORDS = (
    *("lead", "for", "from", "note_title", "rule_title", "rule_intro", "worse", "signs_title", "signs"),
    *("easier", "table_exercise", "table_date", "table_time", "sources_title", "footer", "page"),
)


def plain(text: str) -> str:
    """Without controls, and without what would turn the text around it."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = TURNING.sub("", unicodedata.normalize("NFC", text))
    return " ".join("".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in kept).split())


def plan_lines(plan: Mapping[str, Any], set_by: str | None, words: Words) -> list[str]:
    """How often, on which days, from when until when, and by whom; of a routine, how many exercises."""
    lines = [counted(words["count"], len(plan["items"]))]
    if "times_a_day" in plan:
        days = [words["weekdays"][day] for day in plan["weekdays"]]
        when = words["every_day"] if len(days) == len(WEEKDAYS) else words["on_days"].format(days=joined(days, words))
        first = words["from_day"].format(first=date_words(date.fromisoformat(plan["starts_on"]), words))
        ends = plan["ends_on"] and date.fromisoformat(plan["ends_on"])
        last = [words["until_day"].format(last=date_words(ends, words))] if ends else []
        lines = [" ".join([counted(words["times_a_day"], plan["times_a_day"]), when]) + ", " + " ".join([first, *last])]
    if set_by:
        lines.append(words["prescribed_by"].format(name=plain(set_by)))
    return lines


def how_words(item: Mapping[str, Any], exercise: Mapping[str, Any], rounds: int | None, words: Words) -> list[str]:
    """Position, what is needed, tempo and rest; and of a retired exercise, that it is one."""
    lines = [words["positions"][exercise["position"]]]
    # "On a chair" has said it.
    if needed := [words["equipment"][thing] for thing in exercise["equipment"] if thing != exercise["position"]]:
        lines.append(words["needs"].format(things=joined(needed, words)))
    lines += [tempo_words(item, words), rest_words(item, exercise["continuous"], rounds, words)]
    if exercise["retired"]:
        lines.append(words["retired"])
    return [line for line in lines if line]


def numbered(
    number: int, item: Mapping[str, Any], exercise: Mapping[str, Any], still: Still, rounds: int | None, words: Words
) -> dict[str, Any]:
    frames, images = frames_of(exercise, still, words)
    return {
        "number": number,
        "name": plain(exercise["name"]),
        "dose": dose_words(item, exercise["continuous"], rounds, words),
        "how": how_words(item, exercise, rounds, words),
        "frames": frames,
        # Beside two or three drawings there is room for the sentences that follow the last one.
        "columns": 4 if len(frames) in (3, 4, 7, 8) else 3,
        # In mm: who stands is as tall as the image.
        "height": 30 if exercise["position"] == "standing" else 22,
        "then": frames[-1].pop("then") if frames else [],
        "steps": exercise["steps"],
        # By its number, as it may stand on the page after the drawings.
        "care": words["care"].format(number=number),
        "cautions": [caution["text"] for caution in exercise["cautions"]],
        "easier": exercise["easier"],
        # So that its drawings stand on one page, unless they are a page by themselves.
        "breakable": len(frames) > 8,
        "images": images,
    }


def frames_of(exercise: Mapping[str, Any], still: Still, words: Words) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """Each still with the steps that it shows, as on the screen (Stills.svelte), and the images by name."""
    figure = exercise["figure"] if isinstance(exercise["figure"], Mapping) else {}
    shown = [key["step"] for key in figure.get("keys", []) if key.get("step") is not None]
    steps = [{"number": n, "text": text} for n, text in enumerate(exercise["steps"], 1)]
    frames, images = [], {}
    for n, step in enumerate(shown, 1):
        image = still(exercise["slug"], n)
        if image is None:
            # Drawn by another version of the catalogue, or not at all: better no image than the wrong one.
            return [], {}
        until = shown[n] if n < len(shown) else len(steps)
        name = f"{exercise['slug']}-{n}"
        alt = words["alt"].format(name=plain(exercise["name"]), step=exercise["steps"][step])
        frames.append({"image": name, "alt": alt, "steps": steps[0 if n == 1 else step : until]})
        images[name] = image
    if frames:
        # What follows the last drawing stands below all of them, or its column would grow long and thin.
        last = frames[-1]["steps"]
        kept = shown[-1] - (last[0]["number"] - 1) + 1
        frames[-1].update(steps=last[:kept], then=last[kept:])
    return frames, images


def in_groups(items: Sequence[Mapping[str, Any]]) -> list[list[tuple[int, Mapping[str, Any]]]]:
    """The items with their numbers on the sheet: those of one superset together, the others by themselves."""
    found: list[list[tuple[int, Mapping[str, Any]]]] = []
    last = None
    for number, item in enumerate(items, 1):
        superset = item.get("superset")
        if superset is None or superset != last:
            found.append([])
        found[-1].append((number, item))
        last = superset
    return found


def group_words(
    group: Sequence[tuple[int, Mapping[str, Any]]],
    exercises: Mapping[str, Mapping[str, Any]],
    still: Still,
    words: Words,
) -> dict[str, Any]:
    (first, opening), (last, _) = group[0], group[-1]
    rounds = max(item["sets"] for _, item in group) if last > first else None
    turn = turn_words(first, last, rounds, opening["round_rest_seconds"], words) if rounds else ""
    items = [numbered(n, item, exercises[item["exercise"]], still, rounds, words) for n, item in group]
    return {"turn": turn, "items": items}


def rule_rows(rule: Mapping[str, int], words: Words) -> list[tuple[str, list[str]]]:
    """What to do from which rating on. No row for easing off where one has to stop already."""
    eases = "".join(f"_{name}" for name in ("at", "rise") if rule[f"ease_{name}"] < rule[f"stop_{name}"])
    ease_text = {"": [], "_at_rise": ["rule_ease_text"]}.get(eases, [f"rule_ease{eases}_text"])
    texts = {"go": ["rule_go_text"], "ease": ease_text, "stop": ["rule_stop_at_once", "rule_stop_text"]}
    return [
        (words[f"rule_{name}"], [words[text].format(**rule) for text in texts[name]]) for name in texts if texts[name]
    ]


def source_lines(exercises: Sequence[Mapping[str, Any]], words: Words) -> list[str]:
    """Which exercises come from where, each named once."""
    names: dict[str, dict[str, None]] = {}
    for one in exercises:
        names.setdefault(one["source"], {})[plain(one["name"])] = None
    return [
        words["source"].format(names=", ".join(found), source=words["sources"].get(source, source))
        for source, found in names.items()
    ]
