"""Those who let a physiotherapist in: who needs attention first, and each of them."""

from __future__ import annotations

import base64
import json
import unicodedata
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.exchange import page_of
from accounts.listing import PERIOD, read_period
from accounts.schema import PROBLEM
from exercises.api.handouts import PAPER, PDFRenderer
from exercises.serializers.prescriptions import EARLIEST
from sharing.api.reports import printed
from sharing.care import all_care_of, note_all, the_link
from sharing.reporting import build_report
from sharing.serializers.patients import PatientSerializer, TriageQuerySerializer, represent_patient
from sharing.snapshot import Snapshot
from sharing.triaging import Triaged, triage
from sharing.vocabulary import SECTIONS

REPORT_DAYS = 84


class PatientsView(APIView):
    @extend_schema(
        operation_id="patients_list",
        parameters=[TriageQuerySerializer],
        responses={200: page_of("PatientPage", PatientSerializer), 400: PROBLEM, 404: PROBLEM},
    )
    def get(self, request: Request) -> Response:
        """
        Who needs attention first, and why: groups attention, acknowledged, good-news, quiet, in this order.

        Each patient on the page finds in their log that they were looked at.
        """
        asked = TriageQuerySerializer(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        rows = [one for one in triage(all_care_of(person_of(request))) if is_asked(one, asked.validated_data)]
        page, following = page_from(rows, asked.validated_data)
        note_all(request, person_of(request), [one.care.link for one in page], "triage")
        return Response(
            {"results": [represent_patient(one) for one in page], "next": address_of(request, following)},
            headers={"Cache-Control": "no-store"},
        )


class PatientView(APIView):
    @extend_schema(operation_id="patient_read", responses={200: PatientSerializer, 404: PROBLEM})
    def get(self, request: Request, id: UUID) -> Response:
        """One of them, as in the list."""
        care = the_link(request, id, "triage")
        return Response(represent_patient(triage([care])[0]), headers={"Cache-Control": "no-store"})


class PatientReportView(APIView):
    @extend_schema(
        operation_id="patient_report",
        parameters=PERIOD,
        responses={200: OpenApiTypes.OBJECT, 400: PROBLEM, 404: PROBLEM},
    )
    def get(self, request: Request, id: UUID) -> Response:
        """
        The living report, in the shape of `sharing.snapshot`: the sections and days that the patient opens.

        To today and from twelve weeks before unless told; never from before `sees_from`, however it is asked.
        """
        return Response(living_report(request, id, "report"), headers={"Cache-Control": "no-store"})


class PatientReportPDFView(APIView):
    renderer_classes = (PDFRenderer, JSONRenderer)

    @extend_schema(
        operation_id="patient_report_pdf",
        parameters=[*PERIOD, PAPER],
        responses={(200, "application/pdf"): OpenApiTypes.BINARY, 400: PROBLEM, 404: PROBLEM, 503: PROBLEM},
    )
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """The same, to print."""
        report = living_report(request, id, "pdf")
        asked = {name: said for name, said in request.query_params.dict().items() if name not in ("from", "to")}
        return printed(request, report, asked)


def living_report(request: Request, id: UUID, what: str) -> Snapshot:
    care = the_link(request, id, what, *SECTIONS)
    first, last = read_period(request)
    early = [name for name, day in (("from", first), ("to", last)) if day and day < EARLIEST]
    if early:
        raise ValidationError({name: ["Must not be before the year 2000."] for name in early}, code="too_early")
    last = last or care.today
    begin = care.from_day(first or last - timedelta(days=REPORT_DAYS - 1)) or last
    return build_report(
        patient=care.patient,
        first=begin,
        last=max(begin, last),
        sections=care.sections,
        language=care.reader.language,
        evidence_from=care.link.sees_from,
    )


def is_asked(one: Triaged, asked: dict[str, Any]) -> bool:
    if asked.get("reason") and all(reason.kind != asked["reason"] for reason in one.reasons):
        return False
    if asked["acknowledged"] is True and not any(reason.acknowledged for reason in one.reasons):
        return False
    if asked["acknowledged"] is False and one.group == "acknowledged":
        return False
    name = as_typed(one.care.patient.display_name)
    return all(word in name for word in as_typed(asked.get("q", "")).split())


def as_typed(name: str) -> str:
    """In small letters without their marks, so that a name is found from any keyboard."""
    letters = unicodedata.normalize("NFKD", name.casefold().replace("\N{LATIN SMALL LETTER DOTLESS I}", "i"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def page_from(rows: list[Triaged], asked: dict[str, Any]) -> tuple[list[Triaged], str | None]:
    """The page, and the cursor of the next: the place of the last one on it, which holds whoever comes or goes."""
    if "cursor" in asked:
        after = place_at(asked["cursor"])
        rows = [one for one in rows if one.place > after]
    page = rows[: asked["page_size"]]
    following = base64.urlsafe_b64encode(json.dumps(page[-1].place).encode()).decode() if page else None
    return page, following if len(rows) > len(page) else None


def place_at(cursor: str) -> tuple[int, int, str, str]:
    """Raises Http404 for what is no cursor of ours."""
    try:
        group, weight, since, id = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return int(group), int(weight), str(since), str(id)
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise Http404 from error


def address_of(request: Request, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    query = {**request.query_params.dict(), "cursor": cursor}
    return request.build_absolute_uri(f"{request.path}?{urlencode(query)}")
