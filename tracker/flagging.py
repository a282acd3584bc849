"""
The life of a flag: raised once an episode by what a person writes, seen, resolved, reopened.

Who may act for whom is the caller's to know (the care link): `by` is who acts, `owner` whose flag it is.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q
from django.http import Http404
from django.utils import timezone
from rest_framework.exceptions import ValidationError

from accounts.models import User
from tracker.models import Flag, FlagChange, RedFlagCheck, SymptomLog
from tracker.redflags import evaluate, evaluate_check
from tracker.redflags.episodes import (
    active,
    episode_for,
    is_known,
    is_worse,
    level_of,
    reopens,
    take,
    withdraw,
)

LONGEST_SNOOZE = timedelta(days=90)

Source = SymptomLog | RedFlagCheck
# The sign that each rule finds in a source.
Signs = dict[str, dict[str, Any]]


@transaction.atomic
def refresh_flags(
    *, source: Source, first: bool, read_at: datetime | None = None, entry_before: UUID | None = None
) -> None:
    """
    Bring the person's flags in line with what `source` says now. Safe to repeat.

    The caller holds the person's diary (`hold_diary_of`) since before it wrote `source`. `first`: this is its first
    version. `read_at`: the person has just confirmed having read what to do about it. `entry_before`: the entry that a
    check was about until now. What a correction takes back is withdrawn and stays to be read; nothing is deleted.
    """
    signs = signs_of(source)
    entry = source.entry if isinstance(source, RedFlagCheck) else None
    entries = entries_spoken_of(source.owner_id, {entry, entry_before})
    if not signs and not entries:
        # Most entries: nothing in them, and nothing that they could take back.
        new_entry = first and isinstance(source, SymptomLog)
        if new_entry or not Flag.objects.filter(owner=source.owner_id).standing().exists():
            return
    found = {key_of(source): signs, **{key_of(one): signs_of(one) for one in entries}}
    flags = flags_about(source.owner_id, {rule for said in found.values() for rule in said})
    before = {flag.pk: flag.evidence for flag in flags}
    for key, said in found.items():
        flags = hear(source.owner_id, key, said, flags)
    for flag in flags:
        if flag.evidence != before.get(flag.pk):
            settle(flag, [other for other in flags if other.rule == flag.rule and other is not flag])
    if isinstance(source, RedFlagCheck):
        recover(flags)
    if read_at is not None:
        read = {("check", str(source.pk)), ("log", str(entry))}
        for flag in flags:
            if {(sign["source"], sign["id"]) for sign in active(flag)} & read:
                see(flag, source.owner, read_at)


def hold_diary_of(owner_id: UUID) -> None:
    """
    Until the transaction ends, taken before any other lock and before anything is read.

    An entry and the check about it are read together. Two devices that write at once must find one another's words.
    """
    list(User.objects.select_for_update(no_key=True).filter(pk=owner_id).values_list("pk"))


def flags_about(owner_id: UUID, rules: set[str]) -> list[Flag]:
    """The red flags that stand, and those of `rules` that stood."""
    rows = Flag.objects.filter(Q(rule__in=rules) | ~Q(state="resolved"), owner=owner_id, stream="")
    # Of two episodes that an entry spoke for, the later one is what it is about.
    return [flag for flag in rows.order_by("-opened_at", "-id") if "signs" in flag.evidence]


def entries_spoken_of(owner_id: UUID, ids: set[UUID | None]) -> list[SymptomLog]:
    """A check that an entry asked for says more precisely what the entry marked, and no more when it lets go of it."""
    known = [id for id in ids if id]
    return list(SymptomLog.objects.filter(owner=owner_id, pk__in=known)) if known else []


def key_of(source: Source) -> tuple[str, str]:
    return "check" if isinstance(source, RedFlagCheck) else "log", str(source.pk)


def signs_of(source: Source) -> Signs:
    if source.deleted_at:
        return {}
    if isinstance(source, RedFlagCheck):
        flags = evaluate_check(source.answers)["flags"]
        return {
            flag["rule"]: sign(source, flag["level"], source.answers[flag["rule"]], source.answered_at)
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


def sign(source: Source, level: str, answer: str | None, at: datetime) -> dict[str, Any]:
    kind, id = key_of(source)
    moment = at.astimezone(UTC).isoformat()
    return {"source": kind, "id": id, "answer": answer, "level": level, "at": moment, "withdrawn": False}


def hear(owner_id: UUID, key: tuple[str, str], said: Signs, flags: list[Flag]) -> list[Flag]:
    """Write what a source says into the evidence. Returns the flags with the new ones, which are not saved yet."""
    for flag in flags:
        if flag.stands and flag.rule not in said:
            withdraw(*key, flag)
    for rule, one in said.items():
        of_rule = [flag for flag in flags if flag.rule == rule]
        episode = episode_for(one, of_rule)
        if episode is None:
            episode = Flag(owner_id=owner_id, rule=rule, level=one["level"], evidence={"signs": []})
            flags = [*flags, episode]
        if not episode.stands and reopens(episode, one["level"]):
            # It stands again for whatever else is heard in this round.
            episode.resolved_at = None
        take(one, episode)
    return flags


def settle(flag: Flag, others: list[Flag]) -> None:
    """Draw the consequence of the flag's evidence, and save it."""
    level, state, reason = level_of(flag), flag.state, flag.reason
    was = (flag.level, state) if flag.raised_at else None
    if not flag.stands:
        if level is not None and reopens(flag, level):
            state, reason = "reopened", ""
    elif level is None:
        state, reason = "resolved", "corrected"
    elif is_known(flag, others) and reopened_by_a_person(flag) is None:
        state, reason = "resolved", "known"
    elif state == "seen" and is_worse(level, flag.level):
        state = "reopened"
    if level is not None and (flag.stands or state != "resolved"):
        flag.level = level
    if level is not None:
        flag.opened_at = min(datetime.fromisoformat(one["at"]) for one in active(flag))
    turn(flag, state, reason, by=None, noted=(flag.level, state) != was)


