"""
Which dose of an exercise held when: a dose that is set today does not speak for the weeks before. Pure.

Of a plan it is the dose of the version that held (`exercises.adherence`), from the first day on which it asked for the
exercise to the last, its days off too. Outside of those it is what a session was done by, on its days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from exercises.handout.sheet import in_groups
from sharing.rendering.wording import Words, counted, dated_words

# So many doses of one exercise are told with their days: those that held last, be they more, and the newest of the
# others. Of the rest only how many they were.
MOST = 4
# A plan asks for something at least once in so long, or it rests.
WEEK = timedelta(days=7)

Item = Mapping[str, Any]
# What is said of an item, with the rounds of its superset (None: it has none).
Say = Callable[[Item, int | None], str]
Span = tuple[date, date]


@dataclass(frozen=True)
class Held:
    """
    What one version of a plan asked for of one exercise, may be nothing, on the days of a report from `first` to
    `last`.
    """

    first: date
    last: date
    items: list[tuple[Item, int | None]]


class Told(NamedTuple):
    """A dose in words, and the days of it."""

    first: date
    last: date
    text: str


# By exercise: for each plan that asked for it all its versions, oldest first.
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
    streams = [told_of(versions, say, WEEK) for versions in planned]
    streams.append(told_of(own_days(done, [one for stream in streams for one in stream]), say))
    everything = {one for stream in streams for one in stream}
    said = {one.text for one in everything}
    if len(said) < 2:
        return "".join(said)
    shown = newest_of(streams)
    lines = [words["dose_in"].format(days=days_words(one.first, one.last, words), dose=one.text) for one in shown]
    if len(shown) < len(everything):
        left = len(said - {one.text for one in shown})
        lines.insert(0, counted(words["doses_unlisted"], left) if left else words["doses_earlier"])
    return " ".join(lines)


def told_of(versions: Iterable[Held], say: Say, apart: timedelta = timedelta.max) -> list[Told]:
    """A dose that the next version has too goes on, if that begins at most so long after."""
    found: list[Told] = []
    going: dict[str, Told] = {}
    for held in versions:
        before, going = going, {}
        for text in dict.fromkeys(say(item, rounds) for item, rounds in held.items):
            begin = held.first
            if (one := before.get(text)) and begin - one.last <= apart:
                found.remove(one)
                begin = one.first
            going[text] = Told(begin, held.last, text)
            found.append(going[text])
    return found


def own_days(done: Iterable[tuple[date, Item]], asked: Sequence[Told]) -> list[Held]:
    """The days of which no plan tells, as versions of one day each; what a plan asked for stands between as nothing."""
    own: dict[date, Held] = {}
    for day, item in done:
        if not any(one.first <= day <= one.last for one in asked):
            own.setdefault(day, Held(day, day, [])).items.append((item, None))
    between = [Held(one.first, one.last, []) for one in asked]
    return sorted([*own.values(), *between], key=lambda held: held.first)


def newest_of(streams: Iterable[Sequence[Told]]) -> list[Told]:
    """What held on the last days, all of it, and of the others those that ended last; oldest first."""
    everything = {one for stream in streams for one in stream}
    end = max(one.last for one in everything)
    # Of a plan for one day of the week, the last day may be some days before that of another.
    still = {one for stream in streams for one in stream if one.last == stream[-1].last and end - one.last < WEEK}
    ended = sorted(everything - still, key=lambda one: (one.last, one), reverse=True)
    return sorted([*still, *ended[: max(0, MOST - len(still))]])


def days_words(first: date, last: date, words: Words) -> str:
    begin, end = (dated_words(day.isoformat(), words) for day in (first, last))
    return begin if first == last else str(words["flag_span"]).format(first=begin, last=end)
