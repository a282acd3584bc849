"""What the detector costs: CPU milliseconds, and how much room its state takes."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable

from tracker.trends import follow, step, stream_limit, worsening_days


def cost() -> dict[str, str]:
    chance = random.Random(1)
    values = [min(10, max(0, round(chance.gauss(4, 1.2)))) for _ in range(3653)]
    limit = stream_limit()
    ten_years = list(follow(enumerate(values[:-1]), limit))[-1]
    return {
        "`worsening_days` of 400 days": milliseconds(lambda: worsening_days(values[:400]), 20),
        "one more entry after ten years of days": milliseconds(lambda: step(ten_years, 3652, values[-1], limit), 2000),
        "an edit two years back": milliseconds(lambda: list(follow(enumerate(values[:731]), limit)), 20),
        "ten years anew": milliseconds(lambda: list(follow(enumerate(values), limit)), 3),
        "a state as JSON": f"{len(json.dumps(ten_years)):,} bytes",
    }


def milliseconds(work: Callable[[], object], times: int) -> str:
    """The fastest of `times` runs: what else the machine does only makes a run longer."""
    took = []
    for _ in range(times):
        began = time.process_time_ns()
        work()
        took.append(time.process_time_ns() - began)
    return f"{min(took) / 1e6:.3g} ms"
