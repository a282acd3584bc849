"""What a person does with signs by their names: a device that noted one itself does not know its flag yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import User
from tracker.flagging import hold_diary_of, is_red, is_undone, resolve_flag, see
from tracker.models import Flag
from tracker.redflags.episodes import PRESSING


@transaction.atomic
def read_signs(*, owner: User, by: User, rules: Sequence[str], at: datetime | None = None) -> list[Flag]:
    """The person confirms at `at` having read what to do about these signs. Answers their flags. Safe to repeat."""
    return for_each(owner, rules, lambda flag: see(flag, by, at))


@transaction.atomic
def settle_signs(*, owner: User, by: User, rules: Sequence[str], reason: str, at: datetime | None = None) -> list[Flag]:
    """
    These signs are over: read, and settled for a reason of `RESOLUTIONS`. Answers their flags. Safe to repeat.

    It is about what was noted until `at`. What was noted later, and what turned worse so that nobody can have read it,
    stands.
    """

    def settle(flag: Flag) -> None:
        if is_undone(flag, at):
            return
        see(flag, by, at)
        if flag.state == "seen" or flag.level not in PRESSING:
            resolve_flag(owner=owner, by=by, id=flag.pk, reason=reason, at=at)

    return for_each(owner, rules, settle)


def for_each(owner: User, rules: Sequence[str], act: Callable[[Flag], None]) -> list[Flag]:
    """Do `act` with each standing red flag of the rules. Answers these flags, and what else stands of the rules now."""
    hold_diary_of(owner.pk)
    rows = Flag.objects.for_user(owner).filter(rule__in=rules, stream="")
    flags = [flag for flag in rows.standing().order_by("opened_at", "id") if is_red(flag)]
    for flag in flags:
        act(flag)
    return [flag for flag in rows if flag.stands or flag.pk in {one.pk for one in flags}]
