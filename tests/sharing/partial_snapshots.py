"""The example as somebody sees it who may not see all of it, or of somebody who wrote nothing."""

from __future__ import annotations

from sharing.snapshot import Snapshot
from sharing.vocabulary import SECTIONS
from tests.sharing.snapshots import example


def only(sections: list[str]) -> Snapshot:
    """The example as it is made for somebody who may see those sections only."""
    whole = example(sections=sections)
    shown = set(sections)
    for day in whole["days"]:
        if "symptoms" not in shown:
            day.update(numbness=None, tingling=None, pain=None, weakness=None, sleep=None)  # type: ignore[call-arg]
            day["means"] = dict.fromkeys(day["means"])
        if "diary" not in shown:
            day.update(triggers=[], self_care=[])
        if "notes" not in shown:
            day["notes"] = []
    empty = {
        "symptoms": {"changes": [], "interference": [], "activities": []},
        "flags": {"red_flags": None, "flags": []},
        "exercises": {"program": [], "adherence": None, "exercises": []},
        "body": {"body": None},
    }
    for section, blank in empty.items():
        if section not in shown:
            whole.update(blank)  # type: ignore[typeddict-item]
    return whole


def without_entries() -> Snapshot:
    whole = only([])
    for day in whole["days"]:
        day.update(entries=0, sessions=0)
    return {**whole, "sections": list(SECTIONS), "question": "", "period": {**whole["period"], "logged": 0}}
