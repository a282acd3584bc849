"""How readily trends are told, and what has become better."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.models import User
from accounts.schema import INVALID
from tracker.improving import improvements_of
from tracker.models import TrendCourse
from tracker.serializers import SensitivitySerializer, TrendsSerializer
from tracker.trending import choose_sensitivity
from tracker.trends.limits import SENSITIVITIES


class TrendsView(APIView):
    @extend_schema(operation_id="trends_read", responses=TrendsSerializer)
    def get(self, request: Request) -> Response:
        """What became better, and how readily a worsening is told. The worsenings themselves are flags."""
        return Response(represent_trends(person_of(request)))

    @extend_schema(
        operation_id="trends_change", request=SensitivitySerializer, responses={200: TrendsSerializer, **INVALID}
    )
    def patch(self, request: Request) -> Response:
        """Choose how readily a worsening is told. The whole diary is evaluated again."""
        serializer = SensitivitySerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        person = person_of(request)
        choose_sensitivity(owner=person, sensitivity=serializer.validated_data["sensitivity"])
        return Response(represent_trends(person))


def represent_trends(person: User) -> dict[str, Any]:
    chosen = TrendCourse.objects.for_user(person).values_list("sensitivity", flat=True).first() or "standard"
    trends = {
        "sensitivity": chosen,
        "false_alarms_per_year": SENSITIVITIES,
        "improvements": improvements_of(person, chosen),
    }
    return dict(TrendsSerializer(trends).data)
