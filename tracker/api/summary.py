"""`GET summary`: the days that the entries make."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.listing import PERIOD, read_period
from accounts.schema import PROBLEM
from tracker.models import SymptomLog
from tracker.serializers import SummarySerializer
from tracker.vocabulary import STREAMS

SUMMARY_DAYS = 366 * 30


class SummaryView(APIView):
    @extend_schema(operation_id="summary", parameters=PERIOD, responses={200: SummarySerializer, 400: PROBLEM})
    def get(self, request: Request) -> Response:
        """
        Every local date of the period with the worst of each stream; null where nothing was logged, never a guess.

        Without `from` it starts at the first entry; without `to` it ends at the last.
        """
        first, last = read_period(request)
        logs = SymptomLog.objects.for_user(person_of(request)).between(first, last)
        found = {row["local_date"]: row for row in logs.day_values()}
        first, last = first or min(found, default=None), last or max(found, default=None)
        if first is None or last is None:
            return Response({"days": []})
        if (last - first).days >= SUMMARY_DAYS:
            raise ValidationError({"from": ["At most 30 years at once."]}, code="too_long")
        return Response({"days": [day(first + timedelta(n), found) for n in range((last - first).days + 1)]})


def day(moment: date, found: dict[date, dict[str, Any]]) -> dict[str, Any]:
    row = found.get(moment, {})
    return {
        "date": moment.isoformat(),
        **{stream: row.get(stream) for stream in STREAMS},
        "entries": row.get("entries", 0),
    }
