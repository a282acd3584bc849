"""How far a fault test goes: a short way in `make test`, the whole way by `make faults`."""

from __future__ import annotations

import os

FULL = os.environ.get("FAULTS") == "full"


def count(short: int, full: int) -> int:
    return full if FULL else short
