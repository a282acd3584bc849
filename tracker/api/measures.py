"""How much it gets in the way, week by week. Put by an id of the device's making, so that it can wait for a network."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.exchange import BASE_VERSION, answer_put, history_of, page_of, read_base_version, versions_of
from accounts.listing import LIST, list_documents, read_period
from accounts.schema import CONFLICT, INVALID, PROBLEM
from tracker.measuring import delete_measure, record_measure
from tracker.models import Measure
from tracker.serializers import MeasureAnswerSerializer, MeasureSerializer, represent_measure, represent_measures


class MeasuresView(APIView):
    @extend_schema(
        operation_id="measures_list",
        parameters=LIST,
        responses={200: page_of("MeasurePage", MeasureAnswerSerializer), 400: PROBLEM},
    )
    def get(self, request: Request) -> Response:
        """The weekly interference and the activities, newest first."""
        rows = Measure.objects.for_user(person_of(request)).between(*read_period(request))
        return list_documents(request, rows, ("-answered_at", "-id"), represent_measures)


class MeasureView(APIView):
    @extend_schema(operation_id="measure_read", responses={200: MeasureAnswerSerializer, 404: PROBLEM})
    def get(self, request: Request, id: UUID) -> Response:
        measure = Measure.objects.for_user(person_of(request)).present().filter(pk=id).first()
        if measure is None:
            raise Http404
        return Response(represent_measure(measure))

    @extend_schema(
        operation_id="measure_put",
        request=MeasureSerializer,
        responses={
            201: MeasureAnswerSerializer,
            200: MeasureAnswerSerializer,
            **INVALID,
            404: PROBLEM,
            409: CONFLICT,
        },
    )
    def put(self, request: Request, id: UUID) -> Response:
        """Record answers under an id of the device's making, or correct them (`base_version`). Safe to repeat."""
        serializer = MeasureSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        put = record_measure(
            owner=person_of(request),
            id=id,
            body=serializer.canonical_body(),
            base_version=serializer.validated_data["base_version"],
        )
        answer, status = answer_put(put, represent_measure)
        return Response(answer, status=status)

    @extend_schema(
        operation_id="measure_delete",
        parameters=[BASE_VERSION],
        responses={204: None, 400: PROBLEM, 404: PROBLEM, 409: CONFLICT},
    )
    def delete(self, request: Request, id: UUID) -> Response:
        delete_measure(owner=person_of(request), id=id, base_version=read_base_version(request))
        return Response(status=204)


class MeasureHistoryView(APIView):
    @extend_schema(
        operation_id="measure_history",
        responses={200: history_of("Measure", MeasureSerializer), 404: PROBLEM},
    )
    def get(self, request: Request, id: UUID) -> Response:
        """Every version the server has taken, newest first, tombstones included."""
        measure = Measure.objects.for_user(person_of(request)).filter(pk=id).first()
        if measure is None:
            raise Http404
        return Response({"results": versions_of(measure), "next": None})
