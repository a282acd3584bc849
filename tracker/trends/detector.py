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

from collections import deque
from collections.abc import Iterable, Iterator
from math import log, sqrt

from tracker.trends.state import BEGIN, Baseline, Evidence, Excursion, Flare, State

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
YOUNG_SCORE = 2.6
# Who writes seldom has fewer chances of a false alarm: the limit falls by this for each e-fold below the usual share.
SELDOM = 0.5
USUAL_SHARE = 0.75

NO_EXCURSION, NO_FLARE = Excursion(), Flare()
PRIOR_SQUARES = SPREAD_WEIGHT * USUAL_SPREAD**2
PRIOR_PRODUCTS = PERSISTENCE_WEIGHT * USUAL_PERSISTENCE


class Detector:
    """
    One stream, followed entry by entry from a `State`; constant work for each, whatever lies before.

    It changes in place: everybody's years are read at once, and new tuples for each entry took longer than the
    arithmetic. What is to be kept is `state()`.
    """

    __slots__ = (
        "above", "day", "deviation", "entries", "evidence", "excursion_entries", "first", "flare", "flared",
        "learned_day", "learned_value", "limit", "mean", "pairs", "persistence", "products", "raised", "rests_until",
        "score", "since", "squares", "total", "value", "variance", "waiting", "weight",
    )  # fmt: skip

    def __init__(self, limit: float, state: State = BEGIN) -> None:
        """`limit` of the score comes from `limits.limit_for`."""
        self.limit = limit
        self.first, self.day, self.value, self.entries, baseline, waiting, excursion, self.flare, self.evidence = state
        (
            self.mean,
            self.weight,
            self.squares,
            self.products,
            self.pairs,
            self.learned_day,
            self.learned_value,
        ) = baseline
        self.waiting = deque(waiting)
        self.score, self.since, self.excursion_entries, self.above, self.total = excursion
        # Whether the very last entry raised a sustained worsening, or ended a flare.
        self.raised, self.flared = state.raised, state.flared
        self.rests_until = self.evidence.day + REST if self.evidence else -1
        self.summarise()

    def state(self) -> State:
        return State(
            self.first,
            self.day,
            self.value,
            self.entries,
            Baseline(
                self.mean,
                self.weight,
                self.squares,
                self.products,
                self.pairs,
                self.learned_day,
                self.learned_value,
            ),
            tuple(self.waiting),
            Excursion(self.score, self.since, self.excursion_entries, self.above, self.total),
            self.flare,
            self.evidence,
        )

    def take(self, day: int, value: float) -> None:
        """
        One more logged day: `day` counts from any day of the person's, `value` is 0-10.

        Raises ValueError for a value off the scale or a day that is not after the last; nothing has changed then.
        """
        if not 0 <= value <= WORST:
            raise ValueError(f"a day's value lies between 0 and {WORST}, not {value}")
        if day <= self.day:
            raise ValueError(f"day {day} does not come after day {self.day}")
        self.raised = self.flared = False
        self.entries += 1
        if day < self.rests_until:
            # An episode is open: only remember what the new baseline will need.
            self.excursion_entries += 1
            self.above += value > self.mean
            self.total += value
        else:
            if self.day < self.rests_until:
                self.start_again()
            self.watch(day, value)
        self.day, self.value = day, value

    def watch(self, day: int, value: float) -> None:
        waiting = self.waiting
        while waiting and waiting[0][0] <= day - LAG:
            self.learn(*waiting.popleft())
        waiting.append((day, value))
        if self.first < 0:
            self.first = day
        watched = day - self.first
        if self.entries >= START_ENTRIES and watched >= START_DAYS and self.weight >= FEWEST_BASELINE_ENTRIES:
            self.add_to_score(day, value)
            self.look_for_flare(day, value)
            if self.score > 0 and day - self.since >= YOUNG:
                seldom = SELDOM * log(self.entries / (watched + 1) / USUAL_SHARE)
                if self.score >= self.limit + seldom:
                    self.raise_worsening(day)

    def start_again(self) -> None:
        """The level of the entries since the worsening began; the spread as it was, worth no more than they are."""
        self.squares *= min(self.weight, self.excursion_entries) / self.weight
        self.mean, self.weight = self.total / self.excursion_entries, self.excursion_entries
        self.learned_day = -1
        self.waiting.clear()
        self.end_excursion()
        self.summarise()

    def learn(self, day: int, value: float) -> None:
        """The baseline with one more entry."""
        mean, weight = self.mean, self.weight + 1
        if weight == 1:
            self.mean, self.weight = value, 1.0
        else:
            furthest = OUTLIER * self.deviation
            away = held(value - mean, furthest)
            if day - self.learned_day == 1:
                self.products += held(self.learned_value - mean, furthest) * away
                self.pairs += 1
            self.mean, self.weight = mean + away / weight, weight
            self.squares += away * away * (1 - 1 / weight)
            if weight > MEMORY:
                kept = MEMORY / weight
                self.weight = MEMORY
                self.squares *= kept
                self.products *= kept
                self.pairs *= kept
        self.learned_day, self.learned_value = day, value
        self.summarise()

    def summarise(self) -> None:
        """What the sums of the baseline come to."""
        self.variance = variance = (self.squares + PRIOR_SQUARES) / (self.weight + SPREAD_WEIGHT)
        self.deviation = sqrt(variance)
        found = (self.products / variance + PRIOR_PRODUCTS) / (self.pairs + PERSISTENCE_WEIGHT)
        self.persistence = held(found, MOST_PERSISTENCE) if found > 0 else 0.0

    def add_to_score(self, day: int, value: float) -> None:
        mean = self.mean
        carried = self.persistence ** (day - self.day)
        variance = self.variance * (1 - carried * carried)
        furthest = CLIP * sqrt(variance)
        surprise = held((value - mean) - carried * (self.value - mean), furthest)
        rise = RISE * (1 - carried)
        score = self.score + rise / variance * (surprise - rise / 2)
        if score <= 0:
            self.end_excursion()
            return
        if not self.excursion_entries:
            self.since = day
        self.score = min(score, YOUNG_SCORE) if day - self.since < YOUNG else score
        self.excursion_entries += 1
        self.above += value > mean
        self.total += value

    def end_excursion(self) -> None:
        self.score, self.since, self.excursion_entries, self.above, self.total = NO_EXCURSION

    def look_for_flare(self, day: int, value: float) -> None:
        """
        A flare is told when it is over: at least `FLARE_ENTRIES` entries in a row `FLARE` deviations above the
        baseline, then one within `FLARE_OVER` of it, at most `FLARE_LONGEST` days after the first.
        """
        deviations = (value - self.mean) / self.deviation
        flare = self.flare
        running = flare.since >= 0 and flare.over < 0
        if running and day - flare.since > FLARE_LONGEST:
            flare, running = NO_FLARE, False
        if deviations >= FLARE:
            flare = Flare(flare.since, day, flare.entries + 1) if running else Flare(day, day, 1)
        elif running and flare.entries < FLARE_ENTRIES:
            flare = NO_FLARE
        elif running and deviations <= FLARE_OVER:
            flare = flare._replace(over=day)
            self.flared = True
        self.flare = flare

    def raise_worsening(self, day: int) -> None:
        recent = self.total / self.excursion_entries
        self.evidence = Evidence(day, self.since, self.mean, recent, self.above, self.excursion_entries)
        self.rests_until = day + REST
        self.flare = NO_FLARE
        self.raised, self.flared = True, False


def held(value: float, furthest: float) -> float:
    """Between `-furthest` and `furthest`. Twice as fast as with min and max, several times an entry."""
    if value > furthest:
        return furthest
    return value if value >= -furthest else -furthest


def follow(entries: Iterable[tuple[int, float]], limit: float, state: State = BEGIN) -> Iterator[State]:
    """The state after each (day, value), days ascending. Kept states are checkpoints: go on from any of them."""
    detector = Detector(limit, state)
    for day, value in entries:
        detector.take(day, value)
        yield detector.state()


def step(state: State, day: int, value: float, limit: float) -> State:
    """The state after one more logged day: `Detector.take`."""
    detector = Detector(limit, state)
    detector.take(day, value)
    return detector.state()
