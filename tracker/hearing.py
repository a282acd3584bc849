"""Where a sign belongs: which flag it speaks for, one that stands, one that is over, or a new one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q
from django.utils import timezone

from tracker.models import Flag, FlagSign, RedFlagCheck, spoken_for
from tracker.redflags.episodes import CHECKED, is_covered, is_worse, last_checked, overs
from tracker.redflags.news import NEWS, is_old_news
from tracker.signs import Key, Signs


class Heard(NamedTuple):
    """The flag that a sign speaks for, whether that is new, or was over before; `again`: it said so before."""

    flag: Flag
    sign: FlagSign
    again: bool = False
    new: bool = False
    woken: bool = False


class Listener:
    """
    Takes down what one source says, into the person's `flags`.

    `known` are the signs of the source, and of the checks that it asked for, in whatever flag they are.
    """

    def __init__(self, owner_id: UUID, key: Key, flags: Sequence[Flag]) -> None:
        self.owner_id, self.key, self.flags = owner_id, key, list(flags)
        about = [key[1]]
        if key[0] == "log":
            about += RedFlagCheck.objects.filter(owner=owner_id, entry=key[1]).present().values_list("pk", flat=True)
        self.known = list(FlagSign.objects.filter(flag__owner=owner_id, source_id__in=about).select_related("flag"))

    def hear(self, said: Signs) -> tuple[list[Heard], list[Flag]]:
        """What was heard, and the flags for which the source speaks no more."""
        return [self.take(rule, sign) for rule, sign in said.items()], self.withdraw(said)

    def withdraw(self, said: Collection[str]) -> list[Flag]:
        """It holds nowhere any more, nor in what is over."""
        gone = [one for one in self.known if one.key == self.key and not one.withdrawn and one.flag.rule not in said]
        FlagSign.objects.filter(pk__in=[one.pk for one in gone]).update(withdrawn=True)
        by_id = {flag.pk: flag for flag in self.flags}
        return [by_id.get(one.flag_id, one.flag) for one in gone]

    def take(self, rule: str, sign: FlagSign) -> Heard:
        of_rule = [flag for flag in self.flags if flag.rule == rule]
        standing = next((flag for flag in of_rule if flag.stands), None)
        over = {flag.pk: flag for flag in of_rule if not flag.stands}
        if standing is None or self.own_sign(standing) is None:
            settled = self.settled_with(sign, rule, over) or self.quiet_in(sign, of_rule, standing)
            if settled is not None:
                return self.write(sign, settled)
        if standing is not None:
            return self.write(sign, standing)
        woken = self.woken_by(sign, list(over.values()))
        if woken is not None:
            # It stands for whatever else is heard in this round.
            woken.state, woken.resolved_at = "reopened", None
            return self.write(sign, woken)._replace(again=False, woken=True)
        return self.begin(rule, sign)

    def own_sign(self, flag: Flag) -> FlagSign | None:
        return next((one for one in self.known if one.flag_id == flag.pk and one.key == self.key), None)

    def settled_with(self, sign: FlagSign, rule: str, over: dict[UUID, Flag]) -> Flag | None:
        """
        What the source said was settled already, or what a check said that the entry had asked for.

        What arrives after the person settled a flag was not settled by that, however early it is dated: the device may
        have a slow clock.
        """
        for before in self.known:
            flag = over.get(before.flag_id)
            if flag is None or flag.resolved_at is None or flag.reason == "corrected":
                continue
            if before.key == self.key and is_covered(sign, before, rule, flag.resolved_at):
                return flag
            answered = not before.withdrawn and not is_worse(sign.level, before.level)
            if before.key != self.key and answered and sign.at <= flag.resolved_at:
                return flag
        return None

    def quiet_in(self, sign: FlagSign, of_rule: Sequence[Flag], standing: Flag | None) -> Flag | None:
        """The episode that a clinician has looked at, when the sign tells nothing new since."""
        checked = last_checked(of_rule)
        if checked is None or checked.resolved_at is None or sign.answer in NEWS:
            return None
        then: Collection[str | None] = ()
        if sign.answer != "unchanged":
            signs = checked.signs.active().filter(at__lte=checked.resolved_at)
            then = set(signs.order_by().values_list("answer", flat=True).distinct())
        old = is_old_news(
            answer=sign.answer,
            level=sign.level,
            at=sign.at,
            since=sign.since,
            checked_at=checked.resolved_at,
            said_then=then,
        )
        if not old:
            return None
        news = spoken_for([standing])[standing.pk].news if standing else None
        return None if news and news <= sign.at else checked

    def woken_by(self, sign: FlagSign, over: Sequence[Flag]) -> Flag | None:
        """The flag that its own source once took back, or the last one that is over, when this is worse."""
        own = [flag for flag in over if flag.reason == "corrected" and self.own_sign(flag)]
        if own:
            return max(own, key=lambda flag: (flag.opened_at, flag.pk))
        last = next(iter(overs(over)), None)
        if last is None or last.resolved_at is None:
            return None
        return last if sign.at < last.resolved_at and is_worse(sign.level, last.level) else None

    def begin(self, rule: str, sign: FlagSign) -> Heard:
        now = timezone.now()
        flag = Flag(owner_id=self.owner_id, rule=rule, level=sign.level, evidence={"signs": []})
        flag.opened_at, flag.raised_at, flag.changed_at = sign.at, now, now
        flag.save(force_insert=True)
        self.flags.append(flag)
        return self.write(sign, flag)._replace(new=True)

    def write(self, sign: FlagSign, flag: Flag) -> Heard:
        """In place of what the source said for this flag before."""
        before, sign.flag = self.own_sign(flag), flag
        if before is not None:
            if before.says() == sign.says():
                return Heard(flag, before, again=True)
            sign.pk, sign._state.adding = before.pk, False
            if (before.answer, before.level, before.withdrawn) == (sign.answer, sign.level, False):
                sign.heard_at = before.heard_at
        sign.save()
        self.known = [*(one for one in self.known if one is not before), sign]
        return Heard(flag, sign)


def gather_quiet(flag: Flag, news: Sequence[Flag]) -> bool:
    """
    Signs that told nothing new when they arrived belong to `flag` after all, where it began before them.

    Whichever arrives first, "unchanged" after "new" is about what is new. Returns whether there were any.
    """
    first = spoken_for([flag])[flag.pk].news
    checked = last_checked(news)
    if first is None or checked is None or checked.resolved_at is None:
        return False
    looked = [
        one for one in news if one.reason in CHECKED and one.resolved_at and one.resolved_at >= checked.resolved_at
    ]
    guests = FlagSign.objects.active().filter(flag__in=looked, at__gte=first)
    guests = guests.filter(Q(at__gt=F("flag__resolved_at")) | Q(flag__reason="known"))
    here = set(flag.signs.filter(source_id__in=guests.values("source_id")).values_list("source", "source_id"))
    copies = [one for one in guests if one.key not in here]
    for one in copies:
        one.pk, one.flag = None, flag
    FlagSign.objects.bulk_create(copies)
    return bool(copies)
