"""What following one stream remembers between two entries, and the figures behind what it raised. Pure."""

from __future__ import annotations

from typing import Any, NamedTuple


class Baseline(NamedTuple):
    """Sums over the entries that are old enough; `weight` counts them, up to `detector.MEMORY`."""

    mean: float = 0.0
    weight: float = 0.0
    squares: float = 0.0
    products: float = 0.0
    pairs: float = 0.0
    day: int = -1
    value: float = 0.0


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
