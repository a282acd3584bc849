"""
Supersets: neighbours with one number are done in turn, a set of each, with a rest after each round. Pure.

An item is a mapping with `superset` (a number, or None: done by itself) and `round_rest_seconds`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple


class Fault(NamedTuple):
    item: int
    field: str
    code: str


MESSAGES = {
    "superset_apart": "The exercises of one superset must stand next to each other.",
    "superset_alone": "A superset needs at least two exercises.",
    "superset_rest": "The rest after a round is the same for a whole superset, and 0 without one.",
}


def superset_faults(items: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    """What is wrong with the supersets of a list, in the order of its items."""
    seen: set[int] = set()
    for number, group in groupby(range(len(items)), key=lambda n: items[n]["superset"]):
        members = list(group)
        # By itself an exercise has no round; in a superset the first one's rest is everybody's.
        rest = 0 if number is None else items[members[0]]["round_rest_seconds"]
        if number in seen:
            yield Fault(members[0], "superset", "superset_apart")
        elif number is not None and len(members) == 1:
            yield Fault(members[0], "superset", "superset_alone")
        for n in members:
            if items[n]["round_rest_seconds"] != rest:
                yield Fault(n, "round_rest_seconds", "superset_rest")
        if number is not None:
            seen.add(number)


def without_torn(items: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Those of which an edit left no sound superset, done by themselves."""
    torn = {items[fault.item]["superset"] for fault in superset_faults(items)}
    alone = {"superset": None, "round_rest_seconds": 0}
    return [{**item, **alone} if item["superset"] in torn else dict(item) for item in items]
