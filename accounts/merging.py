"""
How two devices' edits of one document come together. Pure.

A document is cut into fields: a mapping from a field's name to its JSON value, where a missing name means "not there".
Three copies meet: `base`, which the author had seen; `current`, which the server has; `incoming`, which the author
sends. Fields changed on one side only keep that change; a field changed on both takes the incoming value, because the
server's order of arrival is the only clock that all devices share. A kind of document may know better (`Choose`): of
two answers about an emergency the worse one is kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Fields = dict[str, Any]
# Of a field's name, the server's and the author's value (None where it was removed): whether the server's is kept.
Choose = Callable[[str, Any, Any], bool]
_ABSENT = object()


def take_incoming(name: str, current: Any, incoming: Any) -> bool:
    return False


@dataclass(frozen=True)
class Merge:
    fields: Fields
    overwritten: tuple[str, ...]
    """Names of the fields that both sides changed, each to another value: the server's copy lost there."""


def merge(*, base: Fields, current: Fields, incoming: Fields, keeps_current: Choose = take_incoming) -> Merge:
    fields: Fields = {}
    overwritten = []
    for name in {**current, **incoming}:
        old, theirs, ours = (side.get(name, _ABSENT) for side in (base, current, incoming))
        mine = _differs(ours, old)
        if mine and _differs(theirs, old) and _differs(theirs, ours):
            if keeps_current(name, current.get(name), incoming.get(name)):
                mine = False
            else:
                overwritten.append(name)
        value = ours if mine else theirs
        if value is not _ABSENT:
            fields[name] = value
    return Merge(fields, tuple(sorted(overwritten)))


def digest(body: dict[str, Any] | None, base_version: int | None) -> str:
    """Recognises a submission that arrives again. `body` None stands for a deletion."""
    text = json.dumps([base_version, body], sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _differs(one: Any, other: Any) -> bool:
    if one is _ABSENT or other is _ABSENT:
        return one is not other
    return bool(one != other)
