"""What a physiotherapist does for a patient who let them in: prescribes, takes note of flags, keeps notes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.exchange import BASE_VERSION, answer_put, page_of, read_base_version
from accounts.listing import PAGES, DocumentPagination, list_documents
from accounts.problems import Unseen
from accounts.schema import CONFLICT, INVALID, PROBLEM
from exercises.models import Prescription, Session
from exercises.prescribing import end_prescription, prescribe
from exercises.serializers import (
    PrescriptionAnswerSerializer,
    represent_prescription,
    represent_prescriptions,
)
from sharing.acknowledging import acknowledge
from sharing.care import Care, flags_shown, hold, midnight, plans_shown, the_link
from sharing.evidence import evidence_since
from sharing.models import Acknowledgement, PatientNote
from sharing.noting import forget_note, notes_of, write_note
from sharing.serializers.messages import (
    AcknowledgementSerializer,
    AcknowledgeSerializer,
    represent_acknowledgement,
)
from sharing.serializers.patients import (
    NoteBodySerializer,
    NoteSerializer,
    PatientFlagSerializer,
    PatientPrescriptionAnswerSerializer,
    PatientPrescriptionSerializer,
    StopSerializer,
    represent_note,
    represent_reason,
    represent_stop,
)
from sharing.triaging import open_signs
from sharing.urgency import SESSIONS_LOOK_BACK
from tracker.flagging import hold_diary_of
from tracker.serializers import represent_flags


class PatientPrescriptionsView(APIView):
    @extend_schema(
        operation_id="patient_prescriptions_list",
        parameters=PAGES,
        responses={200: page_of("PatientPrescriptionPage", PrescriptionAnswerSerializer), 400: PROBLEM, 404: PROBLEM},
    )
    def get(self, request: Request, id: UUID) -> Response:
        """What the patient is to do, by whomever it was set, newest first."""
        care = the_link(request, id, "prescriptions", "exercises", "prescribe")
        rows = plans_shown(care.link).select_related("owner", "prescribed_by")
        return list_documents(request, rows, ("-received_at", "-id"), represent_prescriptions)


class PatientPrescriptionView(APIView):
    @extend_schema(
        operation_id="patient_prescription_put",
        request=PatientPrescriptionSerializer,
        responses={
            201: PatientPrescriptionAnswerSerializer,
            200: PatientPrescriptionAnswerSerializer,
            **INVALID,
            404: PROBLEM,
            409: CONFLICT,
        },
    )
    def put(self, request: Request, id: UUID, prescription: UUID) -> Response:
        """
        Set, or change (`base_version`), what the patient is to do, with its pain rules. Safe to repeat.

        Every change is a new version. From then on only a physiotherapist changes it. Signs that need checking at once
        are told in the answer, or refuse it where they are not among those that were seen (`despite_open_signs`).
        """
        care = the_link(request, id, "prescriptions", "prescribe")
        serializer = PatientPrescriptionSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        with transaction.atomic():
            # Signs are raised under this lock: none comes up between the look at them and the plan.
            hold_diary_of(care.patient.pk)
            hold_with_plan(care, prescription)
            signs = signs_seen(care, serializer.validated_data["despite_open_signs"])
            put = prescribe(
                owner=care.patient,
                by=care.reader,
                id=prescription,
                body=serializer.canonical_body(),
                base_version=serializer.validated_data["base_version"],
            )
        answer, status = answer_put(put, represent_prescription)
        return Response({**answer, "open_signs": signs}, status=status)

    @extend_schema(
        operation_id="patient_prescription_delete",
        parameters=[BASE_VERSION],
        responses={204: None, 400: PROBLEM, 404: PROBLEM, 409: CONFLICT},
    )
    def delete(self, request: Request, id: UUID, prescription: UUID) -> Response:
        """Take it back: it counts as prescribed no more, for the days before neither. To end it, set `ends_on`."""
        care = the_link(request, id, "prescriptions", "prescribe")
        with transaction.atomic():
            hold_with_plan(care, prescription)
            base_version = read_base_version(request)
            end_prescription(owner=care.patient, by=care.reader, id=prescription, base_version=base_version)
        return Response(status=204)


class PatientStopsView(APIView):
    @extend_schema(
        operation_id="patient_stops_list",
        responses={200: page_of("PatientStopPage", StopSerializer), 404: PROBLEM},
    )
    def get(self, request: Request, id: UUID) -> Response:
        """
        The exercises that the patient stopped for how they felt in the last 7 days that the link shows, and has not
        done well since: of each the stop that says most, else the latest; newest first. To be seen before they are
        prescribed.
        """
        care = the_link(request, id, "stops", "exercises")
        first = care.from_day(care.today - timedelta(days=SESSIONS_LOOK_BACK))
        stops = Session.objects.for_user(care.patient).between(first, None).stops()
        return Response(
            {"results": [represent_stop(one) for one in stops], "next": None}, headers={"Cache-Control": "no-store"}
        )


class PatientFlagsView(APIView):
    @extend_schema(
        operation_id="patient_flags_list",
        parameters=PAGES[1:],
        responses={200: page_of("PatientFlagPage", PatientFlagSerializer), 400: PROBLEM, 404: PROBLEM},
    )
    def get(self, request: Request, id: UUID) -> Response:
        """The patient's flags that stood on a day that the link shows, newest first, and who took note of them."""
        care = the_link(request, id, "flags", "flags")
        paginator = DocumentPagination()
        paginator.ordering = ("-opened_at", "-id")
        page = paginator.paginate_queryset(flags_shown(care.link), request) or []
        return paginator.get_paginated_response(represent_patient_flags(care, page))


