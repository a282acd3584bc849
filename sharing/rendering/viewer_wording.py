"""The words of the page that opens SMART Health Links. Pure."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from exercises.catalogue import in_language


@cache
def viewer_words(language: str) -> dict[str, str]:
    return dict(in_language(json.loads(Path(__file__).with_name("viewer_words.json").read_bytes()), language))
