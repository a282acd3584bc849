"""The shape of a measure. Validation never writes."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.fields import (
    DocumentAnswerSerializer,
    DocumentSerializer,
    InstantField,
    RatingField,
    StrictSerializer,
    TimeZoneField,
    canonical_time,
)
from accounts.problems import server_fields
from tracker.models import Measure
from tracker.vocabulary import INTERFERENCE, MEASURES, MOST_ACTIVITIES


class InterferenceSerializer(StrictSerializer):
    """The week, each 0 (not at all) to 10 (wholly); null: not answered."""

    pain = RatingField(help_text="How strong pain was in general.")
    enjoyment = RatingField(help_text="How much it took the enjoyment out of things.")
    activity = RatingField(help_text="How much it got in the way of the day's work and errands.")

    def validate(self, ratings: dict[str, int | None]) -> dict[str, int | None]:
        if all(value is None for value in ratings.values()):
            raise serializers.ValidationError("Answer at least one.", code="empty")
        return {name: ratings[name] for name in INTERFERENCE}


class ActivitySerializer(StrictSerializer):
    name = serializers.CharField(max_length=80, help_text="In the person's own words.")
    rating = RatingField(
        required=True, allow_null=False, default=serializers.empty, help_text="0 not at all, 10 as well as ever."
    )


class MeasureSerializer(DocumentSerializer):
    kind = serializers.ChoiceField(choices=MEASURES)
    answered_at = InstantField()
    time_zone = TimeZoneField()
    interference = InterferenceSerializer(
        required=False, allow_null=True, default=None, help_text="Of the kind `interference`; else null."
    )
    activities = ActivitySerializer(  # type: ignore[call-arg]  # the stubs know no ListSerializer options
        many=True,
        required=False,
        default=list,
        max_length=MOST_ACTIVITIES,
        help_text="Of the kind `activities`, one to three of different names; else empty.",
    )

    def validate_activities(self, activities: list[dict[str, Any]]) -> list[dict[str, Any]]:
        names = [activity["name"].casefold() for activity in activities]
        if len(set(names)) != len(names):
            raise serializers.ValidationError("Each activity may come once.", code="repeated_name")
        return activities

    def validate(self, measure: dict[str, Any]) -> dict[str, Any]:
        for name in MEASURES:
            if measure["kind"] == name and not measure[name]:
                raise serializers.ValidationError({name: ["This kind needs it."]}, code="required")
            if measure["kind"] != name and measure[name]:
                raise serializers.ValidationError({name: ["Only for the kind of that name."]}, code="other_kind")
        return measure

    def canonical_body(self) -> dict[str, Any]:
        """The validated body as `Measure.body()` spells it."""
        data = {name: value for name, value in self.validated_data.items() if name != "base_version"}
        ratings = data["interference"]
        return {
            **data,
            "answered_at": canonical_time(data["answered_at"]),
            "interference": dict(ratings) if ratings else None,
            "activities": [dict(activity) for activity in data["activities"]],
        }


class MeasureAnswerSerializer(DocumentAnswerSerializer, MeasureSerializer):
    base_version = None  # type: ignore[assignment]  # DRF takes a field away by None; the stubs expect a field
    local_date = serializers.DateField(help_text="The date on the person's wall when it was answered.")


def represent_measure(measure: Measure) -> dict[str, Any]:
    return {**measure.body(), **server_fields(measure), "local_date": measure.local_date.isoformat()}


def represent_measures(measures: list[Measure]) -> list[dict[str, Any]]:
    return [represent_measure(measure) for measure in measures]
