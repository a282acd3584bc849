"""The catalogue."""

from __future__ import annotations

from django.http import Http404
from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.exchange import page_of
from accounts.schema import PROBLEM
from exercises.models import Exercise
from exercises.serializers import ExerciseSerializer, represent_exercise


# A seventh of the size on its way to a phone. Nothing in it is anybody's own, so that its length gives nothing away.
@method_decorator(gzip_page, name="dispatch")
class ExercisesView(APIView):
    @extend_schema(operation_id="exercises_list", responses=page_of("ExercisePage", ExerciseSerializer))
    def get(self, request: Request) -> Response:
        """The whole catalogue at once, in the person's language; the retired ones too, which old sessions name."""
        language = person_of(request).language
        rows = Exercise.objects.order_by("slug")
        return Response({"results": [represent_exercise(row, language) for row in rows], "next": None})


class ExerciseView(APIView):
    @extend_schema(operation_id="exercise_read", responses={200: ExerciseSerializer, 404: PROBLEM})
    def get(self, request: Request, slug: str) -> Response:
        """One exercise; a retired one too, for the sessions that have it."""
        row = Exercise.objects.filter(pk=slug).first()
        if row is None:
            raise Http404
        return Response(represent_exercise(row, person_of(request).language))
