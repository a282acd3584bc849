"""
What stands on a hand-out: a routine or a prescription, and its exercises, in a person's language. Pure.

Names and notes are people's own words. They reach the template as data and are never read as markup; what could turn
the line around them (controls of direction) or is no sign at all is taken out here.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from exercises.catalogue import in_language

PAPERS = {"a4": "a4", "letter": "us-letter"}
# Where paper is Letter (CLDR, supplemental data, paper size): everybody else has A4.
LETTER_COUNTRIES = frozenset(["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"])
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Overrides, embeddings and isolates turn what stands around them; the plain marks of direction do not.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")

Still = Callable[[str, int], str | None]
"""The SVG of an exercise's n-th still, from 1; None where there is none."""


@cache
def words_of(language: str) -> dict[str, Any]:
    found: dict[str, Any] = in_language(json.loads((Path(__file__).parent / "words.json").read_bytes()), language)
    return found


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
    set_by: str | None = None,
) -> dict[str, Any]:
    """
    `plan` is a routine's body, or a prescription's; `exercises` the represented catalogue entries that it names, by
    slug. Everything the template reads, as JSON values.
    """
    words = words_of(language)
    items = [numbered(n, item, exercises[item["exercise"]], still, words) for n, item in enumerate(plan["items"], 1)]
    images = {name: text for one in items for name, text in one.pop("images").items()}
    rule = plan.get("pain_rule")
    sources = [exercises[item["exercise"]] for item in plan["items"]]
    reviewed = all(one["review"] == "clinician-reviewed" for one in sources)
    return {
        "language": language.partition("-")[0],
        "paper": PAPERS[paper],
        "title": plain(plan["name"]),
        "words": {name: words[name] for name in TEMPLATE_WORDS},
        "plan": plan_lines(plan, set_by, words),
        "note": [plain(line) for line in plan.get("note", "").splitlines() if line.strip()],
        "rule": rule_rows(rule, words) if rule else [],
        "stop": words["stop_with_rule"] if rule else words["stop"],
        "groups": groups(plan["items"], items, words),
        "table": tick_table(plan, items, words),
        "images": images,
        "sources": source_lines(sources, words),
        "review": words["reviewed" if reviewed else "unreviewed"],
    }


TEMPLATE_WORDS = (
    *("lead", "for", "from", "note_title", "rule_title", "rule_intro", "stop_title", "signs_title", "signs"),
    *("easier", "table_title", "table_exercise", "table_date", "sources_title", "footer", "page"),
)


def plain(text: str) -> str:
    """Without controls, and without what would turn the text around it."""
    kept = TURNING.sub("", unicodedata.normalize("NFC", text))
    return " ".join("".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in kept).split())


def counted(forms: Sequence[str], count: int) -> str:
    return forms[count != 1].format(count=count)


