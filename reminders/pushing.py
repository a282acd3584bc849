"""Sending to a device, with what the operator has set, and keeping what became of it."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache as shared
from django.db.models import QuerySet
from django.utils import timezone

from reminders.models import PushSubscription
from reminders.push.outcomes import Outcome, Verdict
from reminders.push.sender import Sender
from reminders.push.vapid import PushKeys, Signer
from reminders.push.wire import Wire, trusting

logger = logging.getLogger(__name__)

ALARM_AGAIN = 60 * 60
# A row is not written for every push: which devices are in use is asked in days.
ACCEPTED_AGAIN = timedelta(hours=1)


def send_push(
    subscription: PushSubscription,
    body: bytes | dict[str, Any],
    *,
    topic: str,
    ttl: int,
    attempt: int = 0,
) -> Outcome:
    """
    One push, within ten seconds, whatever the other side does. Call it outside of any transaction.

    `body`: JSON is made of a dict; at most 2.8 kB. `topic`: any text that is the same for what may replace one another.
    `ttl`: seconds from now after which it is of no use. `attempt` counts from 0 and lengthens the wait that a RETRY
    asks for; a RETRY that would come after the TTL is a FAILED.
    """
    message = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    outcome = sender().send(subscription, message, topic=topic, ttl=ttl, attempt=attempt)
    if outcome.verdict is Verdict.KEYS_REFUSED:
        alarm(urlsplit(subscription.endpoint).hostname or "", subscription.key_id, outcome.reason)
    return outcome


def keep_outcome(*, subscription: PushSubscription, outcome: Outcome) -> None:
    """A device that is gone is forgotten but for its name; one that took something has shown that it is in use."""
    keep_outcomes([(subscription, outcome)])


def keep_outcomes(came: Sequence[tuple[PushSubscription, Outcome]]) -> None:
    now = timezone.now()
    for gone in (device for device, outcome in came if outcome.verdict is Verdict.GONE):
        unless_anew([gone]).update(gone_at=now, endpoint="", p256dh="", auth="")
    took = [device for device, outcome in came if outcome.verdict is Verdict.ACCEPTED]
    unheard = [one for one in took if one.last_accepted_at is None or one.last_accepted_at < now - ACCEPTED_AGAIN]
    if unheard:
        unless_anew(unheard).update(last_accepted_at=now)


def unless_anew(devices: Sequence[PushSubscription]) -> QuerySet[PushSubscription]:
    """Without those that subscribed anew while this was on its way: their old endpoint's end is not theirs."""
    return PushSubscription.objects.filter(
        pk__in=[one.pk for one in devices], p256dh__in=[one.p256dh for one in devices]
    )


def alarm(host: str, key_id: str, reason: str) -> None:
    """To the operator, once an hour for a service and a key: what one device hears, all of them hear."""
    if shared.add(f"push-keys-refused:{host}:{key_id}", True, ALARM_AGAIN):
        logger.error(
            "The push service %s refuses the key %s (%s): nobody's pushes with it arrive", host, key_id, reason
        )


@cache
def push_keys() -> PushKeys:
    return PushKeys(settings.PUSH_KEYS)


@cache
def sender() -> Sender:
    wire = Wire(trusting(settings.PUSH_CA_FILE), seconds=settings.PUSH_SECONDS)
    return Sender(push_keys(), settings.PUSH_SERVICES, Signer(settings.PUSH_CONTACT), wire)
