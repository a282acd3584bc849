"""The exercise catalogue, routines, sessions, and how much of what was planned was done."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.exchange import BASE_VERSION, answer_put, page_of, read_base_version
from accounts.listing import LIST, PAGES, PERIOD, list_documents, read_period
from accounts.schema import CONFLICT, INVALID, PROBLEM
from exercises.catalogue import starters
from exercises.models import Exercise, Routine, Session
from exercises.routines import delete_routine, save_routine
from exercises.serializers import (
    AdherenceSerializer,
    ExerciseSerializer,
    RoutineAnswerSerializer,
    RoutineSerializer,
    SessionAnswerSerializer,
    SessionSerializer,
    represent_exercise,
    represent_routine,
    represent_routines,
    represent_session,
    represent_sessions,
    represent_starter,
)
from exercises.sessions import record_session


class ExercisesView(APIView):
    @extend_schema(operation_id="exercises_list", responses=page_of("ExercisePage", ExerciseSerializer))
    def get(self, request: Request) -> Response:
        """The whole catalogue at once, in the person's language; without retired exercises."""
        language = person_of(request).language
        rows = Exercise.objects.filter(retired=False).order_by("slug")
        return Response({"results": [represent_exercise(row, language) for row in rows], "next": None})


class ExerciseView(APIView):
    @extend_schema(operation_id="exercise_read", responses={200: ExerciseSerializer, 404: PROBLEM})
    def get(self, request: Request, slug: str) -> Response:
        """One exercise; a retired one too, for the sessions that have it."""
        row = Exercise.objects.filter(pk=slug).first()
        if row is None:
            raise Http404
        return Response(represent_exercise(row, person_of(request).language))


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


class SessionsView(APIView):
    @extend_schema(
        operation_id="sessions_list",
        parameters=LIST,
        responses={200: page_of("SessionPage", SessionAnswerSerializer), 400: PROBLEM},
    )
    def get(self, request: Request) -> Response:
        """What was done, newest first."""
        rows = Session.objects.for_user(person_of(request)).between(*read_period(request))
        return list_documents(request, rows, ("-started_at", "-id"), represent_sessions)


class SessionView(APIView):
    @extend_schema(operation_id="session_read", responses={200: SessionAnswerSerializer, 404: PROBLEM})
    def get(self, request: Request, id: UUID) -> Response:
        session = Session.objects.for_user(person_of(request)).present().filter(pk=id).first()
        if session is None:
            raise Http404
        return Response(represent_session(session))

    @extend_schema(
        operation_id="session_put",
        request=SessionSerializer,
        responses={
            201: SessionAnswerSerializer,
            200: SessionAnswerSerializer,
            **INVALID,
            404: PROBLEM,
            409: CONFLICT,
        },
    )
    def put(self, request: Request, id: UUID) -> Response:
        """Record a session under an id of the device's making, or add to one (`base_version`). Safe to repeat."""
        serializer = SessionSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        put = record_session(
            owner=person_of(request),
            id=id,
            body=serializer.canonical_body(),
            base_version=serializer.validated_data["base_version"],
        )
        answer, status = answer_put(put, represent_session)
        return Response(answer, status=status)


class AdherenceView(APIView):
    @extend_schema(operation_id="adherence", parameters=PERIOD, responses={200: AdherenceSerializer, 400: PROBLEM})
    def get(self, request: Request) -> Response:
        """What was done, by the local date on which each session started. No date is ever called missed."""
        sessions = Session.objects.for_user(person_of(request)).between(*read_period(request))
        return Response({"days": [day(row) for row in sessions.day_values()], "reasons": sessions.reason_counts()})


def day(row: dict[str, Any]) -> dict[str, Any]:
    return {"date": row.pop("local_date").isoformat(), **row}


urlpatterns = [
    path("exercises", ExercisesView.as_view()),
    path("exercises/<slug:slug>", ExerciseView.as_view()),
    path("routines", RoutinesView.as_view()),
    path("routines/<uuid:id>", RoutineView.as_view()),
    path("sessions", SessionsView.as_view()),
    path("sessions/<uuid:id>", SessionView.as_view()),
    path("adherence", AdherenceView.as_view()),
]
