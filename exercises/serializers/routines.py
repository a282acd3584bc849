"""The shape of a routine. Validation never writes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from rest_framework import serializers

from accounts.fields import DocumentAnswerSerializer, DocumentSerializer
from accounts.problems import server_fields
from exercises.catalogue import in_language
from exercises.models import Routine, RoutineItem, attach_items
from exercises.serializers.doses import PlannedItemSerializer, planned_as_sent


class RoutineSerializer(DocumentSerializer):
    echoed = DocumentSerializer.echoed | {"description"}
    name = serializers.CharField(max_length=80)
    items = PlannedItemSerializer(many=True, min_length=1, max_length=30)  # type: ignore[call-arg]  # the stubs know no ListSerializer options

    def canonical_body(self) -> dict[str, Any]:
        """The validated body as `Routine.body()` spells it, but for what an older app does not say."""
        data = self.validated_data
        return {"name": data["name"], "items": planned_as_sent(data["items"], self.initial_data["items"])}


class RoutineAnswerSerializer(DocumentAnswerSerializer, RoutineSerializer):
    base_version = None  # type: ignore[assignment]  # DRF takes a field away by None; the stubs expect a field
    starter = serializers.BooleanField(help_text="Belongs to nobody and cannot be changed; a copy of it can.")
    description = serializers.CharField(help_text="Whom a starter suits, in the person's language; else empty.")


def represent_routine(routine: Routine) -> dict[str, Any]:
    return {**routine.body(), **server_fields(routine), "starter": False, "description": ""}


def represent_routines(routines: list[Routine]) -> list[dict[str, Any]]:
    attach_items(routines)
    return [represent_routine(routine) for routine in routines]


def represent_starter(starter: dict[str, Any], language: str) -> dict[str, Any]:
    # It arrived nowhere. Its UUIDv7 begins with the milliseconds of its making.
    made = datetime.fromtimestamp((UUID(starter["id"]).int >> 80) / 1000, UTC).isoformat()
    text = in_language(starter["text"], language)
    return {
        "name": text["name"],
        "description": text["description"],
        "items": [RoutineItem.completed(item, None) for item in starter["items"]],
        "id": starter["id"],
        "version": 1,
        "received_at": made,
        "changed_at": made,
        "deleted_at": None,
        "starter": True,
    }
