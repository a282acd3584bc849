"""
Which dose of an exercise held when: a dose that is set today does not speak for the weeks before. Pure.

Of a plan it is the dose of the version that held (`exercises.adherence`); on days on which no plan asked for the
exercise, that which the session itself was done by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from exercises.handout.sheet import in_groups
from sharing.rendering.wording import Words, counted, dated_words

# So many doses of one exercise are told with their days, the newest; of what was before only how many they were.
MOST = 4

Item = Mapping[str, Any]
# What is said of an item, with the rounds of its superset (None: it has none).
Say = Callable[[Item, int | None], str]
Span = tuple[date, date]


@dataclass(frozen=True)
class Held:
    """What one version of a plan asked for of one exercise, on the days of a report from `first` to `last`."""

    first: date
    last: date
    items: list[tuple[Item, int | None]]


# By exercise: for each plan its versions, oldest first.
Planned = Mapping[str, Sequence[Sequence[Held]]]


def held_of(body: Mapping[str, Any], span: Span) -> Iterator[tuple[str, Held]]:
    """Each exercise of a version, once."""
    found: dict[str, Held] = {}
    for group in in_groups(body["items"]):
        rounds = max(item["sets"] for _, item in group) if len(group) > 1 else None
        for _, item in group:
            found.setdefault(item["exercise"], Held(*span, [])).items.append((dict(item), rounds))
    yield from found.items()


def told_doses(planned: Sequence[Sequence[Held]], done: Iterable[tuple[date, Item]], say: Say, words: Words) -> str:
    """The one dose; of several each with its days, oldest first."""
    spans = [span for versions in planned for span in spans_of(versions, say)]
    asked = [span for _, *span in spans]
    own: dict[str, list[date]] = {}
    for day, item in done:
        if not any(first <= day <= last for first, last in asked):
            own.setdefault(say(item, None), []).append(day)
    spans += [(text, min(days), max(days)) for text, days in own.items()]
    if len({text for text, *_ in spans}) < 2:
        return "".join({text for text, *_ in spans})
    ordered = sorted(spans, key=lambda one: (one[1], one[2]))
    before, shown = len(ordered[:-MOST]), ordered[-MOST:]
    lines = [words["dose_in"].format(days=days_words(first, last, words), dose=text) for text, first, last in shown]
    return " ".join([*([counted(words["doses_before"], before)] if before else []), *lines])


def spans_of(versions: Sequence[Held], say: Say) -> list[tuple[str, date, date]]:
    """A dose that the next version has too goes on."""
    found: list[tuple[str, date, date]] = []
    going: dict[str, int] = {}
    for held in versions:
        still: dict[str, int] = {}
        for text in dict.fromkeys(say(item, rounds) for item, rounds in held.items):
            if text in going:
                found[going[text]] = (text, found[going[text]][1], held.last)
            else:
                found.append((text, held.first, held.last))
            still[text] = going.get(text, len(found) - 1)
        going = still
    return found


def days_words(first: date, last: date, words: Words) -> str:
    begin, end = (dated_words(day.isoformat(), words) for day in (first, last))
    return begin if first == last else str(words["flag_span"]).format(first=begin, last=end)
