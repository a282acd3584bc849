"""When a reminder would be due: what its editor shows."""

from __future__ import annotations

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.schema import INVALID
from reminders.done import Diary, Planned
from reminders.foreseeing import foresee, is_done
from reminders.models import Reminder
from reminders.serializers import PreviewAnswerSerializer, PreviewSerializer


class PreviewView(APIView):
    @extend_schema(
        operation_id="reminders_preview",
        request=PreviewSerializer,
        responses={200: PreviewAnswerSerializer, **INVALID},
    )
    def post(self, request: Request) -> Response:
        """The next due times, without storing anything. Fewer when there are no more."""
        serializer = PreviewSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        reminder = Reminder(owner=person_of(request))
        reminder.take(serializer.canonical_body())
        found = foresee(
            reminder=reminder,
            after=serializer.validated_data.get("after") or timezone.now(),
            count=serializer.validated_data["count"],
        )
        diary = Diary(Planned(reminder, due.local_date, due.slot) for due in found)
        return Response(
            {
                "due": [
                    {
                        "local_date": due.local_date.isoformat(),
                        "slot": due.slot,
                        "due_at": due.due_at.isoformat().replace("+00:00", "Z"),
                        "done": is_done(reminder, due, diary),
                    }
                    for due in found
                ]
            }
        )