def recover(flags: list[Flag]) -> None:
    """
    A later "no" ends what could wait, whichever of the two arrived first.

    What could not wait ends when the person says so, even if it has passed.
    """
    for flag in flags:
        if flag.stands and flag.level in ("W", "N") and active(flag):
            gone = no_to_all_of(flag)
            if gone is not None:
                turn(flag, "resolved", "recovered", by=None, at=gone.answered_at)


def no_to_all_of(flag: Flag) -> RedFlagCheck | None:
    """The first "no" after all that speaks for the flag, and after the person took back that it was over."""
    last = max(datetime.fromisoformat(one["at"]) for one in active(flag))
    taken_back = reopened_by_a_person(flag)
    checks = RedFlagCheck.objects.filter(owner=flag.owner_id, answered_at__gt=max(last, taken_back or last)).present()
    return checks.filter(**{f"answers__{flag.rule}": "no"}).order_by("answered_at").first()


def reopened_by_a_person(flag: Flag) -> datetime | None:
    """When somebody last said that it is not over."""
    changes = flag.changes.filter(state="reopened", by__isnull=False)
    return changes.aggregate(last=Max("at"))["last"]


def turn(
    flag: Flag, state: str, reason: str, *, by: User | None, at: datetime | None = None, noted: bool = True
) -> None:
    """Save the flag in its new state, and note the step."""
    now = timezone.now()
    moment = not_ahead(at)
    flag.state, flag.reason, flag.changed_at = state, reason, now
    flag.raised_at = flag.raised_at or now
    flag.resolved_at = (flag.resolved_at or moment) if state == "resolved" else None
    if state != "seen":
        flag.snoozed_until = None
    flag.save()
    if noted:
        FlagChange.objects.create(flag=flag, at=moment, by=by, state=state, level=flag.level, reason=reason)


def not_ahead(at: datetime | None) -> datetime:
    """A device's clock may run fast, and what it settles must not hide signs that are still to come."""
    now = timezone.now()
    return min(at or now, now).astimezone(UTC)


def see(flag: Flag, by: User, at: datetime | None) -> None:
    if flag.state in ("open", "reopened"):
        flag.seen_at = not_ahead(at)
        turn(flag, "seen", "", by=by, at=flag.seen_at)


@transaction.atomic
def mark_seen(*, owner: User, by: User, id: UUID, at: datetime | None = None) -> Flag:
    """The person confirms at `at` having read what to do. Safe to repeat. Raises Http404."""
    flag = locked(owner, id)
    see(flag, by, at)
    return flag


@transaction.atomic
def resolve_flag(*, owner: User, by: User, id: UUID, reason: str, at: datetime | None = None) -> Flag:
    """
    `reason` of `RESOLUTIONS`. Safe to repeat: the first reason stands.

    Raises Http404, and ValidationError (`read_first`) for an emergency that nobody has read yet.
    """
    flag = locked(owner, id)
    if not flag.stands:
        return flag
    if flag.level == "E" and flag.state != "seen":
        raise ValidationError("Confirm first that you have read what to do.", code="read_first")
    turn(flag, "resolved", reason, by=by, at=at)
    return flag


@transaction.atomic
def snooze_flag(*, owner: User, by: User, id: UUID, until: datetime, reason: str) -> Flag:
    """
    Put a trend off until a moment, for a reason of `SNOOZES`; it counts as read. Safe to repeat.

    Raises Http404, and ValidationError for a red flag (`not_a_trend`), one that is settled (`settled`), and more than
    `LONGEST_SNOOZE` ahead (`too_late`). A moment that has passed is taken: a device may have been offline.
    """
    flag = locked(owner, id)
    if "signs" in flag.evidence:
        raise ValidationError("A sign that needs a doctor cannot be put off.", code="not_a_trend")
    if flag.snoozed_until == until:
        return flag
    if not flag.stands:
        raise ValidationError("It is settled already.", code="settled")
    if until > timezone.now() + LONGEST_SNOOZE:
        raise ValidationError({"until": [f"At most {LONGEST_SNOOZE.days} days ahead."]}, code="too_late")
    see(flag, by, None)
    flag.snoozed_until, flag.changed_at = until, timezone.now()
    flag.save()
    FlagChange.objects.create(flag=flag, at=flag.changed_at, by=by, state=flag.state, level=flag.level, reason=reason)
    return flag


@transaction.atomic
def reopen_flag(*, owner: User, by: User, id: UUID, at: datetime | None = None) -> Flag:
    """
    Take back that it was resolved. Safe to repeat.

    Raises Http404, and ValidationError when the same sign has been raised anew since (`another_stands`), and when what
    raised it was corrected (`corrected`): nothing speaks for it any more.
    """
    flag = locked(owner, id)
    if flag.stands:
        return flag
    if flag.reason == "corrected":
        raise ValidationError("What raised it was corrected: write down what you notice.", code="corrected")
    if Flag.objects.for_user(owner).standing().filter(rule=flag.rule, stream=flag.stream).exists():
        raise ValidationError("The same sign stands again already.", code="another_stands")
    turn(flag, "reopened", "", by=by, at=at)
    return flag


def locked(owner: User, id: UUID) -> Flag:
    hold_diary_of(owner.pk)
    flag = Flag.objects.for_user(owner).filter(pk=id).first()
    if flag is None:
        raise Http404
    return flag
