"""
The catalogue as files: one JSON file an exercise, and `routines.json` with the starter routines. Pure.

Text is keyed by language in the files and never mixed on the way out: a person reads one language, English where
theirs is missing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

FILES = Path(__file__).parent / "catalogue"
NOT_EXERCISES = {"schema.json", "routines.json"}

T = TypeVar("T")


def read_exercises(folder: Path = FILES) -> list[dict[str, Any]]:
    """Every exercise as its file has it, in the order of slugs."""
    files = sorted(folder.glob("*.json"), key=lambda file: file.stem)
    return [json.loads(file.read_bytes()) for file in files if file.name not in NOT_EXERCISES]


@cache
def starters() -> dict[UUID, dict[str, Any]]:
    """The starter routines by their fixed ids, in the order of the file."""
    return {UUID(routine["id"]): routine for routine in json.loads((FILES / "routines.json").read_bytes())}


def in_language(texts: Mapping[str, T], language: str) -> T:
    """The text for a language tag: `de-AT` takes that, else `de`, else English."""
    for tag in (language, language.partition("-")[0]):
        if tag in texts:
            return texts[tag]
    return texts["en"]
