"""Reminders as notifications on the person's devices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.http import Http404
from django.utils import timezone
from rest_framework.exceptions import Throttled

from accounts.models import User
from reminders.models import Delivery, PushSubscription
from reminders.push.outcomes import Outcome, Verdict
from reminders.pushing import keep_outcome, send_push
from reminders.sending import Came, Sent
from reminders.wording import say, words_for

# Seconds: between two tests of a person, each of which holds a thread of the web server; and until one is of no use.
TEST_AGAIN = 10
TEST_TTL = 120


def endpoints_of(owners: Collection[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    alive = PushSubscription.objects.alive().filter(owner__in=owners).order_by("created_at")
    for owner, id in alive.values_list("owner", "pk"):
        found[owner].append(str(id))
    return found


def send(delivery: Delivery) -> Sent:
    alive = PushSubscription.objects.for_user(delivery.owner).alive()
    subscription = alive.filter(pk=delivery.endpoint).first()
    if subscription is None:
        return Sent(Came.GONE, "no_subscription")
    outcome = send_push(
        subscription,
        message_of(delivery),
        topic=f"{delivery.about} {delivery.subject}",
        ttl=max(1, int((delivery.expires_at - timezone.now()).total_seconds())),
        attempt=max(0, delivery.attempt - 1),
    )
    keep_outcome(subscription=subscription, outcome=outcome)
    return came_of(outcome)


def message_of(delivery: Delivery) -> dict[str, Any]:
    """What the service worker shows. `tag`: a later one of the same takes the place of the one that is shown."""
    said = say(delivery, timezone.now())
    return {
        "about": delivery.about,
        "id": delivery.subject,
        "tag": f"{delivery.about}-{delivery.subject}",
        "title": said.title,
        "body": said.body,
        "turn": delivery.turn,
    }


def send_test(*, owner: User, id: UUID) -> Outcome:
    """
    Push to this device at once, to see whether it arrives; takes up to ten seconds.

    Raises Http404 where the person has no such device, and Throttled soon after another test.
    """
    subscription = PushSubscription.objects.for_user(owner).alive().filter(pk=id).first()
    if subscription is None:
        raise Http404
    if not cache.add(f"push-test:{owner.pk}", True, TEST_AGAIN):
        raise Throttled(TEST_AGAIN)
    words = words_for(owner.language)
    said = {"title": words["title"]["test"], "body": words["body"]["test"]}
    body = {"about": "test", "id": "", "tag": "test", **said, "turn": 0}
    outcome = send_push(subscription, body, topic="test", ttl=TEST_TTL)
    keep_outcome(subscription=subscription, outcome=outcome)
    return outcome


def came_of(outcome: Outcome) -> Sent:
    if outcome.verdict is Verdict.ACCEPTED:
        return Sent(Came.ACCEPTED)
    if outcome.verdict is Verdict.RETRY:
        return Sent(Came.RETRY, outcome.reason, timedelta(seconds=outcome.after or 0) or None)
    # Whosever fault it is, ours too: this device does not hear of it, and the reminder must not be lost.
    return Sent(Came.GONE, outcome.reason)
