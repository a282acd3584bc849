"""The shape of a prescription. Validation never writes."""

from __future__ import annotations

from datetime import date
from typing import Any

from rest_framework import serializers

from accounts.fields import DocumentAnswerSerializer, DocumentSerializer, StrictSerializer, WholeNumberField
from accounts.problems import server_fields
from exercises.adherence import Version
from exercises.models import Prescription, attach_items, versions_of_each
from exercises.serializers.doses import PlannedItemSerializer, planned_as_sent
from exercises.vocabulary import PAIN_RULE, TIMES_A_DAY_RANGE, WEEKDAYS

# A century that no prescription leaves: what counts the days of one never counts for long.
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


class DayField(serializers.DateField):
    """A local date of this century."""

    default_error_messages = {
        "too_early": "Must not be before the year 2000.",
        "too_late": "Must not be after the year 2100.",
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"input_formats": ["iso-8601"], **options})

    def to_internal_value(self, value: Any) -> date:
        day = super().to_internal_value(value)
        if day < EARLIEST:
            self.fail("too_early")
        if day > LATEST:
            self.fail("too_late")
        return day


def limit(name: str, help_text: str) -> WholeNumberField:
    return WholeNumberField(
        min_value=1, max_value=10, required=False, default=PAIN_RULE[name], help_text=f"{help_text} Points, 1-10."
    )


class PainRuleSerializer(StrictSerializer):
    """When an exercise is made easier or stopped. The easing limits lie at or below the stopping ones."""

    ease_at = limit("ease_at", "From this rating on, easier.")
    stop_at = limit("stop_at", "From this rating on, stop.")
    ease_rise = limit("ease_rise", "From this rise over the rating before the session on, easier.")
    stop_rise = limit("stop_rise", "From this rise over the rating before the session on, stop.")

    def validate(self, rule: dict[str, int]) -> dict[str, int]:
        above = [name for name in ("at", "rise") if rule[f"ease_{name}"] > rule[f"stop_{name}"]]
        if above:
            raise serializers.ValidationError(
                {f"ease_{name}": ["Must not lie above the limit for stopping."] for name in above},
                code="ease_above_stop",
            )
        return rule


class PrescriptionSerializer(DocumentSerializer):
    echoed = DocumentSerializer.echoed | {"prescribed_by", "versions"}
    name = serializers.CharField(max_length=80)
    items = PlannedItemSerializer(many=True, min_length=1, max_length=30)  # type: ignore[call-arg]  # the stubs know no ListSerializer options
    times_a_day = WholeNumberField(min_value=TIMES_A_DAY_RANGE[0], max_value=TIMES_A_DAY_RANGE[1])
    weekdays = serializers.ListField(
        child=serializers.ChoiceField(choices=WEEKDAYS),
        min_length=1,
        max_length=len(WEEKDAYS),
        help_text="Kept in the order of the week.",
    )
    starts_on = DayField()
    ends_on = DayField(allow_null=True, required=False, default=None, help_text="The last day; null: no end.")
    pain_rule = PainRuleSerializer(required=False, default=lambda: dict(PAIN_RULE))
    note = serializers.CharField(max_length=2000, allow_blank=True, default="", trim_whitespace=False)

    def validate_weekdays(self, weekdays: list[str]) -> list[str]:
        return [day for day in WEEKDAYS if day in weekdays]

    def validate(self, prescription: dict[str, Any]) -> dict[str, Any]:
        if prescription["ends_on"] and prescription["ends_on"] < prescription["starts_on"]:
            raise serializers.ValidationError({"ends_on": ["Must not lie before the start."]}, code="ends_before_start")
        return prescription

    def canonical_body(self) -> dict[str, Any]:
        """The validated body as `Prescription.body()` spells it, but for what an older app does not say."""
        data = {name: value for name, value in self.validated_data.items() if name != "base_version"}
        return {
            **data,
            "items": planned_as_sent(data["items"], self.initial_data["items"]),
            "starts_on": data["starts_on"].isoformat(),
            "ends_on": data["ends_on"].isoformat() if data["ends_on"] else None,
            "pain_rule": dict(data["pain_rule"]),
        }


class VersionSerializer(serializers.Serializer):
    version = serializers.IntegerField()
    since = serializers.DateField(help_text="The local date on which it was taken over.")
    times_a_day = serializers.IntegerField()
    weekdays = serializers.ListField(child=serializers.ChoiceField(choices=WEEKDAYS))
    starts_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)


class PrescriptionAnswerSerializer(DocumentAnswerSerializer, PrescriptionSerializer):
    base_version = None  # type: ignore[assignment]  # DRF takes a field away by None; the stubs expect a field
    prescribed_by = serializers.CharField(
        allow_null=True,
        help_text="What the physiotherapist is called, empty when no name is known; null: the person wrote it herself.",
    )
    versions = VersionSerializer(
        many=True,
        help_text="What was prescribed when, oldest first: each holds until the next, the first before it too.",
    )


def represent_prescriptions(prescriptions: list[Prescription]) -> list[dict[str, Any]]:
    attach_items(prescriptions)
    versions = versions_of_each(prescriptions)
    return [
        {
            **one.body(),
            **server_fields(one),
            # The name they chose, never the e-mail address.
            "prescribed_by": one.prescribed_by.display_name if one.prescribed_by else None,
            "versions": [represent_version(version) for version in versions[one.pk]],
        }
        for one in prescriptions
    ]


def represent_prescription(prescription: Prescription) -> dict[str, Any]:
    return represent_prescriptions([prescription])[0]


def represent_version(version: Version) -> dict[str, Any]:
    return {
        **vars(version),
        "since": version.since.isoformat(),
        "starts_on": version.starts_on.isoformat(),
        "ends_on": version.ends_on.isoformat() if version.ends_on else None,
    }
