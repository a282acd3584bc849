"""Reminders as notifications on the person's devices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.core.cache import cache
from django.http import Http404
from django.utils import timezone
from rest_framework.exceptions import Throttled

from accounts.models import User
from reminders.models import Delivery, PushSubscription
from reminders.push.outcomes import NO_ANSWER, Outcome, Verdict
from reminders.pushing import keep_outcome, keep_outcomes, send_push
from reminders.sending import Came, Send, Sent
from reminders.wording import say, words_for

# Seconds: between two tests of a person, each of which holds a thread of the web server; and until one is of no use.
TEST_AGAIN = 10
TEST_TTL = 120
# A service that does not answer takes ten seconds for each that are everybody's: so long nobody waits for it again.
PASS_OVER = timedelta(minutes=1)
# When each did not answer last. Every process finds out by itself; some services have a host for each data centre.
silent: dict[str, datetime] = {}
MOST_SILENT = 100
READ = ("owner", "endpoint", "p256dh", "auth", "key_id", "last_accepted_at")


def endpoints_of(owners: Collection[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    alive = PushSubscription.objects.alive().filter(owner__in=owners).order_by("created_at")
    for owner, id in alive.values_list("owner", "pk"):
        found[owner].append(str(id))
    return found


@contextmanager
def sending(deliveries: Sequence[Delivery]) -> Iterator[Send]:
    alive = PushSubscription.objects.alive().filter(pk__in={one.endpoint for one in deliveries}).only(*READ)
    devices = {(one.owner_id, str(one.pk)): one for one in alive}
    came: list[tuple[PushSubscription, Outcome]] = []

    def send(delivery: Delivery) -> Sent:
        device = devices.get((delivery.owner_id, delivery.endpoint))
        if device is None:
            return Sent(Came.GONE, "no_subscription")
        host = urlsplit(device.endpoint).hostname or ""
        if is_silent(host):
            return Sent(Came.RETRY, "service_silent", PASS_OVER, tried=False)
        outcome = send_to(device, delivery)
        listen(host, outcome)
        came.append((device, outcome))
        return came_of(outcome)

    yield send
    # Lost with a process that dies, a device that is gone says so again.
    keep_outcomes(came)


def is_silent(host: str) -> bool:
    since = silent.get(host)
    # A clock that was put back must not keep it silent until it has caught up.
    return since is not None and timedelta() <= timezone.now() - since < PASS_OVER


def listen(host: str, outcome: Outcome) -> None:
    if not outcome.reason.startswith(NO_ANSWER):
        silent.pop(host, None)
        return
    if len(silent) >= MOST_SILENT:
        silent.clear()
    silent[host] = timezone.now()


def send_to(subscription: PushSubscription, delivery: Delivery) -> Outcome:
    return send_push(
        subscription,
        message_of(delivery),
        # With the person, or the push service could tell by its like what sort of news it is.
        topic=f"{delivery.owner_id} {delivery.thread}",
        ttl=max(1, int((delivery.expires_at - timezone.now()).total_seconds())),
        attempt=max(0, delivery.attempt - 1),
    )


def message_of(delivery: Delivery) -> dict[str, Any]:
    """What the service worker shows. `tag`: a later one of the same takes the place of the one that is shown."""
    said = say(delivery, timezone.now())
    return {
        "about": delivery.about,
        "id": delivery.subject,
        "tag": delivery.thread,
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