class AcknowledgeView(APIView):
    @extend_schema(
        operation_id="patient_flag_acknowledge",
        request=AcknowledgeSerializer,
        responses={200: AcknowledgementSerializer, **INVALID, 404: PROBLEM},
    )
    def post(self, request: Request, id: UUID, flag: UUID) -> Response:
        """
        Take note of it as it stands, and answer the patient, who sees both. Safe to repeat.

        It drops below the others in the list until it is worse. It settles nothing: that is the patient's to say.
        """
        care = the_link(request, id, "flags", "flags")
        serializer = AcknowledgeSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response(represent_acknowledgement(acknowledge(care=care, flag=flag, **serializer.validated_data)))


class NotesView(APIView):
    @extend_schema(
        operation_id="patient_notes_list",
        parameters=PAGES[1:],
        responses={200: page_of("NotePage", NoteSerializer), 404: PROBLEM},
    )
    def get(self, request: Request, id: UUID) -> Response:
        """Your own notes about the patient, newest first. Nobody else ever reads them."""
        care = the_link(request, id, "triage")
        paginator = DocumentPagination()
        paginator.ordering = ("-created_at", "-id")
        page: list[PatientNote] = paginator.paginate_queryset(notes_of(care), request) or []
        return paginator.get_paginated_response([represent_note(one) for one in page])


class NoteView(APIView):
    @extend_schema(
        operation_id="patient_note_put",
        request=NoteBodySerializer,
        responses={201: NoteSerializer, 200: NoteSerializer, **INVALID, 404: PROBLEM},
    )
    def put(self, request: Request, id: UUID, note: UUID) -> Response:
        """Write a note under an id of the device's making, or write it anew. Safe to repeat."""
        care = the_link(request, id, "triage")
        serializer = NoteBodySerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        found, new = write_note(care=care, id=note, **serializer.validated_data)
        return Response(represent_note(found), status=201 if new else 200)

    @extend_schema(operation_id="patient_note_delete", responses={204: None, 404: PROBLEM})
    def delete(self, request: Request, id: UUID, note: UUID) -> Response:
        forget_note(care=the_link(request, id, "triage"), id=note)
        return Response(status=204)


def hold_with_plan(care: Care, prescription: UUID) -> None:
    """Raises Http404 for one that the link does not show, and what `hold` raises; a new one is nobody's yet."""
    shown = plans_shown(hold(care, "prescribe"))
    if Prescription.objects.filter(pk=prescription).exists() and not shown.filter(pk=prescription).exists():
        raise Http404


def signs_seen(care: Care, seen: list[UUID] | None) -> list[dict[str, Any]]:
    """
    The signs that need checking at once. None asks for no refusal.

    Raises Unseen (`open_signs`, with those) when one of them is not among `seen`.
    """
    signs = [represent_reason(sign) for sign in open_signs(care)]
    if seen is not None and (unseen := [sign for sign in signs if UUID(sign["flag"]) not in seen]):
        message = "The patient has signs that need checking at once. See them first, then send their ids."
        raise Unseen("despite_open_signs", message, "open_signs", open_signs=unseen)
    return signs


def represent_patient_flags(care: Care, flags: list[Any]) -> list[dict[str, Any]]:
    """With what was said over this link, and nothing from before the days that it shows."""
    said: dict[str, list[Acknowledgement]] = {str(flag.pk): [] for flag in flags}
    begin = midnight(care.link.sees_from, care.patient.time_zone) if care.link.sees_from else None
    rows = Acknowledgement.objects.filter(flag__in=flags, link=care.link)
    holding = {str(id) for id in rows.holding().values_list("flag_id", flat=True)}
    if begin:
        rows = rows.filter(at__gte=begin)
    for one in rows.select_related("by", "message").order_by("-at", "-id"):
        said[str(one.flag_id)].append(one)
    found = []
    for shown in represent_flags(flags):
        noted = said[shown["id"]]
        shown["acknowledgements"] = [
            {name: represent_acknowledgement(one)[name] for name in ("level", "at", "by", "text")} for one in noted
        ]
        shown["acknowledged"] = shown["id"] in holding
        found.append(since_then(shown, begin) if begin else shown)
    return found


def since_then(flag: dict[str, Any], begin: datetime) -> dict[str, Any]:
    changes = [change for change in flag["changes"] if datetime.fromisoformat(change["at"]) >= begin]
    return {**flag, "evidence": evidence_since(flag["evidence"], begin), "changes": changes}
