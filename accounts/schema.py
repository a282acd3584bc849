"""What every address of the contract has in common, for the OpenAPI schema."""

from __future__ import annotations

from typing import Any

from drf_spectacular.authentication import SessionScheme
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from accounts.authentication import PERSON_HEADER


class ProblemErrorSerializer(serializers.Serializer):
    field = serializers.CharField(allow_null=True, help_text="Where: `readings.0.pain`; null for the whole.")
    code = serializers.CharField()
    message = serializers.CharField()


class ProblemSerializer(serializers.Serializer):
    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    errors = ProblemErrorSerializer(many=True)  # type: ignore[assignment]  # DRF has a property of that name


class ConflictSerializer(ProblemSerializer):
    current = serializers.DictField(help_text="What the server holds.")
    yours = serializers.DictField(allow_null=True, help_text="What was sent; null for a deletion.")


PROBLEM = OpenApiResponse(ProblemSerializer)
CONFLICT = OpenApiResponse(ConflictSerializer, description="Both versions.")
REFUSALS = {401: PROBLEM, 403: PROBLEM}
INVALID = {400: PROBLEM, 413: PROBLEM, 415: PROBLEM}
PERSON = OpenApiParameter(
    PERSON_HEADER,
    str,
    OpenApiParameter.HEADER,
    description="The id of the person the device means. Another person's session is refused with `other_person`.",
)


class ContractSchema(AutoSchema):
    def get_override_parameters(self) -> list[Any]:
        return [*super().get_override_parameters(), PERSON]

    def get_response_serializers(self) -> Any:
        found = super().get_response_serializers()
        if isinstance(found, dict):
            return {**found, **REFUSALS}
        return {200: found, **REFUSALS}


class PersonAuthenticationScheme(SessionScheme):
    """Tells drf-spectacular that ours is the session cookie too."""

    target_class = "accounts.authentication.PersonAuthentication"
