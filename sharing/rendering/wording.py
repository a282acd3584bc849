"""
The words of a report in the reader's language, and how its figures and dates are written: all renderings take them from
here, so that they agree. Pure.

A word that is not in the list is a person's own, or of a later version, and stands as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from exercises.catalogue import in_language
from exercises.handout.sheet import plain
from exercises.handout.wording import Words, counted, date_words, short_date_words
from exercises.handout.wording import words_of as handout_words
from exercises.vocabulary import WEEKDAYS
from sharing.snapshot import ProgramChange, RedFlagCheck, ReportedFlag, Snapshot

# How dates and lists are written is the same on every sheet of paper.
SHARED = ("months", "short_months", "short_weekdays", "date", "short_date", "and")
MINUS = "\u2212"
# Help at once, and checking the same day.
URGENT = ("E", "D")
LONGEST_WORD = re.compile(r"\S{31,}")


@cache
def words_of(language: str) -> dict[str, Any]:
    own = in_language(json.loads((Path(__file__).parent / "words.json").read_bytes()), language)
    shared = handout_words(language)
    return {**{name: shared[name] for name in SHARED}, **own}


def figure(value: float | None) -> str:
    """A mean (float) with its one decimal, a rating or a count (int) whole, None as nothing: `4.2`, `3.0`, `7`, ``."""
    if value is None:
        return ""
    return str(value) if isinstance(value, int) else f"{value:.1f}"


def signed(value: float | None) -> str:
    """A change with its sign: `+0.4`, `0.0`."""
    if not value:
        return figure(value if value is None else abs(value))
    return ("+" if value > 0 else MINUS) + figure(abs(value))


def own(text: str) -> str:
    """A person's own words for a line that has an end: a word that no line could hold may be broken anywhere."""
    return LONGEST_WORD.sub(lambda word: "\u200b".join(re.findall(".{1,10}", word[0])), plain(text))


def named(words: Words, kind: str, key: str) -> str:
    """The word for `key` in the list `kind` (`streams`, `triggers`, `reasons`, `conditions`, `self_care` ...)."""
    return plain(str(words[kind].get(key, key)))


def place_words(region: str, side: str, words: Words) -> str:
    """`Left calf`, `Low back`."""
    return plain(str(words["places"].get(region, {}).get(side) or f"{region} ({side})"))


def day_words(day: str, words: Words) -> str:
    """`7 September 2026`, of an ISO date."""
    return date_words(date.fromisoformat(day), words)


def short_day_words(day: str, words: Words) -> str:
    """`7 Sep`."""
    return short_date_words(date.fromisoformat(day), words)


def dated_words(day: str, words: Words) -> str:
    """`7 Sep 2026`."""
    return f"{short_day_words(day, words)} {day[:4]}"


def weekday_words(day: str, words: Words) -> str:
    """`Mo 7 Sep 2026`."""
    weekday = WEEKDAYS[date.fromisoformat(day).weekday()]
    return f"{words['short_weekdays'][weekday]} {dated_words(day, words)}"


def moment_words(moment: str, words: Words) -> str:
    """`2 November 2026, 08:15`, by the clock that the moment was written down with."""
    at = datetime.fromisoformat(moment)
    return str(words["moment"]).format(date=date_words(at.date(), words), time=f"{at:%H:%M}")


def is_to_come(day: str, snapshot: Snapshot) -> bool:
    """Whether a day, as an ISO date, was still ahead when the report was made, by the patient's clock."""
    return day > snapshot["made_at"][:10]


def zoned_words(moment: str, time_zone: str, words: Words, *, short: bool = False) -> str:
    """`29 June 2026, 21:52 (Europe/Berlin)`, by the clock of that zone; `short`: `29 Jun 2026, 21:52 (...)`."""
    at = datetime.fromisoformat(moment).astimezone(ZoneInfo(time_zone))
    day = dated_words(at.date().isoformat(), words) if short else date_words(at.date(), words)
    return str(words["moment_in_zone"]).format(date=day, time=f"{at:%H:%M}", zone=time_zone.replace("_", " "))


def period_words(snapshot: Snapshot, words: Words) -> str:
    """`7 September 2026 to 1 November 2026`."""
    period = snapshot["period"]
    return str(words["period"]).format(first=day_words(period["start"], words), last=day_words(period["end"], words))


def file_name(snapshot: Snapshot, ending: str) -> str:
    """`unpinch-2026-09-07-to-2026-11-01.pdf`: which one it is, and nothing of whose or of what."""
    period = snapshot["period"]
    return f"unpinch-{period['start']}-to-{period['end']}.{ending}"


