"""Symptom logs, one by one and in batches."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.exchange import BASE_VERSION, answer_put, history_of, page_of, read_base_version, versions_of
from accounts.fields import LATEST_BASE, StrictSerializer, WholeNumberField
from accounts.listing import LIST, list_documents, read_period
from accounts.parsing import BatchJSONParser
from accounts.problems import Conflict, describe
from accounts.schema import CONFLICT, INVALID, PROBLEM
from tracker.models import SymptomLog
from tracker.recording import TrendsWhen, catch_up, delete_log, record_log
from tracker.serializers import (
    LogAnswerSerializer,
    LogSerializer,
    represent,
    represent_all,
)
from tracker.trending import follow_trends, put_off_trends

BATCH_LIMIT = 100


class LogsView(APIView):
    @extend_schema(
        operation_id="logs_list",
        parameters=LIST,
        responses={200: page_of("LogPage", LogAnswerSerializer), 400: PROBLEM},
    )
    def get(self, request: Request) -> Response:
        """The diary, newest first."""
        rows = SymptomLog.objects.for_user(person_of(request)).between(*read_period(request))
        return list_documents(request, rows, ("-occurred_at", "-id"), represent_all)


class LogView(APIView):
    @extend_schema(operation_id="log_read", responses={200: LogAnswerSerializer, 404: PROBLEM})
    def get(self, request: Request, id: UUID) -> Response:
        log = SymptomLog.objects.for_user(person_of(request)).present().filter(pk=id).first()
        if log is None:
            raise Http404
        return Response(represent(log))

    @extend_schema(
        operation_id="log_put",
        request=LogSerializer,
        responses={
            201: LogAnswerSerializer,
            200: LogAnswerSerializer,
            **INVALID,
            404: PROBLEM,
            409: CONFLICT,
        },
    )
    def put(self, request: Request, id: UUID) -> Response:
        """Record an entry under an id of the device's making, or edit one (`base_version`). Safe to repeat."""
        answer, status = put_log(request, id, request.data)
        return Response(answer, status=status)

    @extend_schema(
        operation_id="log_delete",
        parameters=[BASE_VERSION],
        responses={204: None, 400: PROBLEM, 404: PROBLEM, 409: CONFLICT},
    )
    def delete(self, request: Request, id: UUID) -> Response:
        delete_log(owner=person_of(request), id=id, base_version=read_base_version(request))
        return Response(status=204)


class LogHistoryView(APIView):
    @extend_schema(
        operation_id="log_history",
        responses={200: history_of("Log", LogSerializer), 404: PROBLEM},
    )
    def get(self, request: Request, id: UUID) -> Response:
        """Every version the server has taken, newest first, tombstones included."""
        log = SymptomLog.objects.for_user(person_of(request)).filter(pk=id).first()
        if log is None:
            raise Http404
        return Response({"results": versions_of(log), "next": None})


class BatchItemSerializer(LogSerializer):
    """An entry with its id, or `{"id", "deleted": true, "base_version"}`."""

    id = serializers.UUIDField()


class BatchDeletionSerializer(StrictSerializer):
    id = serializers.UUIDField()
    deleted = serializers.BooleanField()
    base_version = WholeNumberField(required=False, allow_null=True, default=None, min_value=1, max_value=LATEST_BASE)


class LogBatchView(APIView):
    parser_classes = (BatchJSONParser,)

    @extend_schema(
        operation_id="logs_batch",
        request=PolymorphicProxySerializer(
            "LogBatchItem", [BatchItemSerializer, BatchDeletionSerializer], resource_type_field_name=None, many=True
        ),
        responses={
            200: inline_serializer(
                "LogBatchAnswer",
                {
                    "id": serializers.CharField(allow_null=True, help_text="As it was sent."),
                    "status": serializers.IntegerField(help_text="What the single request would have answered."),
                    "body": LogAnswerSerializer(allow_null=True),
                    "error": serializers.DictField(allow_null=True, help_text="A problem, as a refusal's body."),
                },
                many=True,
            ),
            **INVALID,
        },
    )
    def post(self, request: Request) -> Response:
        """Up to 100 entries in order, each taken or refused by itself: one that fails holds up no other."""
        if not isinstance(request.data, list):
            raise ValidationError("Must be a list.", code="not_a_list")
        if len(request.data) > BATCH_LIMIT:
            raise ValidationError(f"At most {BATCH_LIMIT} items at once.", code="too_many")
        answers = [answer_item(request, item) for item in request.data]
        catch_up(owner=person_of(request))
        return Response(answers)


def put_log(request: Request, id: UUID, data: Any, trends: TrendsWhen = follow_trends) -> tuple[dict[str, Any], int]:
    serializer = LogSerializer(data=data)
    serializer.is_valid(raise_exception=True)
    put = record_log(
        owner=person_of(request),
        id=id,
        body=serializer.canonical_body(),
        base_version=serializer.validated_data["base_version"],
        trends=trends,
    )
    return answer_put(put, represent)


def answer_item(request: Request, item: Any) -> dict[str, Any]:
    id = item.get("id") if isinstance(item, dict) and isinstance(item.get("id"), str) else None
    try:
        body, status = take_item(request, item)
    except (APIException, Conflict, Http404) as refusal:
        error = describe(refusal) or {}
        return {"id": id, "status": error["status"], "body": None, "error": error}
    return {"id": id, "status": status, "body": body, "error": None}


def take_item(request: Request, item: Any) -> tuple[dict[str, Any] | None, int]:
    if not isinstance(item, dict):
        raise ValidationError("Each item must be an object.", code="not_an_object")
    if "deleted" in item:
        deletion = BatchDeletionSerializer(data=item)
        deletion.is_valid(raise_exception=True)
        if deletion.validated_data["deleted"] is not True:
            raise ValidationError({"deleted": ["May only be true."]}, code="invalid")
        gone = delete_log(
            owner=person_of(request),
            id=deletion.validated_data["id"],
            base_version=deletion.validated_data["base_version"],
            trends=put_off_trends,
        )
        return represent(gone), 200
    identified = BatchIdSerializer(data={"id": item.get("id")})
    identified.is_valid(raise_exception=True)
    return put_log(request, identified.validated_data["id"], item, trends=put_off_trends)


class BatchIdSerializer(serializers.Serializer):
    id = serializers.UUIDField()
