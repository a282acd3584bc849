"""What the benchmark found, in words and tables: docs/trends.md."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from benchmarks.trends.cost import cost
from benchmarks.trends.judging import HARDER, Judged, Row

HEAD = """# How well trends are found
Written by `python -m benchmarks.trends`. **These are simulated diaries**: they say how the detector behaves on people
made up after the product's design, with its numbers, not how well it serves patients. No clinical claim is made.

{people:,} people, seeds {seeds} (never used for tuning or calibration); a change comes on day 90; "found" counts
those who had not been raised before. A false alarm is a raised day without any change, after the first 28 days.
The reference limit knows each person's level, rhythms, spread, persistence and spikes, and the size of the rise; for
each change the best of three assumed rises is shown. It knows nothing of flares: they raise it.

## Targets
At 0.5 false alarms a person-year of one stream, seed by seed.

"""

NOTES = """
A flare that is raised: within 28 days of its first day, in which {chance:.2f} of people are raised by chance alone.

![Share found by days since the change](trends/found.svg)

## Fewer or more false alarms
"""

TOGETHER = """
![What fewer false alarms cost](trends/trade-off.svg)

## All streams and rules of one person
Four streams that share half of their day-to-day movement, the furthest region, flares and spreading, each with its
share of 0.5 a year. Flags a person-year, nothing ever changing:

"""

LEFT_OUT = """
The share of 0.5 that each stream gets is what a change in one stream alone pays for the others. A sixth stream, the
mean of the four, was tried with half of a share: it found a step of all four little sooner and a step of one of them
later, so it was left out.
"""

STEPS = """
A step in all four streams is flagged by any of them within 14 and 28 days, of those not flagged before
(a third of the people):

"""

EXERCISING = """
## Exercises that aggravate
`aggravated-by` is told from the ratings of sessions, not from the diary. Made-up people train four times a week, three
of six exercises each, none of which does anything; how often a year one of them is told to aggravate (a twentieth of
the people). It comes on top of the flags above, for those who rate their sessions:

"""


def markdown(
    people: int, seeds: Sequence[int], judged: Sequence[Judged], curve: list[dict[str, float]], several: dict[str, Any]
) -> tuple[str, bool]:
    """The document, and whether a target was missed."""
    checks = list(zip(*(targets(*one) for one in zip(judged, several["stable"], strict=True)), strict=True))
    missed = not all(reached for seeds_of in checks for _, _, reached in seeds_of)
    lines = table(["target", *(f"seed {seed}" for seed in seeds), "reached"], [check_row(one) for one in checks])
    first = judged[0]
    text = HEAD.format(people=people, seeds=", ".join(map(str, seeds))) + lines
    text += "\n## Against other rules\n" + rivals(first)
    text += NOTES.format(chance=first.rows["shipped"].stable["stable"] * 28 / 365)
    text += table(list(curve[0]), [[f"{value:.2f}" for value in row.values()] for row in curve])
    heads = ["rule", *(f"seed {seed}" for seed in seeds)]
    rules = [[rule, *(f"{one.get(rule, 0):.3f}" for one in several["stable"])] for rule in several["stable"][0]]
    text += TOGETHER + table(heads, rules)
    text += STEPS
    steps = {**{f"+{step:g}": share for step, share in several["found"].items()}, "-2": several["improved"]}
    text += table(["step", "14 days", "28 days"], [[k, f"{v[14]:.2f}", f"{v[28]:.2f}"] for k, v in steps.items()])
    text += LEFT_OUT
    text += EXERCISING + table(["sensitivity", "a year"], [[k, f"{v:.3f}"] for k, v in several["exercising"].items()])
    text += "\n## Cost of one stream\n" + table(["", "CPU"], [list(one) for one in cost().items()])
    return text, missed


def targets(one: Judged, together: dict[str, float]) -> list[tuple[str, str, bool]]:
    """(target, what was measured, reached)."""
    row, limit = one.rows["shipped"], one.limit
    two, known = row.changes["+2"], limit.changes["+2"]
    chance = row.stable["stable"] * 84 / 365
    figures: list[tuple[str, float, str, float]] = [
        ("false alarms a year, stable", row.stable["stable"], "<=", 0.55),
        ("+2: mean days over the reference limit's", two.mean / known.mean, "<=", 1.15),
        ("+2: found by 14 days", two.within(14), ">=", 0.78),
        ("+1: found by 28 days", row.changes["+1"].within(28), ">=", 0.58),
        ("+0.5 a week: median days", row.changes["+0.5 a week"].median, "<=", 25),
        ("false alarms a year, with flares", row.stable["flares"], "<=", 0.8),
        ("false alarms a year, wandering baseline", row.stable["wandering"], "<=", 0.8),
        ("3-day flares raised as worsening", row.flare, "<=", 0.20),
        ("false alarms a year, noisiest third", row.thirds[2], "<=", 0.7),
        (f"-2: raised in 84 days (by chance {chance:.2f})", row.changes["-2"].within(83), "<=", chance),
        ("one entry a week: +2 found by 42 days", one.weekly.within(42), ">=", 0.75),
        ("one entry a week: false alarms a year", row.stable["one entry a week"], "<=", 0.5),
        ("all streams and rules, flags a year, stable", together["all"], "<=", 0.5),
    ]
    return [
        (f"{name} {sign} {bound:.2f}", f"{value:.2f}", value <= bound if sign == "<=" else value >= bound)
        for name, value, sign, bound in figures
    ]


def check_row(checks: Sequence[tuple[str, str, bool]]) -> list[str]:
    return [checks[0][0], *(value for _, value, _ in checks), "yes" if all(one for *_, one in checks) else "**no**"]


def rivals(judged: Judged) -> str:
    heads = ["", "stable", *HARDER, "thirds", "+1 by 28 d", "+2 by 14 d", "+2 mean", "+0.5/week median", "flare raised"]
    rows = {**judged.rows, "all known (reference limit)": judged.limit}
    return table(heads, [[name, *cells(row)] for name, row in rows.items()])


def cells(row: Row) -> list[str]:
    return [
        *(f"{often:.2f}" for often in row.stable.values()),
        " ".join(f"{often:.2f}" for often in row.thirds),
        f"{row.changes['+1'].within(28):.2f}",
        f"{row.changes['+2'].within(14):.2f}",
        f"{row.changes['+2'].mean:.1f}",
        f"{row.changes['+0.5 a week'].median:g}",
        f"{row.flare:.2f}",
    ]


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    ruled = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in ruled) + "\n"
