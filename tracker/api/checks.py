"""The questions about signs that need a doctor, and the answers to them."""

from __future__ import annotations

import json
from hashlib import sha256
from uuid import UUID

from django.http import Http404, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.decorators import method_decorator
from django.views.decorators.gzip import gzip_page
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.exchange import BASE_VERSION, answer_put, history_of, page_of, read_base_version, versions_of
from accounts.listing import LIST, list_documents, read_period
from accounts.schema import CONFLICT, INVALID, PROBLEM
from tracker.models import RedFlagCheck
from tracker.recording import delete_check, record_check
from tracker.serializers import (
    CheckAnswerSerializer,
    CheckSerializer,
    QuestionsSerializer,
    represent_check,
    represent_checks,
    represent_questions,
)

KNOWN = OpenApiParameter("If-None-Match", str, OpenApiParameter.HEADER, description="The ETag of the copy you hold.")


# Nothing in it is anybody's own, so that its length gives nothing away.
@method_decorator(gzip_page, name="dispatch")
class RedFlagsView(APIView):
    @extend_schema(operation_id="red_flags", parameters=[KNOWN], responses={200: QuestionsSerializer, 304: None})
    def get(self, request: Request) -> HttpResponseBase:
        """All questions in the order of asking, in the person's language. Keep a copy, and ask with its ETag."""
        found = represent_questions(person_of(request).language)
        etag = f'"{sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()[:32]}"'
        unchanged = get_conditional_response(request._request, etag=etag)
        return unchanged or Response(found, headers={"ETag": etag})


class ChecksView(APIView):
    @extend_schema(
        operation_id="checks_list",
        parameters=LIST,
        responses={200: page_of("CheckPage", CheckAnswerSerializer), 400: PROBLEM},
    )
    def get(self, request: Request) -> Response:
        """What was answered, newest first."""
        rows = RedFlagCheck.objects.for_user(person_of(request)).between(*read_period(request))
        return list_documents(request, rows, ("-answered_at", "-id"), represent_checks)


class CheckView(APIView):
    @extend_schema(operation_id="check_read", responses={200: CheckAnswerSerializer, 404: PROBLEM})
    def get(self, request: Request, id: UUID) -> Response:
        check = RedFlagCheck.objects.for_user(person_of(request)).present().filter(pk=id).first()
        if check is None:
            raise Http404
        return Response(represent_check(check))

    @extend_schema(
        operation_id="check_put",
        request=CheckSerializer,
        responses={
            201: CheckAnswerSerializer,
            200: CheckAnswerSerializer,
            **INVALID,
            404: PROBLEM,
            409: CONFLICT,
        },
    )
    def put(self, request: Request, id: UUID) -> Response:
        """Record answers under an id of the device's making, or correct them (`base_version`). Safe to repeat."""
        serializer = CheckSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        put = record_check(
            owner=person_of(request),
            id=id,
            body=serializer.canonical_body(),
            base_version=serializer.validated_data["base_version"],
        )
        answer, status = answer_put(put, represent_check)
        return Response(answer, status=status)

    @extend_schema(
        operation_id="check_delete",
        parameters=[BASE_VERSION],
        responses={204: None, 400: PROBLEM, 404: PROBLEM, 409: CONFLICT},
    )
    def delete(self, request: Request, id: UUID) -> Response:
        delete_check(owner=person_of(request), id=id, base_version=read_base_version(request))
        return Response(status=204)


class CheckHistoryView(APIView):
    @extend_schema(
        operation_id="check_history",
        responses={200: history_of("Check", CheckSerializer), 404: PROBLEM},
    )
    def get(self, request: Request, id: UUID) -> Response:
        """Every version the server has taken, newest first, tombstones included."""
        check = RedFlagCheck.objects.for_user(person_of(request)).filter(pk=id).first()
        if check is None:
            raise Http404
        return Response({"results": versions_of(check), "next": None})
