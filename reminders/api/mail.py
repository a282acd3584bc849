"""Whether reminders may come by e-mail."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.fields import StrictSerializer
from accounts.schema import INVALID
from reminders.models import MailStop
from reminders.unsubscribing import choose_mail


class ReminderMailSerializer(StrictSerializer):
    echoed = frozenset({"stopped_at"})

    on = serializers.BooleanField(help_text="False: no reminder is mailed, whatever its channels say.")
    stopped_at = serializers.DateTimeField(read_only=True, allow_null=True)


def represent(stop: MailStop | None) -> dict[str, Any]:
    return {"on": stop is None, "stopped_at": stop.stopped_at.isoformat() if stop else None}


class ReminderMailView(APIView):
    @extend_schema(operation_id="reminder_mail_read", responses=ReminderMailSerializer)
    def get(self, request: Request) -> Response:
        """Off after the link in a mail was followed."""
        return Response(represent(MailStop.objects.for_user(person_of(request)).first()))

    @extend_schema(
        operation_id="reminder_mail_change",
        request=ReminderMailSerializer,
        responses={200: ReminderMailSerializer, **INVALID},
    )
    def patch(self, request: Request) -> Response:
        serializer = ReminderMailSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response(represent(choose_mail(owner=person_of(request), on=serializer.validated_data["on"])))
