"""What was done."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.exchange import answer_put, page_of
from accounts.listing import LIST, list_documents, read_period
from accounts.schema import CONFLICT, INVALID, PROBLEM
from exercises.models import Session
from exercises.serializers import SessionAnswerSerializer, SessionSerializer, represent_session, represent_sessions
from exercises.sessions import record_session


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
