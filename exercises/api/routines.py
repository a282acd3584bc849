"""The starter routines, and a person's own."""

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
from exercises.catalogue import starters
from exercises.models import Routine
from exercises.routines import delete_routine, save_routine
from exercises.serializers import (
    RoutineAnswerSerializer,
    RoutineSerializer,
    represent_routine,
    represent_routines,
    represent_starter,
)


class RoutinesView(APIView):
    @extend_schema(
        operation_id="routines_list",
        parameters=PAGES,
        responses={200: page_of("RoutinePage", RoutineAnswerSerializer), 400: PROBLEM},
    )
    def get(self, request: Request) -> Response:
        """The starter routines, on top of the first page whatever is asked, and the person's own, newest first."""
        person = person_of(request)
        rows = Routine.objects.for_user(person)
        response = list_documents(request, rows, ("-received_at", "-id"), represent_routines)
        if "cursor" not in request.query_params:
            response.data["results"][:0] = [represent_starter(one, person.language) for one in starters().values()]
        return response


class RoutineView(APIView):
    @extend_schema(operation_id="routine_read", responses={200: RoutineAnswerSerializer, 404: PROBLEM})
    def get(self, request: Request, id: UUID) -> Response:
        if id in starters():
            return Response(represent_starter(starters()[id], person_of(request).language))
        routine = Routine.objects.for_user(person_of(request)).present().filter(pk=id).first()
        if routine is None:
            raise Http404
        return Response(represent_routine(routine))

    @extend_schema(
        operation_id="routine_put",
        request=RoutineSerializer,
        responses={
            201: RoutineAnswerSerializer,
            200: RoutineAnswerSerializer,
            **INVALID,
            404: PROBLEM,
            409: CONFLICT,
        },
    )
    def put(self, request: Request, id: UUID) -> Response:
        """Keep a routine under an id of the device's making, or edit one (`base_version`). Safe to repeat."""
        serializer = RoutineSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        put = save_routine(
            owner=person_of(request),
            id=id,
            body=serializer.canonical_body(),
            base_version=serializer.validated_data["base_version"],
        )
        answer, status = answer_put(put, represent_routine)
        return Response(answer, status=status)

    @extend_schema(
        operation_id="routine_delete",
        parameters=[BASE_VERSION],
        responses={204: None, 400: PROBLEM, 404: PROBLEM, 409: CONFLICT},
    )
    def delete(self, request: Request, id: UUID) -> Response:
        delete_routine(owner=person_of(request), id=id, base_version=read_base_version(request))
        return Response(status=204)
