"""How much of what was planned was done."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.listing import PERIOD, read_period
from accounts.schema import PROBLEM
from accounts.zones import local_date
from exercises.adherence import tally_days, tally_weeks
from exercises.models import Prescription, Session
from exercises.serializers import AdherenceSerializer, represent_week


class AdherenceView(APIView):
    @extend_schema(operation_id="adherence", parameters=PERIOD, responses={200: AdherenceSerializer, 400: PROBLEM})
    def get(self, request: Request) -> Response:
        """
        What was done against what was prescribed, by day and by ISO week. No date is ever called missed.

        A day is the local date on which a session started; it follows the version of a prescription that held on it.
        Of the person's today only what has a session counts as prescribed, and nothing later.
        """
        person = person_of(request)
        first, last = read_period(request)
        sessions = Session.objects.for_user(person).between(first, last)
        plans = Prescription.objects.for_user(person).plans()
        today = local_date(timezone.now(), person.time_zone)
        days = tally_days(sessions.recorded(), plans, first, last, today)
        return Response(
            {
                "days": [{"date": day.isoformat(), **vars(tally)} for day, tally in days.items()],
                "weeks": [represent_week(week) for week in tally_weeks(days)],
                "reasons": sessions.reason_counts(),
            }
        )
