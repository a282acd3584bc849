"""What a "no" ends, and what stands again when the "no" is taken back."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.models import Flag, RedFlagCheck, spoken_for
from tracker.turning import reopened_by_a_person, resolved_by_rules, turn


def recover(flags: list[Flag]) -> None:
    """
    A later "no" ends what could wait, whichever of the two arrived first.

    What could not wait ends when the person says so, even if it has passed.
    """
    for flag in flags:
        if flag.stands and flag.level in ("W", "N"):
            gone = no_to_all_of(flag)
            if gone is not None:
                turn(flag, "resolved", "recovered", by=None, at=gone.answered_at)


def relapse(flags: Sequence[Flag]) -> None:
    """A "no" that was corrected or deleted has ended nothing."""
    for flag in flags:
        beside = any(other.stands and other.rule == flag.rule for other in flags)
        ended = flag.reason == "recovered" and resolved_by_rules(flag)
        if ended and not beside and spoken_for([flag])[flag.pk].level and no_to_all_of(flag) is None:
            turn(flag, "reopened", "", by=None)


def no_to_all_of(flag: Flag) -> RedFlagCheck | None:
    """
    The first "no" after all that speaks for the flag, and after the person took back that it was over.

    Nothing was noted after it arrived: a clock that runs fast must not end what is still to come.
    """
    heard = spoken_for([flag])[flag.pk].heard
    if heard is None:
        return None
    last = max(heard, reopened_by_a_person(flag) or heard)
    checks = RedFlagCheck.objects.filter(owner=flag.owner_id).present()
    noes = checks.filter(answered_at__gt=last, received_at__gt=last, **{f"answers__{flag.rule}": "no"})
    return noes.order_by("answered_at").first()
