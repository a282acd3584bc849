"""Field types that every app's bodies share. They refuse what JSON would quietly bend: 3.5, "4", true, 2026-11-20."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.names import clean_name
from accounts.zones import known_zones

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
AHEAD = timedelta(days=1)
# Room for a device clock that runs a little fast, on top of the day that travel across the date line can need.
CLOCK_SLACK = timedelta(minutes=5)
# Far below the column's 2**31 - 1: whatever version a device claims, the edits and deletions after it still count up.
LATEST_BASE = 1_000_000_000


@extend_schema_field({"type": "integer", "minimum": 0, "maximum": 10, "nullable": True})
class RatingField(serializers.Field):
    """A whole number 0-10 on the numeric rating scale, or null: not asked."""

    default_error_messages = {"invalid_rating": "Must be a whole number from 0 to 10, or null."}

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "allow_null": True, "default": None, **options})

    def to_internal_value(self, data: Any) -> int:
        # JSON has true and 4.0, Python takes them for 1 and 4: neither is an answer on the scale.
        if type(data) is not int or not 0 <= data <= 10:
            self.fail("invalid_rating")
        return int(data)

    def to_representation(self, value: Any) -> Any:
        return value


class WholeNumberField(serializers.IntegerField):
    """An integer that is one in JSON already: no "5", no 5.0, no true."""

    def to_internal_value(self, data: Any) -> int:
        if type(data) is not int:
            self.fail("invalid")
        return super().to_internal_value(data)


@extend_schema_field(OpenApiTypes.DATETIME)
class InstantField(serializers.Field):
    """An ISO 8601 time with its offset, from the year 2000 on, at most a day ahead; with `ahead` any later one."""

    default_error_messages = {
        "invalid_time": "Must be an ISO 8601 date and time with an offset, as in 2026-11-20T07:30:00+01:00.",
        "too_early": "Must not be before the year 2000.",
        "too_late": "Must not be more than a day ahead.",
    }

    def __init__(self, *, ahead: bool = False, **options: Any) -> None:
        self.ahead = ahead
        super().__init__(**options)

    def to_internal_value(self, data: Any) -> datetime:
        if not isinstance(data, str) or "T" not in data.upper():
            self.fail("invalid_time")
        try:
            moment = datetime.fromisoformat(data)
            offset = moment.utcoffset()
            instant = moment.astimezone(UTC)
        except (ValueError, OverflowError):
            self.fail("invalid_time")
        if offset is None or offset % timedelta(minutes=1) or abs(offset) > timedelta(hours=18):
            self.fail("invalid_time")
        if instant < EARLIEST:
            self.fail("too_early")
        if not self.ahead and instant > timezone.now() + AHEAD + CLOCK_SLACK:
            self.fail("too_late")
        return moment

    def to_representation(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime) else value


class NameField(serializers.CharField):
    """What a person or a place calls itself: cleaned, and only then measured."""

    # Cleaning marks upon marks takes the square of their number.
    LONGEST_UNCLEANED = 4096

    def to_internal_value(self, data: Any) -> str:
        if isinstance(data, str) and len(data) > self.LONGEST_UNCLEANED:
            self.fail("max_length", max_length=self.max_length)
        name = clean_name(super().to_internal_value(data))
        if not name and not self.allow_blank:
            self.fail("blank")
        return name


class TimeZoneField(serializers.CharField):
    default_error_messages = {"invalid_time_zone": "Must be a name of the IANA time zone database, as Europe/Berlin."}

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 64, **options})

    def to_internal_value(self, data: Any) -> str:
        name = super().to_internal_value(data)
        if name not in known_zones():
            self.fail("invalid_time_zone")
        return name


class StrictSerializer(serializers.Serializer):
    """Refuses names it does not know: a misspelt `numbnes` must not vanish in silence."""

    # What the server adds may come back as it was: a device may send the row it got.
    echoed: frozenset[str] = frozenset()

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            unknown = sorted(str(name) for name in data if name not in self.fields and name not in self.echoed)
            if unknown:
                raise serializers.ValidationError(
                    {
                        name[:80]: [serializers.ErrorDetail("There is no such field.", "unknown_field")]
                        for name in unknown[:10]
                    }
                )
        return super().to_internal_value(data)


class DocumentSerializer(StrictSerializer):
    """A document's body as a device sends it, and the version that the device had seen."""

    echoed = frozenset(
        {"id", "version", "received_at", "changed_at", "deleted_at", "local_date", "flags", "starter", "overwritten"}
    )
    base_version = WholeNumberField(
        required=False,
        allow_null=True,
        default=None,
        min_value=1,
        max_value=LATEST_BASE,
        write_only=True,
        help_text="The version this edit started from; absent for a new document.",
    )


class DocumentAnswerSerializer(serializers.Serializer):
    """What the server adds to every document that it has taken."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    received_at = serializers.DateTimeField(help_text="When the first version arrived.")
    changed_at = serializers.DateTimeField(help_text="When the newest version arrived.")
    deleted_at = serializers.DateTimeField(allow_null=True, help_text="Not null: a tombstone.")
    overwritten = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        help_text="Only after a merge: the fields that another device had changed too. Both values are in the history.",
    )


def canonical_time(moment: datetime) -> str:
    """One spelling for one instant and offset, so that equal bodies compare equal."""
    return moment.isoformat(timespec="milliseconds")
