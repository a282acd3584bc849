"""What one entry or one check says: the sign that each rule finds in it, beside what else was said of the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from accounts.models import Revision
from tracker.models import FlagSign, RedFlagCheck, SymptomLog
from tracker.redflags import evaluate, evaluate_check

Source = SymptomLog | RedFlagCheck
# `log` or `check`, and its id.
Key = tuple[str, UUID]
# The sign that each rule finds in a source, not saved and of no flag yet.
Signs = dict[str, FlagSign]


def body_before(check: RedFlagCheck) -> dict[str, Any] | None:
    """What the version before this one said; None: there was none."""
    if check.version == 1:
        return None
    revision = Revision.objects.of(check).filter(version=check.version - 1).first()
    return revision.body if revision else None


def entries_spoken_of(check: RedFlagCheck, before: Mapping[str, Any] | None) -> list[SymptomLog]:
    """A check that an entry asked for says more precisely what the entry marked, and no more when it lets go of it."""
    ids = {str(id) for id in (check.entry, before and before["entry"]) if id}
    return list(SymptomLog.objects.filter(owner=check.owner_id, pk__in=ids)) if ids else []


def checks_about(log: SymptomLog) -> list[RedFlagCheck]:
    """Those that the entry asked for and whose advice was read."""
    checks = RedFlagCheck.objects.filter(owner=log.owner_id, entry=log.pk).present()
    return [check for check in checks.order_by("answered_at", "id") if check.confirmed_at]


def key_of(source: Source) -> Key:
    return "check" if isinstance(source, RedFlagCheck) else "log", source.pk


def signs_of(source: Source) -> Signs:
    if source.deleted_at:
        return {}
    if isinstance(source, RedFlagCheck):
        flags = evaluate_check(source.answers)["flags"]
        return {
            flag["rule"]: sign(
                source,
                flag["level"],
                source.answers[flag["rule"]],
                source.answered_at,
                source.since.get(flag["rule"]),
            )
            for flag in flags
        }
    found = {
        flag["rule"]: sign(source, flag["level"], None, source.occurred_at)
        for flag in evaluate(source.written_readings)
    }
    return {rule: one for rule, one in found.items() if rule not in said_more_precisely(source)} if found else {}


def said_more_precisely(log: SymptomLog) -> set[str]:
    """The rules about which a check that the entry asked for knows more. A "no" does not: then the entry is wrong."""
    checks = RedFlagCheck.objects.filter(owner=log.owner_id, entry=log.pk).present()
    return {
        flag["rule"]
        for answers in checks.values_list("answers", flat=True)
        for flag in evaluate_check(answers)["flags"]
        if answers[flag["rule"]] != "unsure"
    }


def sign(source: Source, level: str, answer: str | None, at: datetime, since: str | None = None) -> FlagSign:
    kind, id = key_of(source)
    began = date.fromisoformat(since) if since else None
    return FlagSign(
        source=kind, source_id=id, answer=answer, since=began, level=level, at=at, heard_at=source.changed_at
    )
