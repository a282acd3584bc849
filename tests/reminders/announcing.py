"""What the tests of announcements share: a clock that stands, and ticks a while later."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from reminders.announcing import OVERLAP
from reminders.models import Delivery
from reminders.tasks import tick
from tests.tracker.factories import answer
from tracker.models import Flag

# Longer than anything is held back for.
A_WHILE = timedelta(minutes=6)
URGENT = {"foot-drop": "new"}
MILD = {"medicine": "new"}


def raise_flag(owner: User, answers: dict[str, str] | None = None) -> Flag:
    """As the person's own answers raise it, now."""
    before = set(Flag.objects.for_user(owner).values_list("pk", flat=True))
    answer(owner, answers or URGENT, answered_at=timezone.now().isoformat())
    return Flag.objects.for_user(owner).exclude(pk__in=before).get()


def ticks_for(clock, minutes: int) -> None:
    """A tick a minute, as long as that."""
    for _ in range(minutes):
        clock.shift(timedelta(minutes=1))
        tick()


def tick_later(clock, later: timedelta = A_WHILE) -> None:
    clock.shift(later)
    tick()


def look_back_over(clock) -> None:
    """Until nothing of what was told is looked at any more."""
    ticks_for(clock, int((OVERLAP + A_WHILE) / timedelta(minutes=1)) + 2)


def deliveries(owner: User, channel: str) -> list[tuple[str, str]]:
    rows = Delivery.objects.for_user(owner).filter(channel=channel).order_by("send_at", "pk")
    return [(one.about, one.state) for one in rows]
