"""
The life of a flag: raised once an episode by what a person writes, seen, resolved, reopened.

Who may act for whom is the caller's to know (the care link): `by` is who acts, `owner` whose flag it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.http import Http404
from django.utils import timezone
from rest_framework.exceptions import ValidationError

from accounts.models import User
from tracker.hearing import Heard, Listener, gather_quiet
from tracker.knowing import has_read, unknown_to
from tracker.models import Flag, FlagChange, FlagSign, RedFlagCheck, Spoken, SymptomLog, show_signs, spoken_for
from tracker.recovering import recover, relapse
from tracker.redflags.episodes import PRESSING, is_worse, last_checked
from tracker.redflags.news import LOOK_AGAIN
from tracker.signs import Key, Signs, Source, body_before, checks_about, entries_spoken_of, key_of, signs_of
from tracker.turning import CLOCKS_DIFFER, is_ahead, not_ahead, reopened_by_a_person, turn

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
        standing = Flag.objects.filter(owner=source.owner_id).standing()
        spoke = FlagSign.objects.filter(source_id=source.pk)
        if new_entry or not (standing.exists() or spoke.exists()):
            return
    found = {key_of(source): signs, **{key_of(one): signs_of(one) for one in entries}}
    flags = hear_all(source.owner_id, found, denied)
    if isinstance(source, RedFlagCheck):
        recover(flags)
        relapse([flag for flag in flags if flag.rule in denied])
        if read is not None:
            confirm(source, [flag for flag in flags if flag.rule not in read.unread], read.at)
    elif signs:
        # The check that it asked for arrived before it.
        for check in checks_about(source):
            confirm(check, flags, check.confirmed_at)


def hear_all(owner_id: UUID, found: Mapping[Key, Signs], denied: set[str]) -> list[Flag]:
    """The person's flags, and those of the rules `denied` that stood, after all that was `found` has been heard."""
    flags = flags_about(owner_id, denied.union(*found.values()))
    heard: list[Heard] = []
    touched: list[Flag] = []
    for key, said in found.items():
        listener = Listener(owner_id, key, flags)
        taken, gone = listener.hear(said)
        flags = listener.flags
        heard += [one for one in taken if not one.again]
        touched += gone
    by_id = {flag.pk: flag for flag in [*touched, *(one.flag for one in heard)]}
    for flag in by_id.values():
        gather_quiet(flag, [other for other in flags if other.rule == flag.rule and not other.stands])
    settle(list(by_id.values()), flags, heard)
    return flags


def confirm(check: RedFlagCheck, flags: Sequence[Flag], read_at: datetime | None) -> None:
    """The person has read what to do about what the check, and the entry that asked for it, say."""
    read = FlagSign.objects.active().filter(
        Q(source="check", source_id=check.pk) | Q(source="log", source_id=check.entry)
    )
    worst = set(read.filter(flag__in=flags, level=F("flag__level")).values_list("flag", flat=True))
    for flag in flags:
        # The advice for a milder answer is not that for the flag.
        if flag.pk in worst:
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
    return [flag for flag in rows.order_by("-opened_at", "-id") if is_red(flag)]


def settle(changed: Sequence[Flag], flags: Sequence[Flag], heard: Sequence[Heard]) -> None:
    """Draw the consequence of what speaks for the flags that `changed`, and save them."""
    spoken = spoken_for(changed)
    show_signs(changed, spoken)
    for flag in changed:
        others = [other for other in flags if other.rule == flag.rule and other is not flag]
        settle_one(flag, spoken[flag.pk], others, [one for one in heard if one.flag is flag])


def settle_one(flag: Flag, spoken: Spoken, others: Sequence[Flag], heard: Sequence[Heard]) -> None:
    new, woken = any(one.new for one in heard), any(one.woken for one in heard)
    was = None if new or woken else (flag.level, flag.state)
    level, state, reason = spoken.level, flag.state, flag.reason
    if woken:
        reason = ""
    elif not flag.stands:
        pass
    elif level is None:
        state, reason = "resolved", "corrected"
    elif is_known(spoken, others) and (new or reopened_by_a_person(flag) is None):
        state, reason = "resolved", "known"
    elif state == "seen" and (is_worse(level, flag.level) or got_worse(flag, heard)):
        state = "reopened"
    if level is not None and (flag.stands or state != "resolved"):
        flag.level = level
    if spoken.first is not None:
        flag.opened_at = spoken.first
    turn(flag, state, reason, by=None, noted=(flag.level, state) != was)


def is_known(spoken: Spoken, others: Sequence[Flag]) -> bool:
    """Whether all that speaks for it is unchanged since a clinician looked."""
    checked = last_checked(others)
    if checked is None or checked.resolved_at is None or spoken.last is None or spoken.news is not None:
        return False
    return spoken.last - checked.resolved_at < LOOK_AGAIN


def got_worse(flag: Flag, heard: Sequence[Heard]) -> bool:
    """Whether a sign says so that was noted after the person had read what to do."""
    seen_at = flag.seen_at
    return seen_at is not None and any(one.sign.answer == "worse" and one.sign.at > seen_at for one in heard)


def see(flag: Flag, by: User, at: datetime | None) -> None:
    """What was put off until then has been read again, and is put off no more."""
    moment = not_ahead(at)
    if flag.state == "seen":
        if flag.snoozed_until is None or flag.snoozed_until > moment:
            return
        flag.snoozed_until = None
    elif flag.state == "resolved" or (is_red(flag) and not has_read(flag, spoken_for([flag])[flag.pk].told, at)):
        return
    flag.seen_at = moment
    turn(flag, "seen", "", by=by, at=moment)


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
    if not flag.stands or is_undone(flag, at):
        return flag
    if flag.level in PRESSING and flag.state != "seen":
        raise ValidationError("Confirm first that you have read what to do.", code="read_first")
    later = unknown_to(flag, at) if is_red(flag) else FlagSign.objects.none()
    apart = list(later)
    if apart and not flag.signs.active().exclude(pk__in=[one.pk for one in apart]).exists():
        return flag
    turn(flag, "resolved", reason, by=by, at=at)
    if apart:
        split(flag, apart)
    return flag


def is_undone(flag: Flag, at: datetime | None) -> bool:
    """Whether it was reopened after it had been settled at `at`, or perhaps after."""
    if is_ahead(at) and flag.state == "reopened":
        return True
    return flag.changes.filter(state="reopened", at__gt=not_ahead(at)).exists()


def split(flag: Flag, apart: Sequence[FlagSign]) -> None:
    """They stand, in an episode of their own."""
    now = timezone.now()
    anew = Flag(owner=flag.owner, rule=flag.rule, level=flag.level, evidence={"signs": []})
    anew.opened_at, anew.raised_at, anew.changed_at = apart[0].at, now, now
    anew.save(force_insert=True)
    FlagSign.objects.filter(pk__in=[one.pk for one in apart]).update(flag=anew)
    spoken = spoken_for([flag])
    show_signs([flag], spoken)
    flag.save()
    others = list(Flag.objects.filter(owner=flag.owner_id, rule=flag.rule).exclude(pk=anew.pk))
    settle([anew], others, [Heard(anew, one, new=True) for one in apart])


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
    Take back that it was resolved. Safe to repeat. Said offline, it is about what had been settled until `at`.

    Raises Http404, and ValidationError when the same sign has been raised anew since (`another_stands`), and when what
    raised it was corrected (`corrected`): nothing speaks for it any more.
    """
    flag = locked(owner, id)
    if flag.stands or (at and flag.resolved_at and flag.resolved_at > at + CLOCKS_DIFFER):
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
