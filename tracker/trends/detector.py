"""
Sustained worsening of one stream: a one-sided log-likelihood CUSUM with a personal baseline, one entry at a time. Pure.

**Baseline.** The person's usual level, spread and day-to-day persistence, learned from entries at least `LAG` days old,
so that a worsening does not hide itself. All are held up by priors while entries are few, and an entry moves them by
`OUTLIER` deviations at most.

**Score.** Each entry adds the log-likelihood ratio of "the level rose by `RISE`" against "it did not", given the entry
before it (what yesterday already explains does not count twice), with the surprise held to `CLIP` deviations. The score
never falls below zero (Page, Biometrika 1954; 41: 100); where it last left zero, the worsening most likely began.

**Flares.** While the excursion is younger than `YOUNG` days its score is held to `YOUNG_SCORE`: a few very bad days are
as well explained by a flare, so what counts is what comes after them.

**Episode.** When the score reaches the limit the day is raised, once. The detector then rests for `REST` days and
starts again from the entries since the worsening began: they are the new baseline, whether it stayed or went.

**Figures.** `START_*` and the prior of the spread are the product plan's; the others were set by simulation
(`python -m benchmarks.trends`; docs/trends.md shows how often it is wrong, and how late).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import log, sqrt
from typing import Any, NamedTuple

WORST = 10

# Days unless said.
LAG = 14
START_DAYS = 28
START_ENTRIES = 8
FEWEST_BASELINE_ENTRIES = 3
YOUNG = 5
REST = 28
FLARE_ENTRIES = 3
FLARE_LONGEST = 14
# Points on the 0-10 scale.
RISE = 1.3
USUAL_SPREAD = 1.2
# Standard deviations.
OUTLIER = 2.5
CLIP = 2.0
FLARE = 2.5
FLARE_OVER = 1.0
# Correlation of one day with the next: what most people have, and the most that is believed.
USUAL_PERSISTENCE = 0.3
MOST_PERSISTENCE = 0.7
# Entries that the priors are worth, and that the baseline remembers.
SPREAD_WEIGHT = 30
PERSISTENCE_WEIGHT = 30
MEMORY = 180
# Log-likelihood ratio.
YOUNG_SCORE = 3.0
# Who writes seldom has fewer chances of a false alarm: the limit falls by this for each e-fold below the usual share.
SELDOM = 0.5
USUAL_SHARE = 0.75


class Baseline(NamedTuple):
    """Sums over the entries that are old enough; `weight` counts them, up to `MEMORY`."""

    mean: float = 0.0
    weight: float = 0.0
    squares: float = 0.0
    products: float = 0.0
    pairs: float = 0.0
    day: int = -1
    value: float = 0.0

    @property
    def variance(self) -> float:
        return (self.squares + SPREAD_WEIGHT * USUAL_SPREAD**2) / (self.weight + SPREAD_WEIGHT)

    @property
    def persistence(self) -> float:
        found = self.products / self.variance + PERSISTENCE_WEIGHT * USUAL_PERSISTENCE
        return min(MOST_PERSISTENCE, max(0.0, found / (self.pairs + PERSISTENCE_WEIGHT)))


class Excursion(NamedTuple):
    """Since the score last left zero: its height, the entries, those above the baseline, and the sum of values."""

    score: float = 0.0
    since: int = -1
    entries: int = 0
    above: int = 0
    total: float = 0.0


class Evidence(NamedTuple):
    """Why a day was raised: levels in points; on `above` of `entries` logged days since `since` it was above usual."""

    day: int
    since: int
    baseline: float
    recent: float
    above: int
    entries: int


class Flare(NamedTuple):
    """A few far worse days, first to last; `over` is the day that was back to usual, -1 until then."""

    since: int = -1
    last: int = -1
    entries: int = 0
    over: int = -1


class State(NamedTuple):
    """
    All that the next entry needs. A tuple of numbers and tuples: `json.dumps` writes it, `restored` reads it back.

    `waiting`: (day, value) of entries too young for the baseline. `evidence`: of the latest episode.
    """

    first: int = -1
    day: int = -1
    value: float = 0.0
    entries: int = 0
    baseline: Baseline = Baseline()
    waiting: tuple[tuple[int, float], ...] = ()
    excursion: Excursion = Excursion()
    flare: Flare = Flare()
    evidence: Evidence | None = None

    @property
    def raised(self) -> bool:
        """Whether this very entry raised a sustained worsening."""
        return self.evidence is not None and self.evidence.day == self.day

    @property
    def flared(self) -> bool:
        """Whether this very entry ended a flare."""
        return self.flare.over == self.day >= 0


BEGIN = State()


def follow(entries: Iterable[tuple[int, float]], limit: float, state: State = BEGIN) -> Iterator[State]:
    """The state after each (day, value), days ascending. Kept states are checkpoints: go on from any of them."""
    for day, value in entries:
        state = step(state, day, value, limit)
        yield state


def step(state: State, day: int, value: float, limit: float) -> State:
    """
    The state after one more logged day; constant work, whatever lies before.

    `day` counts days from any day of the person's, `value` is 0-10, `limit` comes from `limits.limit_for`. Raises
    ValueError for a value off the scale or a day that is not after the last.
    """
    if not 0 <= value <= WORST:
        raise ValueError(f"a day's value lies between 0 and {WORST}, not {value}")
    if day <= state.day:
        raise ValueError(f"day {day} does not come after day {state.day}")
    baseline, waiting, excursion = state.baseline, state.waiting, state.excursion
    rests_until = state.evidence.day + REST if state.evidence else -1
    if day < rests_until:
        return resting(state, day, value)
    if state.day < rests_until:
        baseline, waiting, excursion = started_again(baseline, excursion), (), Excursion()
    while waiting and waiting[0][0] <= day - LAG:
        baseline, waiting = learned(baseline, *waiting[0]), waiting[1:]
    first, entries = (day if state.first < 0 else state.first), state.entries + 1
    flare, evidence = state.flare, state.evidence
    if entries >= START_ENTRIES and day - first >= START_DAYS and baseline.weight >= FEWEST_BASELINE_ENTRIES:
        excursion = scored(excursion, baseline, state, day, value)
        flare = flared(flare, baseline, day, value)
        seldom = SELDOM * log(entries / (day - first + 1) / USUAL_SHARE)
        if excursion.score >= limit + seldom and day - excursion.since >= YOUNG:
            recent = excursion.total / excursion.entries
            evidence = Evidence(day, excursion.since, baseline.mean, recent, excursion.above, excursion.entries)
            flare = Flare()
    return State(first, day, value, entries, baseline, (*waiting, (day, value)), excursion, flare, evidence)


def resting(state: State, day: int, value: float) -> State:
    """An episode is open: only remember what the new baseline will need."""
    score, since, entries, above, total = state.excursion
    excursion = Excursion(score, since, entries + 1, above + (value > state.baseline.mean), total + value)
    return state._replace(day=day, value=value, entries=state.entries + 1, excursion=excursion)


def started_again(baseline: Baseline, excursion: Excursion) -> Baseline:
    """The level of the entries since the worsening began; the spread as it was, worth no more than they are."""
    weight = min(baseline.weight, excursion.entries)
    mean, kept = excursion.total / excursion.entries, weight / baseline.weight
    return baseline._replace(mean=mean, weight=excursion.entries, squares=baseline.squares * kept, day=-1)


def learned(baseline: Baseline, day: int, value: float) -> Baseline:
    """The baseline with one more entry."""
    mean, weight, squares, products, pairs, last_day, last_value = baseline
    if not weight:
        return Baseline(value, 1.0, 0.0, 0.0, 0.0, day, value)
    furthest = OUTLIER * sqrt(baseline.variance)
    away = min(furthest, max(-furthest, value - mean))
    if day - last_day == 1:
        before = min(furthest, max(-furthest, last_value - mean))
        products, pairs = products + before * away, pairs + 1
    weight += 1
    mean += away / weight
    squares += away * away * (1 - 1 / weight)
    if weight > MEMORY:
        kept = MEMORY / weight
        weight, squares, products, pairs = MEMORY, squares * kept, products * kept, pairs * kept
    return Baseline(mean, weight, squares, products, pairs, day, value)


def scored(excursion: Excursion, baseline: Baseline, last: State, day: int, value: float) -> Excursion:
    """The excursion with one more entry; `last` is the state before it."""
    mean = baseline.mean
    carried = baseline.persistence ** (day - last.day)
    variance = baseline.variance * (1 - carried * carried)
    furthest = CLIP * sqrt(variance)
    surprise = min(furthest, max(-furthest, (value - mean) - carried * (last.value - mean)))
    rise = RISE * (1 - carried)
    score, since, entries, above, total = excursion
    score += rise / variance * (surprise - rise / 2)
    if score <= 0:
        return Excursion()
    if not entries:
        since = day
    if day - since < YOUNG:
        score = min(score, YOUNG_SCORE)
    return Excursion(score, since, entries + 1, above + (value > mean), total + value)


def flared(flare: Flare, baseline: Baseline, day: int, value: float) -> Flare:
    """
    A flare is told when it is over: at least `FLARE_ENTRIES` entries in a row `FLARE` deviations above the baseline,
    then one within `FLARE_OVER` of it, at most `FLARE_LONGEST` days after the first.
    """
    deviations = (value - baseline.mean) / sqrt(baseline.variance)
    running = flare.since >= 0 and flare.over < 0
    if running and day - flare.since > FLARE_LONGEST:
        flare, running = Flare(), False
    if deviations >= FLARE:
        return Flare(flare.since, day, flare.entries + 1) if running else Flare(day, day, 1)
    if not running or (flare.entries >= FLARE_ENTRIES and deviations > FLARE_OVER):
        return flare
    return flare._replace(over=day) if flare.entries >= FLARE_ENTRIES else Flare()


def restored(written: list[Any]) -> State:
    """The state that `json.loads` gave back."""
    first, day, value, entries, baseline, waiting, excursion, flare, evidence = written
    return State(
        first,
        day,
        value,
        entries,
        Baseline(*baseline),
        tuple((then, rating) for then, rating in waiting),
        Excursion(*excursion),
        Flare(*flare),
        Evidence(*evidence) if evidence else None,
    )
