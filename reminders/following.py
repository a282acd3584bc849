"""
What becomes of what waits to be told (due and not sent yet, tried and to be tried again, held back by quiet hours, put
off by the person) when the person changes its reminder.

- Its ways: it goes by the new ones, no sooner than by the old, unless one of those has told it already. A push that
  stands at a dead end keeps the e-mail that took its place. Without any way it waits for as long as it would have been
  tried: whoever chooses one in time is told.
- Its times, weekdays or dates: what was due at a time that the rule has no more is withdrawn. What the person put off
  stands: they asked for it by hand. So does what was due on the wall of another time zone, as on a journey.
- Paused for that day, switched off, deleted: withdrawn, also what was put off. Who was told of it before is not told
  that nothing was sent: their answer stays.
- Its words or what it is about: said as they are when it goes out.

Whether it stands is asked when it goes out, and when it is shown: whoever switches a reminder off and on again, or
undoes a deletion, loses nothing that was still to come. Then it is written down, for the log. What is on its way at the
very moment of the change cannot be called back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from reminders.models import Delivery, Occurrence, Reminder
from reminders.vocabulary import REROUTED
from reminders.ways import INSTEAD, Reach
from tracker.flagging import hold_diary_of


def follow(reminder: Reminder, channels_before: Sequence[str]) -> None:
    """After a change, in its transaction, with the owner held: the clock has written down all or nothing of it."""
    rows = list(still_to_come(reminder))
    # Whoever asks what has changed is told of these, too: they may stand no more, or again.
    Occurrence.objects.filter(pk__in=[one.pk for one in rows]).update(changed_at=timezone.now())
    if not rows or reminder.channels == list(channels_before):
        return
    reach = Reach([reminder.owner_id])
    for one in rows:
        one.reminder = reminder
        reroute(one, reach)


def still_to_come(reminder: Reminder) -> Iterable[Occurrence]:
    """What waits of it, and what would if its ways had not been given up."""
    waits = Q(deliveries__state="pending")
    in_time = Q(deliveries__expires_at__gt=timezone.now(), deliveries__turn=F("snoozes"))
    unanswered = Q(state="due") | Q(snoozed_until__isnull=False)
    given_up = Q(deliveries__state="cancelled", deliveries__problem=REROUTED) & in_time & unanswered
    return Occurrence.objects.filter(waits | given_up, reminder=reminder).distinct()


def reroute(one: Occurrence, reach: Reach) -> None:
    sent = Delivery.objects.filter(occurrence=one, turn=one.snoozes).exclude(channel="inbox")
    # Locked: what comes of one that is being sent is written before this is read, or not at all.
    before = {(row.channel, row.endpoint): row for row in sent.order_by("pk").select_for_update(of=("self",))}
    places = reach.places(one.owner_id, [*one.reminder.channels, *stand_ins(one, reach, before)])
    sent.filter(pk__in=[row.pk for place, row in before.items() if place not in places]).cancel(REROUTED)
    if any(row.state == "accepted" for row in before.values()):
        return
    given_up = [row for row in before.values() if row.problem == REROUTED]
    replaced = [row for row in before.values() if row.state == "pending"] + given_up
    opened = deliveries_to([place for place in places if place not in before], one, replaced)
    Delivery.objects.bulk_create(opened)
    again = [row.pk for row in given_up if (row.channel, row.endpoint) in places]
    at, until = window(one, replaced)
    fresh = {"state": "pending", "problem": "", "attempt": 0, "ended_at": None}
    sent.filter(pk__in=again, state="cancelled").update(try_at=at, send_at=at, expires_at=until, **fresh)


def stand_ins(one: Occurrence, reach: Reach, before: Mapping[tuple[str, str], Delivery]) -> list[str]:
    """Of the ways that it has now: what tells instead of those that are at a dead end, with nowhere left to try."""
    found = []
    for channel, instead in INSTEAD.items():
        states = {row.state for row in before.values() if row.channel == channel}
        dead = "failed" in states and not states & {"pending", "accepted"}
        if channel not in one.reminder.channels or not dead:
            continue
        open_to = [place for place in reach.places(one.owner_id, [channel]) if place[0] == channel]
        if all(place in before and before[place].problem != REROUTED for place in open_to):
            found.append(instead)
    return found


def window(one: Occurrence, instead_of: Iterable[Delivery]) -> tuple[datetime, datetime]:
    """From when until when its present turn is told; what quiet hours held back meanwhile is held back by all ways."""
    replaced = list(instead_of)
    at = max([one.told_again_at, *(row.send_at for row in replaced)])
    return at, max([at + one.reminder.grace, *(row.expires_at for row in replaced)])


def deliveries_to(
    places: Sequence[tuple[str, str]], one: Occurrence, instead_of: Iterable[Delivery] = ()
) -> list[Delivery]:
    """Of its present turn, at its time."""
    at, until = window(one, instead_of)
    return [
        Delivery(
            owner_id=one.owner_id,
            occurrence=one,
            subject=str(one.pk),
            channel=channel,
            endpoint=endpoint,
            turn=one.snoozes,
            send_at=at,
            expires_at=until,
            try_at=at,
        )
        for channel, endpoint in places
    ]


@transaction.atomic
def withdraw(occurrence: Occurrence) -> None:
    """
    End what waits of it, and say so where nobody was told of it. Raises Http404 for a person erased meanwhile.

    Unless it stands after all: a change made meanwhile counts, and whoever comes after the lease sends it.
    """
    hold_diary_of(occurrence.owner_id)
    rows = Occurrence.objects.select_related("reminder").select_for_update(of=("self",))
    row = rows.filter(pk=occurrence.pk).first()
    if row is None or row.stands:
        return
    if row.is_withdrawn:
        row.settle_as_withdrawn(timezone.now())
        row.save()
    Delivery.objects.filter(occurrence=row).cancel("withdrawn")
