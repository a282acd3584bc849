"""
What of the pain rule the server needs: whether it rose. Pure.

The limits themselves are applied on the phone, in the middle of an exercise, and its verdict is recorded as it was
given. A limit is a level: whoever begins at it has reached it without anything getting worse. So a rise is told apart;
`tests/contracts/painrule_cases.json` holds the phone to the same answer.
"""

from __future__ import annotations

from collections.abc import Mapping

STREAMS = ("pain", "numbness")


def risen(before: Mapping[str, int | None], now: Mapping[str, int | None]) -> bool | None:
    """
    Is pain or numbness (0-10, None: not rated) higher now than it was before? None: that cannot be told.

    Of a rating of 0 it can, whatever it was before.
    """
    said = [(before[stream], value) for stream in STREAMS if (value := now[stream]) is not None]
    if any(start is not None and value > start for start, value in said):
        return True
    if not said or any(start is None and value > 0 for start, value in said):
        return None
    return False
