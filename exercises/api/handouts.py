"""`GET .../handout.pdf`: a routine or a prescription on paper, with its figures and a table to tick."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, serializers
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.fields import StrictSerializer
from accounts.schema import PROBLEM
from accounts.zones import local_date
from exercises.catalogue import starters
from exercises.handout.press import PressBusy, print_sheet
from exercises.handout.sheet import PAPERS, make_sheet, paper_for
from exercises.models import Exercise, Prescription, Routine
from exercises.serializers import represent_exercise, represent_starter

logger = logging.getLogger(__name__)

# It says nothing of whose exercises these are, or what for.
FILE_NAME = "exercises.pdf"
PAPER = OpenApiParameter(
    "paper", OpenApiTypes.STR, enum=list(PAPERS), description="Unless told: what the person's country prints on."
)
HANDOUT = {(200, "application/pdf"): OpenApiTypes.BINARY, 400: PROBLEM, 404: PROBLEM, 503: PROBLEM}


class PrintLater(exceptions.APIException):
    status_code = 503
    default_detail = "The sheet cannot be printed now. Try again in a minute."
    default_code = "press_busy"
    # Answered as Retry-After. A machine that is too loaded for one sheet is not helped by another at once.
    wait = 60


class PaperField(serializers.ChoiceField):
    """A4 is how the paper is written; in an address it is mostly a4."""

    def to_internal_value(self, data: Any) -> str:
        return str(super().to_internal_value(str(data).lower()))


class PaperSerializer(StrictSerializer):
    paper = PaperField(choices=list(PAPERS), required=False)


class PDFRenderer(JSONRenderer):
    """Lets a program accept PDF only; a refusal stays JSON."""

    media_type = "application/pdf"
    format = "pdf"
    charset = None

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        found: bytes = super().render(data, "application/json")
        return found


class RoutineHandoutView(APIView):
    renderer_classes = (PDFRenderer, JSONRenderer)

    @extend_schema(operation_id="routine_handout", parameters=[PAPER], responses=HANDOUT)
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """The routine, a starter too, to print. Without the person's name: a line is left for the pen."""
        person = person_of(request)
        if id in starters():
            return answer_handout(request, represent_starter(starters()[id], person.language))
        routine = Routine.objects.for_user(person).present().filter(pk=id).first()
        if routine is None:
            raise Http404
        return answer_handout(request, routine.body())


class PrescriptionHandoutView(APIView):
    renderer_classes = (PDFRenderer, JSONRenderer)

    @extend_schema(operation_id="prescription_handout", parameters=[PAPER], responses=HANDOUT)
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """The prescription to print: how often, its limits of pain, its note, and who set it."""
        rows = Prescription.objects.for_user(person_of(request)).present().select_related("prescribed_by")
        prescription = rows.filter(pk=id).first()
        if prescription is None:
            raise Http404
        set_by = prescription.prescribed_by.display_name if prescription.prescribed_by else None
        return answer_handout(request, prescription.body(), set_by)


def answer_handout(request: Request, plan: Mapping[str, Any], set_by: str | None = None) -> HttpResponse:
    person = person_of(request)
    serializer = PaperSerializer(data=request.query_params.dict())
    serializer.is_valid(raise_exception=True)
    rows = Exercise.objects.filter(pk__in={item["exercise"] for item in plan["items"]})
    sheet = make_sheet(
        plan=plan,
        exercises={row.pk: represent_exercise(row, person.language) for row in rows},
        still=read_still,
        paper=serializer.validated_data.get("paper") or paper_for(person.country),
        language=person.language,
        today=local_date(timezone.now(), person.time_zone),
        set_by=set_by,
    )
    disposition = f'inline; filename="{FILE_NAME}"'
    try:
        pdf = print_sheet(sheet)
    except PressBusy as busy:
        logger.error("A hand-out was not printed: %s", busy)
        raise PrintLater from None
    # Past the renderers: whatever a program accepts besides, at this address it gets the PDF.
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": disposition})


def read_still(slug: str, n: int) -> str | None:
    """The web build draws them (static/stills.ts). A retired exercise has none any more."""
    try:
        return (settings.WEB_BUILD / "stills" / f"{slug}-{n}.svg").read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
