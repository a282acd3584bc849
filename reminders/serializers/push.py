"""The shape of a browser's push subscription. Validation never writes."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from rest_framework import serializers

from accounts.fields import StrictSerializer
from reminders.push.endpoints import LONGEST, EndpointRefused, parse_endpoint
from reminders.push.outcomes import Verdict
from reminders.push.sealing import BadKey, read_auth, read_public_key
from reminders.pushing import push_keys
from reminders.subscribing import Keys


class PushKeySerializer(serializers.Serializer):
    id = serializers.CharField()
    key = serializers.CharField(source="public", help_text="A P-256 point of 65 bytes, in base64url.")


class SubscriptionKeysSerializer(StrictSerializer):
    """As `PushSubscription.toJSON()` has them."""

    p256dh = serializers.CharField(max_length=88)
    auth = serializers.CharField(max_length=24)

    def validate_p256dh(self, text: str) -> str:
        return _readable(read_public_key, text)

    def validate_auth(self, text: str) -> str:
        return _readable(read_auth, text)


class PushSubscriptionSerializer(StrictSerializer):
    """What a browser's `PushSubscription` holds, and what the person calls the device."""

    endpoint = serializers.CharField(max_length=LONGEST, trim_whitespace=False)
    keys = SubscriptionKeysSerializer()
    key_id = serializers.CharField(max_length=16, help_text="Of the server's key that it was made with: `push-key`.")
    device = serializers.CharField(max_length=80, allow_blank=True, default="", help_text="What the person calls it.")

    def validate_endpoint(self, text: str) -> str:
        try:
            return parse_endpoint(text, settings.PUSH_SERVICES).url
        except EndpointRefused as refused:
            raise serializers.ValidationError(str(refused), code=refused.code) from refused

    def validate_key_id(self, id: str) -> str:
        if push_keys().get(id) is None:
            raise serializers.ValidationError("The server has no such key. Subscribe anew.", code="unknown_key")
        return id

    def validate(self, body: dict[str, Any]) -> dict[str, Any]:
        return {
            "endpoint": body["endpoint"],
            "keys": Keys(**body["keys"], key_id=body["key_id"]),
            "device": body["device"],
        }


class PushSubscriptionAnswerSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    device = serializers.CharField()
    key_id = serializers.CharField(help_text="Another than `push-key` has: still served, better subscribed anew.")
    created_at = serializers.DateTimeField()
    last_accepted_at = serializers.DateTimeField(allow_null=True, help_text="To the hour.")
    gone_at = serializers.DateTimeField(allow_null=True, help_text="Not null: the push service has given it up.")


class PushTestSerializer(serializers.Serializer):
    outcome = serializers.ChoiceField(
        choices=[verdict.value for verdict in Verdict],
        source="verdict",
        help_text="`accepted`: the push service took it. `gone`: subscribe anew. `retry`: it does not answer now.",
    )


def _readable(read: Any, text: str) -> str:
    """In the one spelling: padding is no part of the key."""
    try:
        read(text)
    except BadKey as error:
        raise serializers.ValidationError(str(error), code="invalid_key") from error
    return text.rstrip("=")
