"""
The life of a flag: raised once an episode by what a person writes, seen, resolved, reopened.

Who may act for whom is the caller's to know (the care link): `by` is who acts, `owner` whose flag it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from rest_framework.exceptions import ValidationError

from accounts.models import User
from tracker.models import Flag, FlagChange, RedFlagCheck, SymptomLog
from tracker.recovering import recover, relapse
from tracker.redflags.episodes import (
    PRESSING,
    active,
    episode_for,
    is_known,
    is_worse,
    level_of,
    moment_of,
    reopens,
    take,
    told_at,
    withdraw,
)
from tracker.signs import Signs, Source, body_before, entries_spoken_of, key_of, signs_of
from tracker.turning import is_later, not_ahead, reopened_by_a_person, turn

LONGEST_SNOOZE = timedelta(days=90)


class Confirmed(NamedTuple):
    """When the person confirmed having read what to do; `unread`: the rules about which that device knew otherwise."""

    at: datetime
    unread: frozenset[str]


@transaction.atomic
def refresh_flags(*, source: Source, first: bool, read: Confirmed | None = None) -> None:
    """
    Bring the person's flags in line with what `source` says now. Safe to repeat.

    The caller holds the person's diary (`hold_diary_of`) since before it wrote `source`. `first`: this is its first
    version. `read`: the person has just confirmed having read what to do about it. What a correction takes back is
    withdrawn and stays to be read; nothing is deleted.
    """
    signs = signs_of(source)
    before = body_before(source) if isinstance(source, RedFlagCheck) else None
    entries = entries_spoken_of(source, before) if isinstance(source, RedFlagCheck) else []
    denied = {rule for rule, said in before["answers"].items() if said == "no"} if before else set()
    if not (signs or entries or denied):
        # Most entries: nothing in them, and nothing that they could take back.
        new_entry = first and isinstance(source, SymptomLog)
        if new_entry or not Flag.objects.filter(owner=source.owner_id).standing().exists():
            return
    found = {key_of(source): signs, **{key_of(one): signs_of(one) for one in entries}}
    flags = hear_all(source.owner_id, found, denied)
    if isinstance(source, RedFlagCheck):
        recover(flags)
        relapse([flag for flag in flags if flag.rule in denied])
        if read is not None:
            confirm(source, [flag for flag in flags if flag.rule not in read.unread], read.at)


def hear_all(owner_id: UUID, found: Mapping[tuple[str, str], Signs], denied: set[str]) -> list[Flag]:
    """The person's flags, and those of the rules `denied` that stood, after all that was `found` has been heard."""
    flags = flags_about(owner_id, denied.union(*found.values()))
    before = {flag.pk: flag.evidence["signs"] for flag in flags}
    for key, said in found.items():
        flags = hear(owner_id, key, said, flags)
    for flag in flags:
        heard = [sign for sign in flag.evidence["signs"] if sign not in before.get(flag.pk, [])]
        if heard:
            settle(flag, [other for other in flags if other.rule == flag.rule and other is not flag], heard)
    return flags


def confirm(check: RedFlagCheck, flags: Sequence[Flag], read_at: datetime) -> None:
    """The person has read what to do about what the check, and the entry that asked for it, say."""
    read = {("check", str(check.pk)), ("log", str(check.entry))}
    for flag in flags:
        # The advice for a milder answer is not that for the flag.
        worst = {(sign["source"], sign["id"]) for sign in active(flag) if sign["level"] == flag.level}
        if worst & read:
            see(flag, check.owner, read_at)


def hold_diary_of(owner_id: UUID) -> None:
    """
    Until the transaction ends, taken before any other lock and before anything is read.

    An entry and the check about it are read together. Two devices that write at once must find one another's words.
    Raises Http404 for a person who has been erased meanwhile.
    """
    if not User.objects.select_for_update(no_key=True).filter(pk=owner_id).values_list("pk"):
        raise Http404


def flags_about(owner_id: UUID, rules: set[str]) -> list[Flag]:
    """The red flags that stand, and those of `rules` that stood."""
    rows = Flag.objects.filter(Q(rule__in=rules) | ~Q(state="resolved"), owner=owner_id, stream="")
    # Of two episodes that an entry spoke for, the later one is what it is about.
    return [flag for flag in rows.order_by("-opened_at", "-id") if is_red(flag)]


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


