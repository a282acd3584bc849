"""
`python -m benchmarks.trends [people]` judges the shipped detector and writes docs/trends.md and its charts;
`python -m benchmarks.trends calibrate [people]` measures the table of tracker/trends/limits.py.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.trends import exercising, together
from benchmarks.trends.judging import Judged, judge, limits, trade_off
from benchmarks.trends.metrics import WATCHED
from benchmarks.trends.plots import Line, chart
from benchmarks.trends.report import markdown

DOCS = Path(__file__).resolve().parents[2] / "docs"
# Never used for tuning or calibration, whose seeds are below 1,000.
SEEDS = (20_271, 20_272)
OFTEN = (0.1, 0.25, 0.5, 0.75, 1.0)


def main(people: int) -> int:
    judged = [judge(people, seed) for seed in SEEDS]
    curve = trade_off(people, SEEDS[0], OFTEN)
    several = {
        "stable": [together.stable(people, seed) for seed in SEEDS],
        "exercising": exercising.told_a_year(people // 20, SEEDS[0]),
        "found": {step: together.found(step, people // 3, SEEDS[0]) for step in (1.0, 2.0)},
        "improved": together.found(-2.0, people // 3, SEEDS[0]),
    }
    text, missed = markdown(people, SEEDS, judged, curve, several)
    (DOCS / "trends").mkdir(exist_ok=True)
    (DOCS / "trends.md").write_text(text)
    (DOCS / "trends" / "found.svg").write_text(found_chart(judged[0]))
    (DOCS / "trends" / "trade-off.svg").write_text(trade_off_chart(curve))
    print(text)
    return int(missed)


def found_chart(judged: Judged) -> str:
    days = range(WATCHED + 1)
    lines = [
        Line(f"{name}, {who}", [(day, row.changes[name].within(day)) for day in days], colour, dashed)
        for colour, name in enumerate(("+2", "+1", "+0.5 a week"))
        for who, row, dashed in (("shipped", judged.rows["shipped"], False), ("limit", judged.limit, True))
    ]
    return chart(
        "Share found, by days since the change (0.5 false alarms a year)",
        "days since the change",
        "share found",
        lines,
        (0, 14, 28, 42, 56, 70, 84),
        (0, 0.2, 0.4, 0.6, 0.8, 1),
    )


def trade_off_chart(curve: list[dict[str, float]]) -> str:
    lines = [
        Line(name, [(row["measured"], row[name]) for row in curve], colour)
        for colour, name in enumerate(("+2 by 14 days", "+1 by 28 days", "flare raised"))
    ]
    return chart(
        "What fewer false alarms cost",
        "false alarms a person-year, measured",
        "share",
        lines,
        (0, 0.25, 0.5, 0.75, 1, 1.25),
        (0, 0.2, 0.4, 0.6, 0.8, 1),
    )


if __name__ == "__main__":
    asked = sys.argv[1:]
    if asked[:1] == ["calibrate"]:
        for measured, limit in limits(int(asked[1]) if asked[1:] else 6000):
            print(f"    ({measured:.3f}, {limit}),")
    else:
        sys.exit(main(int(asked[0]) if asked else 3000))
