"""One push to one subscription, from the message to the outcome. Raises nothing of the network's."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import Protocol

from reminders.push.addresses import AddressRefused
from reminders.push.endpoints import Endpoint, EndpointRefused, Service, parse_endpoint
from reminders.push.outcomes import Outcome, Verdict, again, outcome_of
from reminders.push.sealing import BadKey, TooLong, encode, seal
from reminders.push.vapid import PushKey, PushKeys, Signer
from reminders.push.wire import Wire


class Subscription(Protocol):
    """What a browser's PushSubscription holds, and the key it was made with."""

    endpoint: str
    p256dh: str
    auth: str
    key_id: str


@dataclass(frozen=True)
class Sender:
    keys: PushKeys
    services: Sequence[Service]
    signer: Signer
    wire: Wire

    def send(
        self,
        subscription: Subscription,
        body: bytes,
        *,
        topic: str,
        ttl: int,
        attempt: int = 0,
    ) -> Outcome:
        """
        `ttl`: seconds that the service may keep it for a device that is off, and in which it is worth sending at all.
        `topic`: of two with the same the later replaces the earlier, as long as no device has it. `attempt`: from 0.
        """
        key = self.keys.get(subscription.key_id)
        if key is None:
            return Outcome(Verdict.KEYS_REFUSED, reason="key_is_no_more")
        try:
            endpoint = parse_endpoint(subscription.endpoint, self.services)
            sealed = seal(body, p256dh=subscription.p256dh, auth=subscription.auth)
        except TooLong:
            return Outcome(Verdict.TOO_LONG, reason="longer_than_services_take")
        except (EndpointRefused, BadKey):
            return Outcome(Verdict.FAILED, reason="no_such_endpoint")
        return self._post(endpoint, self._headers(endpoint, key, topic, ttl), sealed, ttl, attempt)

    def _headers(self, endpoint: Endpoint, key: PushKey, topic: str, ttl: int) -> dict[str, str]:
        return {
            "Authorization": self.signer.authorization(key, endpoint.origin),
            "Content-Encoding": "aes128gcm",
            "Content-Type": "application/octet-stream",
            "TTL": str(ttl),
            # At most 32 characters of base64url are allowed, and what it is about is nobody's business.
            "Topic": encode(hashlib.sha256(topic.encode()).digest()[:24]),
            # Of everything: by a higher one the service could tell who has a flag that cannot wait.
            "Urgency": "normal",
        }

    def _post(self, endpoint: Endpoint, headers: dict[str, str], body: bytes, ttl: int, attempt: int) -> Outcome:
        try:
            answer = self.wire.post(endpoint, headers, body)
        except AddressRefused:
            return Outcome(Verdict.FAILED, reason="address_refused")
        except TimeoutError:
            return again("no_answer_in_time", ttl=ttl, attempt=attempt)
        except (OSError, HTTPException) as error:
            return again(f"unreachable_{type(error).__name__}", ttl=ttl, attempt=attempt)
        return outcome_of(answer.status, answer.retry_after, ttl=ttl, attempt=attempt)