def program_words(change: ProgramChange, words: Words) -> str:
    """`First weeks: changed by Bob Physio`."""
    what = str(words["program"].get(change["what"], "{name}")).format(name=plain(change["name"]))
    by = plain(change["by"])
    return str(words["program_by" if by else "program_own"]).format(what=what, by=by)


def flags_left_out(snapshot: Snapshot, words: Words) -> str:
    """That a report says nothing of signs, which would else read as if there were none; empty: it does."""
    return "" if "flags" in snapshot["sections"] else plain(str(words["flags_unchosen"]))


def flags_none_words(snapshot: Snapshot, words: Words) -> str:
    """That no flag is told, and by what it could not have been: silence is not the same as being well."""
    said = [words["flags_none" if snapshot["period"]["logged"] else "flags_none_logged"]]
    check = snapshot["red_flags"]
    if check is None:
        said.append(words["flags_unasked"])
    elif check["asked"] < check.get("of", 0):
        said.append(words["flags_asked_some"])
    return " ".join(plain(one) for one in said)


def unasked_words(snapshot: Snapshot, words: Words) -> list[str]:
    """Of a period without a check: that, and when there was one last, if that is known."""
    said = [*waiting_words(snapshot, words), words["red_flags_none"]]
    if "red_flags_before" in snapshot:
        before = snapshot["red_flags_before"]
        when = zoned_words(before, snapshot["time_zone"], words) if before else ""
        said.append(words["red_flags_last"].format(when=when) if before else words["red_flags_never"])
    return [plain(one) for one in said]


def waiting_words(snapshot: Snapshot, words: Words) -> list[str]:
    """That an entry gives a reason to ask, where nobody has answered; none: no question waits."""
    entry = snapshot.get("red_flags_waiting")
    when = zoned_words(entry, snapshot["time_zone"], words) if entry else ""
    return [plain(words["red_flags_waiting"].format(when=when))] if entry else []


def asked_words(check: RedFlagCheck, snapshot: Snapshot, words: Words) -> str:
    """`4 of the 31 questions, answered on 29 June 2026, 21:52 (Europe/Berlin).`"""
    when, asked, of = (
        zoned_words(check["answered_at"], snapshot["time_zone"], words),
        check["asked"],
        check.get("of", 0),
    )
    if asked < of:
        return str(words["red_flags_some"]).format(asked=asked, of=of, when=when)
    return counted(words["red_flags_when"], asked, when=when)


def is_after(flag: ReportedFlag, snapshot: Snapshot) -> bool:
    return flag["opened_on"] > snapshot["period"]["end"]


def flag_state_words(flag: ReportedFlag, snapshot: Snapshot, words: Words) -> str:
    """`since 12 Oct 2026: open`; of one that is over, until when and why, and of one raised since, that it is."""
    last, opened_at = flag["resolved_on"], flag.get("opened_at")
    # What cannot wait is told to the minute.
    told = opened_at if flag["level"] in URGENT else None
    zone = snapshot["time_zone"]
    first = zoned_words(told, zone, words, short=True) if told else dated_words(flag["opened_on"], words)
    span = (
        str(words["flag_span"]).format(first=first, last=dated_words(last, words))
        if last
        else str(words["flag_since"]).format(first=first)
    )
    if is_after(flag, snapshot):
        span = f"{span}, {words['flag_after']}"
    why = [named(words, "flag_reasons", flag["reason"])] if flag["reason"] else []
    return f"{span}: " + ", ".join([named(words, "flag_states", flag["state"]), *why])


def reasons_words(reasons: Mapping[str, int], words: Words) -> str:
    """`No time 5, Pain 3`: what comes most often first."""
    ordered = sorted(reasons.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(
        str(words["reason_count"]).format(reason=named(words, "reasons", reason), count=count)
        for reason, count in ordered
    )


def triggers_words(triggers: Sequence[str], words: Words) -> str:
    """`Sitting, Stairs`."""
    return ", ".join(named(words, "triggers", trigger) for trigger in triggers)


def care_words(self_care: Sequence[str], words: Words) -> str:
    """`Heat 2, Walking`, of what a snapshot's day has: `heat x 2`, `walking`."""
    return ", ".join(one_care(item, words) for item in self_care)


def one_care(item: str, words: Words) -> str:
    kind, times, count = item.rpartition(" x ")
    if times and kind in words["self_care"] and count.isdecimal():
        return str(words["times"]).format(what=named(words, "self_care", kind), count=count)
    return named(words, "self_care", item)
