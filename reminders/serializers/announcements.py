"""The shape of news, and of the choice how to hear of them. Validation never writes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers

from accounts.fields import StrictSerializer
from reminders.models import Announcement, Delivery
from reminders.serializers.occurrences import ToldSerializer, told
from reminders.vocabulary import ANNOUNCED, CHANNELS, NEWS


class NewsSerializer(serializers.Serializer):
    what = serializers.ChoiceField(choices=NEWS)
    target = serializers.UUIDField(
        help_text="The flag's, the prescription's or the message's id; of `patients` your own."
    )
    noted_at = serializers.DateTimeField(help_text="When it came up.")


class AnnouncementSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    kind = serializers.ChoiceField(
        choices=ANNOUNCED, help_text="`urgent`: a flag of level E or D that nobody had read. `flag`: any other."
    )
    made_at = serializers.DateTimeField()
    send_at = serializers.DateTimeField(help_text="When it is told: later than `made_at` in quiet hours.")
    changed_at = serializers.DateTimeField()
    news = NewsSerializer(many=True)
    deliveries = ToldSerializer(many=True)


class ChannelsField(serializers.ListField):
    """Of `CHANNELS`, each once and in their order; none: in the app's own list only."""

    def __init__(self, **options: Any) -> None:
        super().__init__(child=serializers.ChoiceField(choices=CHANNELS), **options)

    def to_internal_value(self, data: Any) -> list[str]:
        chosen = super().to_internal_value(data)
        return [channel for channel in CHANNELS if channel in chosen]


class NewsChoiceSerializer(StrictSerializer):
    flag = ChannelsField(help_text="E-mail stands in for notifications while no device takes them.")
    prescription = ChannelsField()
    message = ChannelsField()
    urgent_breaks_quiet = serializers.BooleanField(
        help_text="Whether a flag of level E or D is told in quiet hours, too."
    )


def represent_announcements(announcements: Sequence[Announcement]) -> list[dict[str, Any]]:
    """Of rows of one person with their news prefetched."""
    of_each: dict[str, list[Delivery]] = {}
    ids = [str(one.pk) for one in announcements]
    owners = {one.owner_id for one in announcements}
    for row in Delivery.objects.filter(owner__in=owners, about__in=ANNOUNCED, subject__in=ids).order_by("id"):
        of_each.setdefault(row.subject, []).append(row)
    return [represent_announcement(one, of_each.get(str(one.pk), [])) for one in announcements]


def represent_announcement(one: Announcement, deliveries: Sequence[Delivery]) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "kind": one.kind,
        "made_at": one.made_at.isoformat(),
        "send_at": one.send_at.isoformat(),
        "changed_at": one.changed_at.isoformat(),
        "news": [
            {"what": row.source, "target": str(row.target), "noted_at": row.noted_at.isoformat()}
            for row in sorted(one.news.all(), key=lambda row: (row.noted_at, row.pk))
        ],
        "deliveries": [told(row) for row in deliveries],
    }
