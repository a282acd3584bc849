"""What needs checking, and what the person does about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.exchange import page_of
from accounts.listing import PAGES, list_documents
from accounts.schema import INVALID, PROBLEM
from tracker.flagging import mark_seen, reopen_flag, resolve_flag, snooze_flag
from tracker.models import Flag
from tracker.serializers import (
    RaisedFlagSerializer,
    ReopenSerializer,
    ResolveSerializer,
    SeenSerializer,
    SnoozeSerializer,
    represent_flag,
    represent_flags,
)

CHANGED: dict[Any, Any] = {200: RaisedFlagSerializer, **INVALID, 404: PROBLEM}


class FlagsView(APIView):
    @extend_schema(
        operation_id="flags_list",
        parameters=PAGES,
        responses={200: page_of("FlagPage", RaisedFlagSerializer), 400: PROBLEM},
    )
    def get(self, request: Request) -> Response:
        """All flags, the resolved ones too, newest first. A flag is never deleted."""
        rows = Flag.objects.for_user(person_of(request))
        return list_documents(request, rows, ("-opened_at", "-id"), represent_flags)


class FlagView(APIView):
    @extend_schema(operation_id="flag_read", responses={200: RaisedFlagSerializer, 404: PROBLEM})
    def get(self, request: Request, id: UUID) -> Response:
        flag = Flag.objects.for_user(person_of(request)).filter(pk=id).first()
        if flag is None:
            raise Http404
        return Response(represent_flag(flag))


class FlagSeenView(APIView):
    @extend_schema(operation_id="flag_seen", request=SeenSerializer, responses=CHANGED)
    def post(self, request: Request, id: UUID) -> Response:
        """
        Confirm having read what to do. Safe to repeat; the first time stands.

        Whoever read it before the worst of it was noted has not read that: then nothing changes.
        """
        serializer = SeenSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        person = person_of(request)
        return Response(represent_flag(mark_seen(owner=person, by=person, id=id, at=serializer.validated_data["at"])))


class FlagResolveView(APIView):
    @extend_schema(operation_id="flag_resolve", request=ResolveSerializer, responses=CHANGED)
    def post(self, request: Request, id: UUID) -> Response:
        """
        Say that it is settled, and why. Safe to repeat; the first reason stands.

        What cannot wait (E, D) is refused with `read_first` until it has been confirmed as read. Signs noted after `at`
        stand, in a flag of their own.
        """
        serializer = ResolveSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        person, said = person_of(request), serializer.validated_data
        flag = resolve_flag(owner=person, by=person, id=id, reason=said["reason"], at=said["at"])
        return Response(represent_flag(flag))


class FlagSnoozeView(APIView):
    @extend_schema(operation_id="flag_snooze", request=SnoozeSerializer, responses=CHANGED)
    def post(self, request: Request, id: UUID) -> Response:
        """
        Put a trend off, and say why; it counts as read. Safe to repeat.

        Refused for a red flag (`not_a_trend`) and for one that is settled (`settled`).
        """
        serializer = SnoozeSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        person = person_of(request)
        return Response(represent_flag(snooze_flag(owner=person, by=person, id=id, **serializer.validated_data)))


class FlagReopenView(APIView):
    @extend_schema(operation_id="flag_reopen", request=ReopenSerializer, responses=CHANGED)
    def post(self, request: Request, id: UUID) -> Response:
        """
        Take back that it was settled.

        Refused with `another_stands` when the same sign has been raised anew, and with `corrected` when what raised it
        was corrected.
        """
        serializer = ReopenSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        person = person_of(request)
        return Response(represent_flag(reopen_flag(owner=person, by=person, id=id, at=serializer.validated_data["at"])))
