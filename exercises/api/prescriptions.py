"""What a person is to do. This door is the person's own; a physiotherapist comes in by another."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.exchange import BASE_VERSION, answer_put, history_of, page_of, read_base_version, versions_of
from accounts.listing import PAGES, list_documents
from accounts.schema import CONFLICT, INVALID, PROBLEM
from exercises.models import Prescription
from exercises.prescribing import end_prescription, prescribe
from exercises.serializers import (
    PrescriptionAnswerSerializer,
    PrescriptionSerializer,
    represent_prescription,
    represent_prescriptions,
)


class PrescriptionsView(APIView):
    @extend_schema(
        operation_id="prescriptions_list",
        parameters=PAGES,
        responses={200: page_of("PrescriptionPage", PrescriptionAnswerSerializer), 400: PROBLEM},
    )
    def get(self, request: Request) -> Response:
        """What the person is to do, or was to do, newest first."""
        rows = Prescription.objects.for_user(person_of(request)).select_related("owner", "prescribed_by")
        return list_documents(request, rows, ("-received_at", "-id"), represent_prescriptions)


class PrescriptionView(APIView):
    @extend_schema(operation_id="prescription_read", responses={200: PrescriptionAnswerSerializer, 404: PROBLEM})
    def get(self, request: Request, id: UUID) -> Response:
        found = Prescription.objects.for_user(person_of(request)).present().filter(pk=id).first()
        if found is None:
            raise Http404
        return Response(represent_prescription(found))

    @extend_schema(
        operation_id="prescription_put",
        request=PrescriptionSerializer,
        responses={
            201: PrescriptionAnswerSerializer,
            200: PrescriptionAnswerSerializer,
            **INVALID,
            404: PROBLEM,
            409: CONFLICT,
        },
    )
    def put(self, request: Request, id: UUID) -> Response:
        """
        Write down a prescription under an id of the device's making, or change one (`base_version`). Safe to repeat.

        Every change is a new version. One that a physiotherapist has set is refused with `prescribed_by_another`, but
        for another `ends_on` once no link with them lets them set plans.
        """
        serializer = PrescriptionSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        person = person_of(request)
        put = prescribe(
            owner=person,
            by=person,
            id=id,
            body=serializer.canonical_body(),
            base_version=serializer.validated_data["base_version"],
        )
        answer, status = answer_put(put, represent_prescription)
        return Response(answer, status=status)

    @extend_schema(
        operation_id="prescription_delete",
        parameters=[BASE_VERSION],
        responses={204: None, 400: PROBLEM, 404: PROBLEM, 409: CONFLICT},
    )
    def delete(self, request: Request, id: UUID) -> Response:
        """
        Take it back: it counts as prescribed no more, for the days before neither. To end it, set `ends_on`.

        What it said stays in the history. One that a physiotherapist has set is refused with `prescribed_by_another`,
        as long as a link with them lets them set plans.
        """
        person = person_of(request)
        end_prescription(owner=person, by=person, id=id, base_version=read_base_version(request))
        return Response(status=204)


class PrescriptionHistoryView(APIView):
    @extend_schema(
        operation_id="prescription_history",
        responses={200: history_of("Prescription", PrescriptionSerializer), 404: PROBLEM},
    )
    def get(self, request: Request, id: UUID) -> Response:
        """Every version the server has taken, newest first, tombstones included."""
        found = Prescription.objects.for_user(person_of(request)).filter(pk=id).first()
        if found is None:
            raise Http404
        return Response({"results": versions_of(found), "next": None})
