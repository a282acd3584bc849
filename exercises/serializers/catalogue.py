"""The shape of a catalogue entry."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.vocabulary import CONDITIONS
from exercises.catalogue import in_language
from exercises.models import Exercise
from exercises.serializers.doses import DoseSerializer
from exercises.vocabulary import DOSE, EQUIPMENT, POSITIONS, REVIEWS

# What of an exercise is the same in every language.
PLAIN = (
    *("slug", "ladder", "rung", "position", "equipment", "regions", "desk", "continuous"),
    *(*DOSE, "source", "review", "figure"),
)


class CautionSerializer(serializers.Serializer):
    text = serializers.CharField()
    condition = serializers.ChoiceField(
        choices=CONDITIONS, allow_null=True, help_text="Whoever has this is warned before the exercise is added."
    )
    source = serializers.CharField()  # type: ignore[assignment]  # DRF has an attribute of that name


class ExerciseSerializer(DoseSerializer):
    """A catalogue entry in the person's language, English where that is missing."""

    slug = serializers.SlugField()
    name = serializers.CharField()
    summary = serializers.CharField()
    ladder = serializers.SlugField(help_text="The exercise of which this is a form; its own slug for the usual form.")
    rung = serializers.IntegerField(help_text="0 the usual form; below it the easier ones, above it the harder ones.")
    muscles = serializers.ListField(child=serializers.CharField())
    equipment = serializers.ListField(child=serializers.ChoiceField(choices=EQUIPMENT))
    regions = serializers.ListField(child=serializers.CharField())
    desk = serializers.BooleanField(help_text="Can be done at a desk.")
    continuous = serializers.BooleanField(help_text="The time of the hold is spent moving.")
    retired = serializers.BooleanField(
        help_text="No longer in the catalogue, but a routine, a prescription or a session may name it."
    )
    position = serializers.ChoiceField(choices=POSITIONS)
    steps = serializers.ListField(child=serializers.CharField())
    cautions = CautionSerializer(many=True)
    easier = serializers.CharField()
    harder = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]  # DRF has an attribute of that name
    review = serializers.ChoiceField(choices=REVIEWS)
    figure = serializers.JSONField(help_text="Key poses, for the app's own drawing.")


def represent_exercise(exercise: Exercise, language: str) -> dict[str, Any]:
    data = exercise.data
    return {
        **{name: data[name] for name in PLAIN},
        "retired": exercise.retired,
        **in_language(data["text"], language),
        "cautions": [
            {
                "text": in_language(caution["text"], language),
                "source": caution["source"],
                "condition": caution.get("condition"),
            }
            for caution in data["cautions"]
        ],
    }
