"""
A report as a spreadsheet: its head, the days, and the other tables one below the other. Pure.

CSV as RFC 4180 has it, in UTF-8. It begins with a byte order mark: without one Excel reads UTF-8 as the machine's old
code page, and every other reader skips it. Dates are ISO 8601, numbers have a point, a blank was not asked or logged.

A cell that a spreadsheet would take for a formula gets an apostrophe in front (OWASP, "CSV Injection"); numbers of our
own making are left alone, so that -1.3 stays one.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from exercises.catalogue import in_language
from exercises.handout.sheet import plain
from exercises.handout.wording import Words
from sharing.rendering.wording import (
    care_words,
    figure,
    flag_state_words,
    flags_left_out,
    flags_none_words,
    named,
    place_words,
    reasons_words,
    triggers_words,
    unasked_words,
    waiting_words,
    words_of,
)
from sharing.snapshot import BodyMaps, Place, Ratings, Snapshot
from tracker.vocabulary import STREAMS

MARK = "\ufeff"
# Also the wide forms that Japanese and Chinese spreadsheets read as the narrow ones.
FORMULA_STARTS = frozenset("=+-@|%\uff1d\uff0b\uff0d\uff20")
BODY_STREAMS = ("numbness", "pain")

Cell = str | int | float | None
Row = Sequence[Cell]
Table = tuple[str, Row, Iterable[Row]]


def report_csv(snapshot: Snapshot) -> str:
    """The text of the file, byte order mark included. A section that was not chosen has no table."""
    words = {**words_of(snapshot["language"]), **column_words(snapshot["language"])}
    out = io.StringIO()
    writer = csv.writer(out)
    for row in head_of(snapshot, words):
        writer.writerow(map(cell, row))
    for title, columns, rows in tables_of(snapshot, words):
        writer.writerow([])
        writer.writerow([cell(title)])
        writer.writerow(map(cell, columns))
        writer.writerows(map(cell, row) for row in rows)
    return MARK + out.getvalue()


@cache
def column_words(language: str) -> dict[str, str]:
    """What only this rendering says."""
    found: dict[str, str] = in_language(json.loads((Path(__file__).parent / "table_words.json").read_bytes()), language)
    return found


def cell(value: Cell) -> str:
    """Figures as all renderings write them; of words whatever is no formula, and turns no line."""
    if not isinstance(value, str):
        return figure(value)
    text = value if value.isprintable() else plain(value)
    return f"'{text}" if text.lstrip(" ")[:1] in FORMULA_STARTS else text


def head_of(snapshot: Snapshot, words: Words) -> list[Row]:
    patient, period = snapshot["patient"], snapshot["period"]
    rows: list[Row] = [
        [words["report"]],
        [words["person"], patient["name"] or words["no_name"]],
        [words["table_from"], period["start"]],
        [words["table_to"], period["end"]],
        [words["table_days"], period["days"]],
        [words["table_logged"], period["logged"]],
        [words["table_made"], snapshot["made_at"]],
    ]
    if patient["conditions"]:
        rows.append(
            [words["conditions_title"], ", ".join(named(words, "conditions", one) for one in patient["conditions"])]
        )
    if snapshot["question"]:
        rows.append([words["question_title"], snapshot["question"]])
    if left_out := flags_left_out(snapshot, words):
        rows.append([left_out])
    return [*rows, [words["not_a_diagnosis"]]]


def tables_of(snapshot: Snapshot, words: Words) -> list[Table]:
    chosen = snapshot["sections"]
    tables = [daily_table(snapshot, words)] if snapshot["days"] else []
    if "symptoms" in chosen:
        tables += [
            changes_table(snapshot, words),
            interference_table(snapshot, words),
            activities_table(snapshot, words),
        ]
    if "flags" in chosen:
        tables += [flags_table(snapshot, words), answers_table(snapshot, words)]
    if "exercises" in chosen:
        tables += [adherence_table(snapshot, words), exercises_table(snapshot, words), program_table(snapshot, words)]
    if snapshot["body"] is not None:
        tables.append(body_table(snapshot["body"], words))
    return tables


def daily_table(snapshot: Snapshot, words: Words) -> Table:
    streams = words["streams"]
    columns = [
        *(words["date_column"], words["table_entries"]),
        *(streams[stream] for stream in STREAMS),
        words["sleep"],
        *(words["table_mean"].format(stream=streams[stream]) for stream in STREAMS),
        *(words["sessions_column"], words["table_triggers"], words["table_self_care"], words["sections"]["notes"]),
    ]
    rows = (
        [
            *(
                day["date"],
                day["entries"],
                day["numbness"],
                day["tingling"],
                day["pain"],
                day["weakness"],
                day["sleep"],
            ),
            *(day["means"][stream] for stream in STREAMS),
            day["sessions"] if "exercises" in snapshot["sections"] else None,
            triggers_words(day["triggers"], words),
            care_words(day["self_care"], words),
            " / ".join(day["notes"]),
        ]
        for day in snapshot["days"]
    )
    return words["daily_title"], columns, rows


def changes_table(snapshot: Snapshot, words: Words) -> Table:
    columns = ["", words["start"], words["now"], words["changes_title"], words["table_meaning"]]
    rows: Iterable[Row] = (
        [
            named(words, "changes", one["key"]),
            one["start"],
            one["now"],
            one["change"],
            words["meanings"][one["meaning"]],
        ]
        for one in snapshot["changes"]
    )
    return words["changes_title"], columns, rows


def interference_table(snapshot: Snapshot, words: Words) -> Table:
    rows: Iterable[Row] = ([one["date"], one["mean"]] for one in snapshot["interference"])
    return words["interference_title"], [words["date_column"], words["mean"]], rows


def activities_table(snapshot: Snapshot, words: Words) -> Table:
    rows: Iterable[Row] = (
        [day, one["name"], rating] for one in snapshot["activities"] for day, rating in one["ratings"]
    )
    return words["activities_title"], [words["date_column"], words["activity"], words["table_rating"]], rows


def flags_table(snapshot: Snapshot, words: Words) -> Table:
    columns = [*(words["table_level"], words["flags_title"], words["table_since"], words["table_until"])]
    rows: list[Row] = [
        [
            words["levels"][one["level"]],
            one["title"],
            one["opened_on"],
            one["resolved_on"] or "",
            flag_state_words(one, snapshot, words),
            one["because"],
        ]
        for one in snapshot["flags"]
    ]
    columns += [words["table_state"], words["table_because"]]
    return words["flags_title"], columns, rows or [said_alone(flags_none_words(snapshot, words), columns)]


def answers_table(snapshot: Snapshot, words: Words) -> Table:
    check = snapshot["red_flags"]
    columns = [words["table_answered"], words["table_question"], words["table_answer"], words["table_level"]]
    if check is None:
        return words["red_flags_title"], columns, [said_alone(" ".join(unasked_words(snapshot, words)), columns)]
    waiting = [said_alone(said, columns) for said in waiting_words(snapshot, words)]
    rows: list[Row] = [
        [check["answered_at"], one["text"], one["answer_text"], words["levels"].get(one["level"], words["no_level"])]
        for one in check["notable"]
    ]
    others = check["asked"] - len(check["notable"])
    return (
        words["red_flags_title"],
        columns,
        [*waiting, *rows, [check["answered_at"], words["table_others"], others, ""]],
    )


def said_alone(said: str, columns: Row) -> Row:
    return [said, *([""] * (len(columns) - 1))]


def adherence_table(snapshot: Snapshot, words: Words) -> Table:
    columns = [
        words["prescribed"],
        words["table_carried_out"],
        words["table_begun"],
        words["table_percent"],
        words["why"],
    ]
    found = snapshot["adherence"]
    if found is None:
        return words["exercises_title"], columns, []
    counts = [found["prescribed"], found["carried_out"], found["begun"], found["percent"]]
    return words["exercises_title"], columns, [[*counts, reasons_words(found["reasons"], words)]]


def exercises_table(snapshot: Snapshot, words: Words) -> Table:
    def felt(stream: str) -> list[str]:
        moments = (words[name] for name in ("sessions", "before", "after", "next_morning"))
        return [f"{words['streams'][stream]}: {moment}" for moment in moments]

    columns = [
        *(
            words["exercise"],
            words["table_dose"],
            words["prescribed"],
            words["done"],
            words["partial"],
            words["skipped"],
        ),
        *(words["why"], *felt("pain"), *felt("numbness")),
    ]
    rows: Iterable[Row] = (
        [
            *(one["name"], one["dose"], one["prescribed"], one["done"], one["partial"], one["skipped"]),
            reasons_words(one["reasons"], words),
            *ratings(one["pain"]),
            *ratings(one["numbness"]),
        ]
        for one in snapshot["exercises"]
    )
    return words["sections"]["exercises"], columns, rows


def ratings(found: Ratings) -> list[Cell]:
    return [found["n"], found["before"], found["after"], found["next_morning"]]


def program_table(snapshot: Snapshot, words: Words) -> Table:
    rows = (
        [one["date"], words["program"][one["what"]].format(name=one["name"]), one["by"]] for one in snapshot["program"]
    )
    return words["program_title"], [words["date_column"], words["program_title"], words["table_by"]], rows


def body_table(body: BodyMaps, words: Words) -> Table:
    """A row for each place that is on one of the three maps; blank where it is not on a map."""
    spans: tuple[tuple[str, list[Place]], ...] = (
        (words["start"], body["start"]),
        (words["now"], body["now"]),
        (words["mean"], body["mean"]),
    )
    by_place = [{(one["region"], one["side"]): one for one in places} for _, places in spans]
    known = dict.fromkeys(place for found in reversed(by_place) for place in found)
    columns = [f"{words['streams'][stream]}: {title}" for title, _ in spans for stream in BODY_STREAMS]
    rows = (
        [
            place_words(*place, words),
            *(found[place][stream] if place in found else None for found in by_place for stream in BODY_STREAMS),  # type: ignore[literal-required]  # both are keys of a place
        ]
        for place in known
    )
    return words["sections"]["body"], [words["place"], *columns], rows