def joined(parts: Sequence[str], words: Mapping[str, Any]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return str(words["and"]).format(first=", ".join(parts[:-1]), last=parts[-1])


def plan_lines(plan: Mapping[str, Any], set_by: str | None, words: Mapping[str, Any]) -> list[str]:
    """How often, on which days, from when until when, and by whom; of a routine, how many exercises."""
    lines = [counted(words["count"], len(plan["items"]))]
    if "times_a_day" in plan:
        days = [words["weekdays"][day] for day in plan["weekdays"]]
        when = words["every_day"] if len(days) == len(WEEK) else words["on_days"].format(days=joined(days, words))
        first = words["from_day"].format(first=date_words(plan["starts_on"], words))
        last = [words["until_day"].format(last=date_words(plan["ends_on"], words))] if plan["ends_on"] else []
        lines = [" ".join([counted(words["times_a_day"], plan["times_a_day"]), when]) + ", " + " ".join([first, *last])]
    if set_by:
        lines.append(words["prescribed_by"].format(name=plain(set_by)))
    return lines


def date_words(date: str, words: Mapping[str, Any]) -> str:
    year, month, day = (int(part) for part in date.split("-"))
    return str(words["date"]).format(day=day, month=words["months"][month - 1], year=year)


def time_words(seconds: int, words: Mapping[str, Any]) -> str:
    minutes, rest = divmod(seconds, 60)
    if not minutes or (rest and seconds < 120):
        return counted(words["seconds"], seconds)
    whole = counted(words["minutes"], minutes)
    return str(words["minutes_and"]).format(minutes=whole, seconds=counted(words["seconds"], rest)) if rest else whole


def dose_words(item: Mapping[str, Any], continuous: bool, words: Mapping[str, Any]) -> str:
    """`Hold for 20 seconds, 3 times, on each side`."""
    count = item["repetitions"]
    if item["hold_seconds"]:
        time = time_words(item["hold_seconds"], words)
        if continuous:
            once = words["move_for" if count == 1 else "move_for_times"].format(time=time, count=count)
        else:
            once = words["hold_once" if count == 1 else "hold_times"].format(time=time, count=count)
    else:
        once = counted(words["repeat"], count)
    if item["sides"] != "none":
        once = words[item["sides"]].format(dose=once)
    return words["sets"].format(dose=once, count=item["sets"]) if item["sets"] > 1 else str(once)


def how_words(item: Mapping[str, Any], exercise: Mapping[str, Any], words: Mapping[str, Any]) -> list[str]:
    """Position, what is needed, tempo and rest; and of a retired exercise, that it is one."""
    lines = [words["positions"][exercise["position"]]]
    # "On a chair" has said it.
    if needed := [words["equipment"][thing] for thing in exercise["equipment"] if thing != exercise["position"]]:
        lines.append(words["needs"].format(things=joined(needed, words)))
    if tempo := item.get("tempo"):
        out, turn, back = (counted(words["seconds"], int(part)) for part in tempo.split("-"))
        still = tempo.split("-")[1] == "0"
        lines.append(words["tempo" if still else "tempo_turn"].format(out=out, turn=turn, back=back))
    if item["rest_seconds"]:
        lines.append(words["rest"].format(time=time_words(item["rest_seconds"], words)))
    if exercise["retired"]:
        lines.append(words["retired"])
    return lines


def numbered(
    number: int, item: Mapping[str, Any], exercise: Mapping[str, Any], still: Still, words: Mapping[str, Any]
) -> dict[str, Any]:
    frames, images = frames_of(exercise, still, words)
    return {
        "number": number,
        "name": plain(exercise["name"]),
        "dose": dose_words(item, exercise["continuous"], words) + ".",
        "how": how_words(item, exercise, words),
        "frames": frames,
        # Beside two or three drawings there is room for the sentences that follow the last one.
        "columns": 4 if len(frames) in (3, 4, 7, 8) else 3,
        # In mm: who stands is as tall as the image.
        "height": 32 if exercise["position"] == "standing" else 24,
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


def frames_of(
    exercise: Mapping[str, Any], still: Still, words: Mapping[str, Any]
) -> tuple[list[dict[str, Any]], dict[str, str]]:
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


def groups(
    items: Sequence[Mapping[str, Any]], numbered: Sequence[dict[str, Any]], words: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Supersets under a line that says how they go in turn; the others by themselves."""
    found: list[dict[str, Any]] = []
    last = None
    for item, one in zip(items, numbered, strict=True):
        superset = item.get("superset")
        if superset is None or superset != last:
            found.append({"rest": item.get("round_rest_seconds", 0), "superset": superset, "items": []})
        found[-1]["items"].append(one)
        last = superset
    for group in found:
        group["turn"] = turn_words(group, words) if group["superset"] is not None else ""
    return found


def turn_words(group: Mapping[str, Any], words: Mapping[str, Any]) -> str:
    first, last = group["items"][0]["number"], group["items"][-1]["number"]
    turn: str = words["in_turn_two" if last - first == 1 else "in_turn"].format(first=first, last=last)
    if group["rest"]:
        turn = words["in_turn_rest"].format(turn=turn, time=time_words(group["rest"], words))
    return turn + "."


def rule_rows(rule: Mapping[str, int], words: Mapping[str, Any]) -> list[list[str]]:
    return [[words[f"rule_{name}"], words[f"rule_{name}_text"].format(**rule)] for name in ("go", "ease", "stop")]


def tick_table(plan: Mapping[str, Any], items: Sequence[Mapping[str, Any]], words: Mapping[str, Any]) -> dict[str, Any]:
    """Two weeks from a Monday; the dates are for the pen."""
    days = plan.get("weekdays", WEEK)
    off = [day not in days for day in WEEK] * 2
    ratings = ("table_pain_before", "table_pain_after", "table_numb_before", "table_numb_after")
    return {
        "days": [words["short_weekdays"][day] for day in WEEK] * 2,
        "off": off,
        "times": plan.get("times_a_day", 1),
        "rows": [f"{one['number']}. {one['name']}" for one in items],
        "ratings": [words[name] for name in ratings],
        "hint": " ".join([words["table_hint"], *([words["table_no_day"]] if any(off) else [])]),
    }


def source_lines(exercises: Sequence[Mapping[str, Any]], words: Mapping[str, Any]) -> list[str]:
    """Which exercises come from where, each named once."""
    names: dict[str, dict[str, None]] = {}
    for one in exercises:
        names.setdefault(one["source"], {})[plain(one["name"])] = None
    return [
        words["source"].format(names=", ".join(found), source=words["sources"].get(source, source))
        for source, found in names.items()
    ]
