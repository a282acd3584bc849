"""A person's reminders."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.exchange import BASE_VERSION, answer_put, page_of, read_base_version
from accounts.listing import PAGES, list_documents
from accounts.schema import CONFLICT, INVALID, PROBLEM
from reminders.keeping import delete_reminder, save_reminder
from reminders.models import Reminder
from reminders.serializers import (
    ReminderAnswerSerializer,
    ReminderSerializer,
    represent_reminder,
    represent_reminders,
)


class RemindersView(APIView):
    @extend_schema(
        operation_id="reminders_list",
        parameters=PAGES,
        responses={200: page_of("ReminderPage", ReminderAnswerSerializer), 400: PROBLEM},
    )
    def get(self, request: Request) -> Response:
        """The person's reminders, newest first."""
        rows = Reminder.objects.for_user(person_of(request)).select_related("owner")
        return list_documents(request, rows, ("-received_at", "-id"), represent_reminders)


class ReminderView(APIView):
    @extend_schema(operation_id="reminder_read", responses={200: ReminderAnswerSerializer, 404: PROBLEM})
    def get(self, request: Request, id: UUID) -> Response:
        found = Reminder.objects.for_user(person_of(request)).present().filter(pk=id).first()
        if found is None:
            raise Http404
        return Response(represent_reminder(found))

    @extend_schema(
        operation_id="reminder_put",
        request=ReminderSerializer,
        responses={
            201: ReminderAnswerSerializer,
            200: ReminderAnswerSerializer,
            **INVALID,
            404: PROBLEM,
            409: CONFLICT,
        },
    )
    def put(self, request: Request, id: UUID) -> Response:
        """Keep a reminder under an id of the device's making, or edit one (`base_version`). Safe to repeat."""
        serializer = ReminderSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        put = save_reminder(
            owner=person_of(request),
            id=id,
            body=serializer.canonical_body(),
            base_version=serializer.validated_data["base_version"],
        )
        answer, status = answer_put(put, represent_reminder)
        return Response(answer, status=status)

    @extend_schema(
        operation_id="reminder_delete",
        parameters=[BASE_VERSION],
        responses={204: None, 400: PROBLEM, 404: PROBLEM, 409: CONFLICT},
    )
    def delete(self, request: Request, id: UUID) -> Response:
        delete_reminder(owner=person_of(request), id=id, base_version=read_base_version(request))
        return Response(status=204)
