"""The words of a hand-out in a person's language, and how they make times, dates and lists. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from exercises.catalogue import in_language

Words = Mapping[str, Any]


@cache
def words_of(language: str) -> dict[str, Any]:
    found: dict[str, Any] = in_language(json.loads((Path(__file__).parent / "words.json").read_bytes()), language)
    return found


def counted(forms: Sequence[str], count: int, **more: Any) -> str:
    return forms[count != 1].format(count=count, **more)


def joined(parts: Sequence[str], words: Words) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return str(words["and"]).format(first=", ".join(parts[:-1]), last=parts[-1])


def date_words(day: date, words: Words) -> str:
    return str(words["date"]).format(day=day.day, month=words["months"][day.month - 1], year=day.year)


def short_date_words(day: date, words: Words) -> str:
    return str(words["short_date"]).format(day=day.day, month=words["short_months"][day.month - 1])


def time_words(seconds: int, words: Words) -> str:
    minutes, rest = divmod(seconds, 60)
    if not minutes or (rest and seconds < 120):
        return counted(words["seconds"], seconds)
    whole = counted(words["minutes"], minutes)
    return str(words["minutes_and"]).format(minutes=whole, seconds=counted(words["seconds"], rest)) if rest else whole
