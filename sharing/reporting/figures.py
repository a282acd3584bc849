"""
The arithmetic of a report's figures, in whole numbers throughout. Pure.

A mean is rounded once, to tenths, half away from zero: a binary fraction would turn 0.25 and 0.35 by chance.
"""

from __future__ import annotations

from collections.abc import Iterable

# A change counts from so many tenths of a point, or from a share of the start and at least so many (3-clinical, 5).
COUNTS = 20
SHARE_PERCENT, SHARE_AT_LEAST = 30, 10
# More is better.
HIGHER_IS_BETTER = frozenset(["sleep"])


def tenths_of(total: int, count: int) -> int:
    """The mean `total / count` in tenths, half away from zero."""
    size = (20 * abs(total) + count) // (2 * count)
    return size if total >= 0 else -size


def mean(total: int, count: int) -> float | None:
    return tenths_of(total, count) / 10 if count else None


def mean_of(values: Iterable[int | None], fewest: int = 1) -> float | None:
    """Of those that are known; None for fewer than `fewest`."""
    known = [value for value in values if value is not None]
    return mean(sum(known), len(known)) if len(known) >= fewest else None


def change_between(start: float | None, now: float | None) -> float | None:
    """Of two figures in tenths, exactly."""
    return None if start is None or now is None else (round(now * 10) - round(start * 10)) / 10


def meaning_of(key: str, start: float | None, change: float | None) -> str:
    """better, worse, same or unknown."""
    if start is None or change is None:
        return "unknown"
    size, base = abs(round(change * 10)), round(start * 10)
    if size < COUNTS and (size < SHARE_AT_LEAST or 100 * size < SHARE_PERCENT * base):
        return "same"
    return "better" if (change > 0) == (key in HIGHER_IS_BETTER) else "worse"
