"""Doses, and lists of items that name exercises."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.fields import StrictSerializer, WholeNumberField
from exercises.models import DOSE_LATER, SUPERSET_LATER, Exercise
from exercises.supersets import MESSAGES, superset_faults
from exercises.vocabulary import (
    DOSE_RANGES,
    ROUND_REST_RANGE,
    SIDES,
    SUPERSET_RANGE,
    TEMPO,
    TEMPO_SECONDS,
    tempo_is_sound,
)


def dose_number(name: str, help_text: str | None = None) -> WholeNumberField:
    least, most = DOSE_RANGES[name]
    return WholeNumberField(min_value=least, max_value=most, help_text=help_text)


class TempoField(serializers.RegexField):
    """`2-0-2`: seconds out, at the turn and back of a repetition that is not held; empty: at a calm pace."""

    default_error_messages = {
        "invalid": "Must be three whole numbers of seconds, as in 2-0-2, or empty.",
        "invalid_tempo": "A repetition must last from {least} to {most} seconds.",
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(TEMPO, **{"max_length": 8, "allow_blank": True, "required": False, "default": "", **options})

    def run_validators(self, value: Any) -> None:
        super().run_validators(value)
        if not tempo_is_sound(value):
            least, most = TEMPO_SECONDS
            self.fail("invalid_tempo", least=least, most=most)


class DoseSerializer(StrictSerializer):
    sets = dose_number("sets")
    repetitions = dose_number("repetitions")
    hold_seconds = dose_number("hold_seconds", help_text="0: counted repetitions that are not held.")
    rest_seconds = dose_number("rest_seconds")
    sides = serializers.ChoiceField(choices=SIDES)
    tempo = TempoField(
        help_text="Seconds out, at the turn, and back of a repetition that is not held: `2-0-2`, or empty."
    )


class ExerciseItemsField(serializers.ListSerializer):
    """Items that name exercises: each must be one that the catalogue has, or once had."""

    def to_internal_value(self, data: Any) -> list[Any]:
        items = super().to_internal_value(data)
        asked = {name for item in items for name in named(item).values()}
        known = set(Exercise.objects.filter(pk__in=asked).values_list("pk", flat=True))
        if asked - known:
            unknown = serializers.ErrorDetail("There is no such exercise.", "unknown_exercise")
            raise serializers.ValidationError(
                [{field: [unknown] for field, name in named(item).items() if name not in known} for item in items]
            )
        return items


def as_sent(value: dict[str, Any], sent: dict[str, Any], *later: dict[str, Any]) -> dict[str, Any]:
    """
    The validated `value` without the defaults of the fields of `later` that `sent` did not say.

    An older app does not know them: what it does not say of them stays as it was (`Document.completed`).
    """
    unsaid = {name for fields in later for name in fields} - sent.keys()
    return {name: one for name, one in value.items() if name not in unsaid}


def planned_as_sent(items: list[dict[str, Any]], sent: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [as_sent(item, raw, DOSE_LATER, SUPERSET_LATER) for item, raw in zip(items, sent, strict=True)]


def named(item: dict[str, Any]) -> dict[str, str]:
    """The exercises that an item names, by the field that names them."""
    return {field: item[field] for field in ("exercise", "eased_from") if item.get(field)}


class PlannedItemsField(ExerciseItemsField):
    """Items still to be done, whose supersets are sound."""

    def to_internal_value(self, data: Any) -> list[Any]:
        items = super().to_internal_value(data)
        faults = list(superset_faults(items))
        if faults:
            errors: list[dict[str, Any]] = [{} for _ in items]
            for fault in faults:
                errors[fault.item][fault.field] = [serializers.ErrorDetail(MESSAGES[fault.code], fault.code)]
            raise serializers.ValidationError(errors)
        return items


class PlannedItemSerializer(DoseSerializer):
    """An exercise of a routine or a prescription."""

    exercise = serializers.CharField(max_length=50, help_text="Its slug.")
    superset = WholeNumberField(
        min_value=SUPERSET_RANGE[0],
        max_value=SUPERSET_RANGE[1],
        allow_null=True,
        required=False,
        default=None,
        help_text="Neighbours with the same number are done in turn, a set of each; null: done by itself.",
    )
    round_rest_seconds = WholeNumberField(
        min_value=ROUND_REST_RANGE[0],
        max_value=ROUND_REST_RANGE[1],
        required=False,
        default=0,
        help_text="Rest after each round of the superset, the same for all of it; 0 without a superset.",
    )

    class Meta:
        list_serializer_class = PlannedItemsField
