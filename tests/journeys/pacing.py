"""How fast journeys make accounts: one address may make 20 a minute, and all phones of a worker have the same one."""

from __future__ import annotations

import time
from collections import deque

# Fewer than 20: some accounts are made in other ways than by the step that asks here.
_MADE: deque[float] = deque(maxlen=14)


def take_turns() -> None:
    """Waits until one more account may be made."""
    if len(_MADE) == _MADE.maxlen:
        time.sleep(max(0, _MADE[0] + 61 - time.monotonic()))
    _MADE.append(time.monotonic())
