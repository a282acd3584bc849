"""What came due: the list in the app, and the answers to it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.exchange import page_of
from accounts.listing import LIST, list_documents, read_period
from accounts.schema import INVALID, PROBLEM
from reminders.answering import answer_occurrence
from reminders.models import Delivery, Occurrence
from reminders.models.occurrence import OccurrenceQuerySet
from reminders.serializers import AnswerSerializer, OccurrenceSerializer, represent_occurrences


def whole(rows: OccurrenceQuerySet) -> OccurrenceQuerySet:
    """With what their representation reads."""
    told = Prefetch("deliveries", Delivery.objects.order_by("turn", "id"))
    return rows.select_related("reminder").prefetch_related(told)


class OccurrencesView(APIView):
    @extend_schema(
        operation_id="occurrences_list",
        parameters=LIST,
        responses={200: page_of("OccurrencePage", OccurrenceSerializer), 400: PROBLEM},
    )
    def get(self, request: Request) -> Response:
        """
        What has come due, newest first: told, answered or missed. What quiet hours hold back is not in it yet.

        The operator says for how long it is kept: a year unless told, sixty days at least.
        """
        rows = Occurrence.objects.for_user(person_of(request)).between(*read_period(request))
        return list_documents(request, whole(rows.told(timezone.now())), ("-due_at", "-id"), represent_occurrences)


class OccurrenceAnswerView(APIView):
    @extend_schema(
        operation_id="occurrence_answer",
        request=AnswerSerializer,
        responses={200: OccurrenceSerializer, **INVALID, 404: PROBLEM},
    )
    def put(self, request: Request, id: UUID) -> Response:
        """
        Answer. Safe to repeat: the first answer stands, and a later one is told what stands.

        A snooze stands until it has run out; done and skip end it before.
        """
        serializer = AnswerSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        said = serializer.validated_data
        row = answer_occurrence(
            owner=person_of(request),
            id=id,
            answer=said["answer"],
            answered_at=said.get("answered_at"),
            minutes=said["minutes"],
        )
        return Response(represent_occurrences([whole(Occurrence.objects.filter(pk=row.pk)).get()])[0])
