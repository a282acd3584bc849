"""What a person does with signs by their names, whatever their flags are called."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.schema import INVALID
from tracker.serializers import RaisedFlagSerializer, SignsResolveSerializer, SignsSeenSerializer, represent_flags
from tracker.settling_signs import read_signs, settle_signs

FLAGS: dict[Any, Any] = {
    200: inline_serializer("FlagsOfSigns", {"results": RaisedFlagSerializer(many=True)}),
    **INVALID,
}


class SignsSeenView(APIView):
    @extend_schema(operation_id="flags_seen", request=SignsSeenSerializer, responses=FLAGS)
    def post(self, request: Request) -> Response:
        """
        Confirm having read what to do about all red flags of these rules that stand. Safe to repeat.

        For a device that noted a sign itself and does not know its flag yet. As with one flag, what was noted after
        `at` has not been read.
        """
        serializer = SignsSeenSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        person = person_of(request)
        return Response({"results": represent_flags(read_signs(owner=person, by=person, **serializer.validated_data))})


class SignsResolveView(APIView):
    @extend_schema(operation_id="flags_resolve", request=SignsResolveSerializer, responses=FLAGS)
    def post(self, request: Request) -> Response:
        """
        Say that the signs of these rules are over, and why; what to do counts as read. Safe to repeat.

        What was noted after `at` stands. Nothing is refused: the answer says which of them stand.
        """
        serializer = SignsResolveSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        person = person_of(request)
        return Response(
            {"results": represent_flags(settle_signs(owner=person, by=person, **serializer.validated_data))}
        )