def settle(flag: Flag, others: Sequence[Flag], heard: Sequence[Mapping[str, Any]]) -> None:
    """Draw the consequence of the flag's evidence, of which `heard` is new, and save it."""
    level, state, reason = level_of(flag), flag.state, flag.reason
    was = (flag.level, state) if flag.raised_at else None
    if not flag.stands:
        if level is not None and reopens(flag, level):
            state, reason = "reopened", ""
    elif level is None:
        state, reason = "resolved", "corrected"
    elif is_known(flag, others) and reopened_by_a_person(flag) is None:
        state, reason = "resolved", "known"
    elif state == "seen" and (is_worse(level, flag.level) or got_worse(flag, heard)):
        state = "reopened"
    if level is not None and (flag.stands or state != "resolved"):
        flag.level = level
    if level is not None:
        flag.opened_at = min(moment_of(one) for one in active(flag))
    turn(flag, state, reason, by=None, noted=(flag.level, state) != was)


def got_worse(flag: Flag, heard: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a sign says so that was noted after the person had read what to do."""
    worse = [sign for sign in heard if sign["answer"] == "worse" and not sign["withdrawn"]]
    return any(is_later(moment_of(sign), flag.seen_at) for sign in worse)


def see(flag: Flag, by: User, at: datetime | None) -> None:
    told = told_at(flag) if is_red(flag) else None
    if flag.state in ("open", "reopened") and not (told and is_later(told, at)):
        flag.seen_at = not_ahead(at)
        turn(flag, "seen", "", by=by, at=flag.seen_at)


@transaction.atomic
def mark_seen(*, owner: User, by: User, id: UUID, at: datetime | None = None) -> Flag:
    """
    The person confirms at `at` having read what to do. Safe to repeat. Raises Http404.

    Who read it before the worst was noted has not read that: then the flag stays as it is.
    """
    flag = locked(owner, id)
    see(flag, by, at)
    return flag


@transaction.atomic
def resolve_flag(*, owner: User, by: User, id: UUID, reason: str, at: datetime | None = None) -> Flag:
    """
    `reason` of `RESOLUTIONS`. Safe to repeat: the first reason stands.

    Said offline, it is about what was noted until `at`: later signs stand, in an episode of their own, and a flag that
    was reopened since is left alone. Raises Http404, and ValidationError (`read_first`) for what cannot wait and nobody
    has read yet.
    """
    flag = locked(owner, id)
    if not flag.stands or flag.changes.filter(state="reopened", at__gt=not_ahead(at)).exists():
        return flag
    if flag.level in PRESSING and flag.state != "seen":
        raise ValidationError("Confirm first that you have read what to do.", code="read_first")
    signs = active(flag) if is_red(flag) else []
    later = [sign for sign in signs if is_later(moment_of(sign), at)]
    if later and later == signs:
        return flag
    if later:
        flag.evidence = {**flag.evidence, "signs": [one for one in flag.evidence["signs"] if one not in later]}
    turn(flag, "resolved", reason, by=by, at=at)
    if later:
        settle(Flag(owner=owner, rule=flag.rule, evidence={"signs": later}), [flag], later)
    return flag


@transaction.atomic
def snooze_flag(*, owner: User, by: User, id: UUID, until: datetime, reason: str) -> Flag:
    """
    Put a trend off until a moment, for a reason of `SNOOZES`; it counts as read. Safe to repeat.

    Raises Http404, and ValidationError for a red flag (`not_a_trend`), one that is settled (`settled`), and more than
    `LONGEST_SNOOZE` ahead (`too_late`). A moment that has passed is taken: a device may have been offline.
    """
    flag = locked(owner, id)
    if is_red(flag):
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


def is_red(flag: Flag) -> bool:
    """Or else a trend."""
    return "signs" in flag.evidence


def locked(owner: User, id: UUID) -> Flag:
    hold_diary_of(owner.pk)
    flag = Flag.objects.for_user(owner).filter(pk=id).first()
    if flag is None:
        raise Http404
    return flag
