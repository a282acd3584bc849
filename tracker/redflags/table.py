"""The rule table as its file has it. Its shape is `rules.schema.json`'s."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from tracker.vocabulary import LEVELS

FOLDER = Path(__file__).parent


@cache
def read_table() -> dict[str, Any]:
    """`version`, the words for answers and levels, and `groups` and `rules` in the order of asking, the worst first."""
    found: dict[str, Any] = json.loads((FOLDER / "rules.json").read_bytes())
    return found


@cache
def rules_by_id() -> dict[str, dict[str, Any]]:
    """In the order of asking."""
    return {rule["id"]: rule for rule in read_table()["rules"]}


@cache
def known_answers() -> tuple[str, ...]:
    """Every answer that some question takes, in the order of the table."""
    return tuple(dict.fromkeys(answer for rule in rules_by_id().values() for answer in rule["answers"]))


def worst(levels: Iterable[str | None]) -> str | None:
    """None where nothing needs checking."""
    return min((level for level in levels if level is not None), key=LEVELS.index, default=None)
