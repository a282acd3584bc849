"""What speaks for a flag, for somebody who sees the days from one on. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any


def evidence_since(evidence: Mapping[str, Any], begin: datetime | None) -> dict[str, Any]:
    """
    A flag's evidence without what is from before `begin` (midnight of the first day that is shown; None: all is).

    `earlier` is true when something was left out: of a trend that began before all of it, as its figures are of the
    whole.
    """
    if begin is None:
        return dict(evidence)
    if "signs" in evidence:
        kept = [sign for sign in evidence["signs"] if datetime.fromisoformat(sign["at"]) >= begin]
        if len(kept) < len(evidence["signs"]):
            return {**evidence, "signs": kept, "count": len(kept), "earlier": True}
    elif "since" in evidence and date.fromisoformat(evidence["since"]) < begin.date():
        return {"earlier": True}
    return dict(evidence)
