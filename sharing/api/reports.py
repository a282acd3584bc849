"""A person's own reports: made once, and the same in every rendering for ever after. Nobody else reads them here."""

from __future__ import annotations

import json
import logging
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.exchange import page_of
from accounts.listing import PAGES, DocumentPagination
from accounts.schema import INVALID, PROBLEM
from exercises.api.handouts import PAPER, PaperSerializer, PDFRenderer, PrintLater
from exercises.handout.press import PressBusy
from exercises.handout.sheet import PAPERS, paper_for
from sharing.api.throttles import Makings
from sharing.keeping import delete_report, make_report
from sharing.models import Report
from sharing.rendering.fhir import report_bundle
from sharing.rendering.pdf import report_pdf
from sharing.rendering.table import report_csv
from sharing.rendering.wording import file_name
from sharing.serializers.reports import (
    ReportAskedSerializer,
    ReportMadeSerializer,
    ReportSerializer,
    represent_made,
    represent_report,
)
from sharing.snapshot import Snapshot

logger = logging.getLogger(__name__)

FHIR = "application/fhir+json"
CSV = "text/csv"


class NewestMade(DocumentPagination):
    ordering = ("-made_at", "-id")


class ReportsView(APIView):
    throttle_classes = [Makings]

    @extend_schema(
        operation_id="reports_list",
        # Rows that nobody changes have nothing to catch up with.
        parameters=[one for one in PAGES if one.name != "changed_since"],
        responses=page_of("ReportPage", ReportSerializer),
    )
    def get(self, request: Request) -> Response:
        """What was made, newest first; without the figures."""
        paginator = NewestMade()
        rows = Report.objects.for_user(person_of(request)).kept().outlined(timezone.now())
        page: list[Any] = paginator.paginate_queryset(rows, request) or []
        return paginator.get_paginated_response([represent_report(row) for row in page])

    @extend_schema(
        operation_id="report_make",
        request=ReportAskedSerializer,
        responses={201: ReportMadeSerializer, 429: PROBLEM, **INVALID},
    )
    def post(self, request: Request) -> Response:
        """Make the report of a period of at most 30 years, and keep it as it is now; at most 150 of them."""
        serializer = ReportAskedSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        asked = serializer.validated_data
        report = make_report(
            patient=person_of(request),
            first=asked["from"],
            last=asked["to"],
            sections=asked["sections"],
            question=asked["question"],
        )
        return Response(represent_made(report), status=201)


class ReportView(APIView):
    @extend_schema(operation_id="report_delete", responses={204: None, 404: PROBLEM})
    def delete(self, request: Request, id: UUID) -> Response:
        """Delete the report, and end the links to it at once. Who read it stays in the log. Safe to repeat."""
        delete_report(owner=person_of(request), id=id)
        return Response(status=204)


class CSVRenderer(PDFRenderer):
    """Lets a program accept CSV only; a refusal stays JSON."""

    media_type = CSV
    format = "csv"


class FHIRRenderer(PDFRenderer):
    """Lets a program accept FHIR only; a refusal stays JSON."""

    media_type = FHIR
    format = "fhir"


class ReportJSONView(APIView):
    @extend_schema(operation_id="report_json", responses={200: OpenApiTypes.OBJECT, 404: PROBLEM})
    def get(self, request: Request, id: UUID) -> Response:
        """The report itself, in the shape of `sharing.snapshot`."""
        return Response(own_snapshot(request, id))


class ReportCSVView(APIView):
    renderer_classes = (CSVRenderer, JSONRenderer)

    @extend_schema(operation_id="report_csv", responses={(200, CSV): OpenApiTypes.STR, 404: PROBLEM})
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """For a spreadsheet: the days, and the other tables one below the other."""
        snapshot = own_snapshot(request, id)
        return file_of(report_csv(snapshot).encode(), f"{CSV}; charset=utf-8", file_name(snapshot, "csv"))


class ReportFHIRView(APIView):
    renderer_classes = (FHIRRenderer, JSONRenderer)

    @extend_schema(operation_id="report_fhir", responses={(200, FHIR): OpenApiTypes.OBJECT, 404: PROBLEM})
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """For another health program: a FHIR R4 document."""
        snapshot = own_snapshot(request, id)
        bundle = json.dumps(report_bundle(snapshot), ensure_ascii=False)
        return file_of(bundle.encode(), FHIR, file_name(snapshot, "fhir.json"))


class ReportPDFView(APIView):
    renderer_classes = (PDFRenderer, JSONRenderer)

    @extend_schema(
        operation_id="report_pdf",
        parameters=[PAPER],
        responses={(200, "application/pdf"): OpenApiTypes.BINARY, 400: PROBLEM, 404: PROBLEM, 503: PROBLEM},
    )
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """To print, or to send."""
        return printed(request, own_snapshot(request, id), request.query_params.dict())


def printed(request: Request, snapshot: Snapshot, asked: dict[str, str]) -> HttpResponse:
    """On the paper that is `asked` for, or else the reader's country's."""
    serializer = PaperSerializer(data=asked)
    serializer.is_valid(raise_exception=True)
    paper = serializer.validated_data.get("paper") or paper_for(person_of(request).country)
    try:
        pdf = report_pdf(snapshot, paper=PAPERS[paper])
    except PressBusy as busy:
        logger.error("A report was not printed: %s", busy)
        raise PrintLater from None
    return file_of(pdf, "application/pdf", file_name(snapshot, "pdf"), "inline")


def own_snapshot(request: Request, id: UUID) -> Snapshot:
    snapshot: Snapshot = get_object_or_404(Report.objects.for_user(person_of(request)).kept(), pk=id).snapshot
    return snapshot


def file_of(content: bytes, content_type: str, name: str, disposition: str = "attachment") -> HttpResponse:
    """`name` says nothing of whose it is. Past the renderers: whatever is accepted, the address says what it gives."""
    headers = {
        "Content-Disposition": f'{disposition}; filename="{name}"',
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
