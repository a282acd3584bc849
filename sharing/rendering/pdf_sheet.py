"""
What stands on a printed report, in the reader's language: everything that `pdf.typ` reads, as JSON values. Pure.

Names, notes and the question are people's own words: they reach the template as data, and are never read as markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from exercises.handout.sheet import plain
from exercises.handout.wording import counted
from sharing.rendering.body import base_svg, marks_svg, means_of, sentence
from sharing.rendering.changing import changes
from sharing.rendering.chart import chart_svg, note_words, program_lines, sentences, why_no_chart
from sharing.rendering.pdf_days import days_table, notes_table
from sharing.rendering.wording import (
    URGENT,
    Words,
    asked_words,
    dated_words,
    day_words,
    figure,
    flag_state_words,
    flags_left_out,
    flags_none_words,
    moment_words,
    named,
    own,
    period_words,
    place_words,
    reasons_words,
    unasked_words,
    waiting_words,
    words_of,
)
from sharing.snapshot import BodyMaps, Ratings, ReportedExercise, ReportedFlag, Snapshot, edges_of

PAPERS = {"a4": "a4", "us-letter": "us-letter"}
# In units of the drawing, of which a printed line has about 500 points: its letters come to 8 points.
CHART = {"a4": (680, 250), "us-letter": (680, 190)}
MOST_RATINGS = 12
# So that page one stays one page, or nearly; what has not ended is always listed.
MOST_CHANGES, MOST_FLAGS = 12, 6
MAPPED = ("numbness", "pain")
SPANS = ("start", "now", "mean")


def make_sheet(snapshot: Snapshot, *, paper: str, language: str) -> dict[str, Any]:
    words, sections = words_of(language), snapshot["sections"]
    name = snapshot["patient"]["name"] or words["no_name"]
    asked = own(snapshot["question"])
    symptoms = "symptoms" in sections
    return {
        "language": language.partition("-")[0],
        "paper": PAPERS[paper],
        "title": f"{words['report']}: {plain(name)}",
        "lead": words["report"],
        "name": own(name),
        "period": period_words(snapshot, words),
        "logged": logged_words(snapshot, words),
        "conditions": conditions_words(snapshot, words),
        "left_out": flags_left_out(snapshot, words),
        "urgent": urgent_words(snapshot, words),
        "red": red_flags(snapshot, words) if "flags" in sections else None,
        "question": {"title": words["question_title"], "text": asked} if asked else None,
        "changes": changes(snapshot, words) if symptoms and snapshot["changes"] else None,
        "chart": chart(snapshot, paper, language, words) if symptoms else None,
        "flags": flags(snapshot, words) if "flags" in sections else None,
        "exercises": exercises(snapshot, words) if "exercises" in sections else None,
        "measures": measures(snapshot, words),
        "body": body(snapshot["body"], language, edges_of(snapshot["period"])[1], words)
        if snapshot["body"] is not None
        else None,
        "daily": days_table(snapshot, words),
        "notes": notes_table(snapshot, words),
        "footer": " · ".join(
            [words["made"].format(when=moment_words(snapshot["made_at"], words)), words["not_a_diagnosis"]]
        ),
        "page": words["page"],
    }


def logged_words(snapshot: Snapshot, words: Words) -> str:
    period = snapshot["period"]
    said = counted(words["logged"], period["days"], logged=period["logged"])
    begins = period.get("begins", period["start"])
    if not period["logged"] or begins == period["start"]:
        return said
    return f"{said} {words['logged_from'].format(day=day_words(begins, words))}"


def urgent_words(snapshot: Snapshot, words: Words) -> str:
    """So that nobody has to look for what cannot wait; empty: there is none."""
    count = sum(1 for flag in snapshot["flags"] if flag["level"] in URGENT and flag["state"] != "resolved")
    return counted(words["urgent"], count) if count else ""


def conditions_words(snapshot: Snapshot, words: Words) -> str:
    conditions = [named(words, "conditions", one) for one in snapshot["patient"]["conditions"]]
    return f"{words['conditions_title']}: {'; '.join(conditions)}" if conditions else ""


def red_flags(snapshot: Snapshot, words: Words) -> dict[str, Any]:
    check = snapshot["red_flags"]
    if check is None:
        return {"title": words["red_flags_title"], "lines": unasked_words(snapshot, words), "rows": []}
    rows = [
        [
            own(one["text"]),
            own(one["answer_text"]),
            named(words, "levels", one["level"]) if one["level"] else words["no_level"],
        ]
        for one in check["notable"]
    ]
    others = check["asked"] - len(rows)
    lines = [*waiting_words(snapshot, words), asked_words(check, snapshot, words)]
    if not rows:
        # An answer of an earlier round may be a sign that stands above: this one must not talk it away.
        before = any(one["level"] in URGENT for one in snapshot["flags"])
        lines.append(words["red_flags_clear_now" if before else "red_flags_clear"])
    elif others > 0:
        lines.append(counted(words["red_flags_others"], others))
    return {"title": words["red_flags_title"], "lines": lines, "rows": rows}


def chart(snapshot: Snapshot, paper: str, language: str, words: Words) -> dict[str, Any]:
    width, height = CHART[paper]
    program = program_lines(snapshot, words)
    shown = program[-MOST_CHANGES:]
    fewer = words["program_newest"].format(shown=len(shown), count=len(program)) if len(shown) < len(program) else ""
    missing = why_no_chart(snapshot, words)
    return {
        "title": words["chart_heading"],
        "missing": missing,
        "svg": "" if missing else chart_svg(snapshot, width=width, height=height, language=language),
        "alt": " ".join(sentences(snapshot, words)),
        "note": fewer if missing else f"{note_words(snapshot, words)} {fewer}".strip(),
        "program": [[str(number), day, own(text)] for number, day, text in shown],
    }


def flags(snapshot: Snapshot, words: Words) -> dict[str, Any]:
    listed = flags_listed(snapshot["flags"])
    items = [
        {
            "title": own(flag["title"]),
            "because": own(flag["because"]),
            "level": named(words, "levels", flag["level"]),
            "state": flag_state_words(flag, snapshot, words),
            "strong": flag["level"] in URGENT,
        }
        for flag in listed
    ]
    left = len(snapshot["flags"]) - len(listed)
    more = counted(words["flags_more"], left) if left else ""
    return {"title": words["flags_title"], "none": flags_none_words(snapshot, words), "items": items, "more": more}


def flags_listed(reported: Sequence[ReportedFlag]) -> list[ReportedFlag]:
    """All that stand, and of those that are over the first: in the order of the report the worst, then the latest."""
    standing = sum(1 for flag in reported if flag["state"] != "resolved")
    over = [flag["id"] for flag in reported if flag["state"] == "resolved"][: max(MOST_FLAGS - standing, 0)]
    return [flag for flag in reported if flag["state"] != "resolved" or flag["id"] in over]


def exercises(snapshot: Snapshot, words: Words) -> dict[str, Any]:
    listed, lines = snapshot["exercises"], adherence_lines(snapshot, words)
    if not listed and not lines:
        lines = [words["exercises_none"]]
    felt = [felt_table(listed, stream, words) for stream in MAPPED]
    shown = [table for table in felt if table["rows"]]
    if shown:
        shown[-1]["note"] = words["ratings_note"]
    return {
        "title": words["exercises_title"],
        "lines": lines,
        "done_head": [words[key] for key in ("exercise", "prescribed", "done", "partial", "skipped", "why")],
        "done": [
            {
                "name": own(one["name"]),
                "dose": own(one["dose"]),
                "cells": [
                    *(figure(count) for count in (one["prescribed"], one["done"], one["partial"], one["skipped"])),
                    reasons_words(one["reasons"], words),
                ],
            }
            for one in listed
        ],
        "felt": shown,
    }


def adherence_lines(snapshot: Snapshot, words: Words) -> list[str]:
    adherence = snapshot["adherence"]
    if adherence is None:
        return []
    if not adherence["prescribed"]:
        return [words["adherence_none"]] if snapshot["exercises"] else []
    why = reasons_words(adherence["reasons"], words)
    # Without them somebody who trains on days of their own would seem to have done more of each exercise than in all.
    more = sum(day["sessions"] for day in snapshot["days"]) - adherence["carried_out"] - adherence["begun"]
    return [
        words["adherence"].format(**adherence),
        *([counted(words["adherence_more"], more)] if more > 0 else []),
        *([words["left_out"].format(reasons=why)] if why else []),
    ]


def felt_table(listed: Sequence[ReportedExercise], stream: str, words: Words) -> dict[str, Any]:
    rated: list[tuple[str, Ratings]] = [(own(one["name"]), one[stream]) for one in listed if one[stream]["n"]]  # type: ignore[literal-required]
    return {
        "title": words["felt_title"].format(stream=words["streams"][stream]),
        "head": [words[key] for key in ("exercise", "sessions", "before", "after", "next_morning")],
        "rows": [
            [name, *(figure(value) for value in (one["n"], one["before"], one["after"], one["next_morning"]))]
            for name, one in rated
        ],
        "note": "",
    }


def measures(snapshot: Snapshot, words: Words) -> list[dict[str, Any]]:
    weekly = [(one["date"], one["mean"]) for one in snapshot["interference"] if one["mean"] is not None]
    found = []
    if weekly:
        rows = [[words["changes"]["function"], ratings_words(weekly, words)]]
        found.append({"title": words["interference_title"], "rows": rows, "note": words["interference_note"]})
    if snapshot["activities"]:
        rows = [
            [own(one["name"]), ratings_words([(day, value) for day, value in one["ratings"]], words)]
            for one in snapshot["activities"]
        ]
        found.append({"title": words["activities_title"], "rows": rows, "note": words["activities_note"]})
    return [{**one, "head": [words["activity"], words["ratings"]]} for one in found]


def ratings_words(ratings: Sequence[tuple[str, float]], words: Words) -> str:
    """`13 Sep 2026: 5.3 · 11 Oct 2026: 4.7`; of many, some, and that they are."""
    step = -(-len(ratings) // MOST_RATINGS)
    newest = len(ratings) - 1
    shown = [one for n, one in enumerate(ratings) if n == 0 or (newest - n) % step == 0]
    text = " · ".join(f"{dated_words(day, words)}: {figure(value)}" for day, value in shown)
    return text if step <= 1 else f"{text}. {words['thinned'].format(count=len(ratings), step=step)}"


def body(maps: BodyMaps, language: str, edge: int, words: Words) -> dict[str, Any]:
    spans = [span for span in SPANS if span in maps.get("drawn", SPANS)]
    means = {(span, stream): means_of(maps[span], stream) for span in spans for stream in MAPPED}  # type: ignore[literal-required]  # keys of the maps
    felt = [stream for stream in MAPPED if any(means[span, stream] for span in spans)]
    places = [
        {"region": place[0], "side": place[1], "numbness": 1.0, "pain": 1.0}
        for found in means.values()
        for place in found
    ]
    columns = [(span, stream) for stream in MAPPED for span in spans]
    none = [words["body_none"].format(stream=words["stream_inside"][stream]) for stream in MAPPED if stream not in felt]
    return {
        "title": words["sections"]["body"],
        "note": " ".join([*none, *([words["body_note"]] if felt else []), words["body_apart"]]),
        "base": base_svg(language=language),
        "maps": [
            {
                "title": words["streams"][stream],
                "spans": [
                    {
                        "name": words[span],
                        "when": words[f"{span}_note"].format(days=edge),
                        "svg": marks_svg(maps[span], stream, language=language),  # type: ignore[literal-required]  # as above
                        "alt": sentence(means[span, stream], stream, words),
                    }
                    for span in spans
                ],
            }
            for stream in felt
        ],
        "head": [words["place"], *(f"{words['streams'][stream]}, {words[span].lower()}" for span, stream in columns)],
        "rows": [
            [place_words(*place, words), *(figure(mean_at(maps, span, stream, place)) for span, stream in columns)]
            for place in means_of(places, "pain")  # type: ignore[arg-type]  # for its order
        ],
    }


def mean_at(maps: BodyMaps, span: str, stream: str, place: tuple[str, str]) -> float | None:
    return next((one[stream] for one in maps[span] if (one["region"], one["side"]) == place), None)  # type: ignore[literal-required]
