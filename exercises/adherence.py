"""
What was done, against what was prescribed, by day and by ISO week. Pure.

**Dates.** Everything here is a local date: of a session, the date on the person's wall when it started, which nothing
moves; of a version, the date on which it was taken over, in the time zone that the person has now. Whoever moves to
another one may find a version that was taken over near midnight a day earlier or later.

**What was prescribed on a day** is what the newest version says that was taken over by the end of that day: from when
until when, on which days of the week, how many times. The first version holds for the days before it was taken over
too, so that a plan written down on Wednesday may begin on Monday. No day after `today` is counted: what is still to
come is not left undone. A prescription that was deleted counts on no day, as if it had never been set; one that is
over has an end.

**What was due** is what was prescribed, but for what there was no whole day for. Of `today`, and of the day on which a
version was taken over as far as it asks for more than the one before, only as many times were due as there is a session
recorded for ("not today" is one, too): a plan that was set this evening has not been left undone, neither tonight nor
tomorrow. One that was written without a network is taken over, and counted from, when it arrives: of the day on which
it was written, should that be an earlier one, all its times count. All that is counted below as prescribed is what was
due.

**What counts as done.** A session that names a prescription is one of the times that it asks for on that date. It was
carried out when at least half of its exercises were done wholly: whoever stops after seconds has not done it, and
whoever leaves out one of four has. It was begun when at least one was done, wholly or partly, but not that many. Half
is a limit of our own. Of an exercise that gave way to an easier form, only that form counts: both are one
exercise. More sessions than prescribed never count as more than prescribed, and those that were carried out come first.
Nothing is concluded from opening the app, and a day without a session is blank, not missed.

The front end counts the same (`domain/adherence.ts`); `tests/contracts/adherence_cases.json` holds both to one answer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from exercises.vocabulary import WEEKDAYS


@dataclass(frozen=True)
class Version:
    """One version of a prescription, and the date on which it was taken over."""

    version: int
    since: date
    times_a_day: int
    weekdays: Sequence[str]
    starts_on: date
    ends_on: date | None

    def times_on(self, day: date) -> int:
        if day < self.starts_on or (self.ends_on and day > self.ends_on):
            return 0
        return self.times_a_day if WEEKDAYS[day.weekday()] in self.weekdays else 0


@dataclass(frozen=True)
class Recorded:
    """
    A session: how many of its items were done, partly done and skipped.

    `replaced` of them gave way to an easier form, which is the next item; `replaced_done` after being done wholly.
    """

    local_date: date
    prescription: UUID | None
    done: int
    partial: int
    skipped: int
    seconds_held: int
    replaced: int = 0
    replaced_done: int = 0

    @property
    def counts(self) -> bool:
        """Whether anything was done. "Not today" is recorded too, as a session of which everything was skipped."""
        return self.done + self.partial > 0

    @property
    def carried_out(self) -> bool:
        """Whether at least half of its exercises were done; one and the easier form in its place are one exercise."""
        exercises = self.done + self.partial + self.skipped - self.replaced
        return exercises > 0 and 2 * (self.done - self.replaced_done) >= exercises


@dataclass
class Tally:
    sessions: int = 0
    done: int = 0
    partial: int = 0
    skipped: int = 0
    seconds_held: int = 0
    prescribed: int = 0
    prescribed_done: int = 0
    prescribed_begun: int = 0

    def add(self, other: Tally) -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


@dataclass
class Week:
    """An ISO week, Monday to Sunday; `tally` counts its days that were asked for."""

    monday: date
    tally: Tally = field(default_factory=Tally)

    @property
    def name(self) -> str:
        year, week, _ = self.monday.isocalendar()
        return f"{year}-W{week:02}"

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


Plans = Mapping[UUID, Sequence[Version]]


def in_force(versions: Iterable[Version], day: date) -> Version | None:
    """The version that held on `day`, whatever order they come in; None when there is none at all."""
    known = sorted(versions, key=lambda one: one.version)
    by_then = [one for one in known if one.since <= day]
    return by_then[-1] if by_then else next(iter(known), None)


def tally_days(
    recorded: Iterable[Recorded], plans: Plans, first: date | None, last: date | None, today: date
) -> dict[date, Tally]:
    """The days of the period (both ends included, None: open) with a session or something due, oldest first."""
    days: dict[date, Tally] = defaultdict(Tally)
    carried_out: Counter[tuple[UUID, date]] = Counter()
    begun: Counter[tuple[UUID, date]] = Counter()
    recorded = list(recorded)
    answered = answers_by_day(recorded)
    for one in recorded:
        if (first and one.local_date < first) or (last and one.local_date > last):
            continue
        only_skipped = one.skipped > 0 and not one.counts
        days[one.local_date].add(Tally(not only_skipped, one.done, one.partial, one.skipped, one.seconds_held))
        if one.prescription and one.counts:
            (carried_out if one.carried_out else begun)[one.prescription, one.local_date] += 1
    until = min(last, today) if last else today
    for id, versions in plans.items():
        for _, day, times in due_times(versions, first, until, today, answered[id]):
            if not times:
                continue
            done = min(times, carried_out[id, day])
            days[day].add(
                Tally(prescribed=times, prescribed_done=done, prescribed_begun=min(times - done, begun[id, day]))
            )
    return dict(sorted(days.items()))


def tally_weeks(days: dict[date, Tally]) -> list[Week]:
    """The ISO weeks that have one of `days`, oldest first."""
    weeks: dict[date, Week] = {}
    for day, tally in sorted(days.items()):
        monday = day - timedelta(days=day.weekday())
        weeks.setdefault(monday, Week(monday)).tally.add(tally)
    return list(weeks.values())


def prescribed_times(
    versions: Iterable[Version], first: date | None, last: date
) -> Iterator[tuple[Version, date, int]]:
    """The days from `first` to `last` on which something was prescribed, how many times, and by which version."""
    before: date | None = None
    newest_first = sorted(versions, key=lambda one: one.version, reverse=True)
    for one in newest_first:
        # A version holds until the first newer one is taken over; the oldest also before it was taken over itself.
        oldest = one is newest_first[-1]
        begin = max(day for day in (one.starts_on, first, None if oldest else one.since) if day)
        end = min(day for day in (last, one.ends_on, before and before - timedelta(days=1)) if day)
        for n in range((end - begin).days + 1):
            day = begin + timedelta(days=n)
            if times := one.times_on(day):
                yield one, day, times
        before = min(before, one.since) if before else one.since


def answers_by_day(recorded: Iterable[Recorded]) -> Mapping[UUID, Counter[date]]:
    """How many sessions were recorded for each prescription, "not today" too, by day; of one without any, none."""
    found: dict[UUID, Counter[date]] = defaultdict(Counter)
    for one in recorded:
        if one.prescription:
            found[one.prescription][one.local_date] += 1
    return found


def due_times(
    versions: Iterable[Version], first: date | None, last: date, today: date, answered: Mapping[date, int]
) -> Iterator[tuple[Version, date, int]]:
    """The same with how many of the times were due, may be none. `answered`: sessions recorded for them, by day."""
    known = sorted(versions, key=lambda one: one.version)
    for version, day, times in prescribed_times(known, first, last):
        yield version, day, min(times, max(whole_day_times(known, version, day, today), answered.get(day, 0)))


def whole_day_times(known: Sequence[Version], held: Version, day: date, today: date) -> int:
    """How many times were prescribed from the morning of `day` to its end. `known`: oldest first."""
    if day >= today:
        return 0
    if held.since != day:
        return held.times_on(day)
    by_morning = [one for one in known if one.since < day]
    # A plan that began before it was written down was followed before, too.
    if not by_morning and known[0].starts_on < day:
        by_morning = [known[0]]
    return min(held.times_on(day), by_morning[-1].times_on(day)) if by_morning else 0
