"""The key that browsers subscribe with, and the devices that did."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import ValidationError
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.exchange import page_of
from accounts.schema import INVALID, PROBLEM
from accounts.signing_in import note_sign_in
from reminders.by_push import send_test
from reminders.models import PushSubscription
from reminders.pushing import push_keys
from reminders.serializers.push import (
    PushKeySerializer,
    PushSubscriptionAnswerSerializer,
    PushSubscriptionSerializer,
    PushTestSerializer,
)
from reminders.subscribing import EndpointTaken, subscribe, unsubscribe


class PushKeyView(APIView):
    @extend_schema(operation_id="push_key_read", responses=PushKeySerializer)
    def get(self, request: Request) -> Response:
        """What `PushManager.subscribe` takes as `applicationServerKey`."""
        return Response(PushKeySerializer(push_keys().newest).data)


class PushSubscriptionsView(APIView):
    @extend_schema(
        operation_id="push_subscriptions_list",
        responses=page_of("PushSubscriptionPage", PushSubscriptionAnswerSerializer),
    )
    def get(self, request: Request) -> Response:
        """The person's devices, newest first, also those that the push service has given up (`gone_at`)."""
        rows = PushSubscription.objects.for_user(person_of(request)).order_by("-created_at", "-id")
        return Response({"results": PushSubscriptionAnswerSerializer(rows, many=True).data, "next": None})

    @extend_schema(
        operation_id="push_subscription_post",
        request=PushSubscriptionSerializer,
        responses={201: PushSubscriptionAnswerSerializer, 200: PushSubscriptionAnswerSerializer, **INVALID},
    )
    def post(self, request: Request) -> Response:
        """Push to this browser while it is signed in. Safe to repeat: one endpoint has one row, whoever posts it."""
        serializer = PushSubscriptionSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        try:
            row, created = subscribe(
                owner=person_of(request), session=note_sign_in(request._request), **serializer.validated_data
            )
        except EndpointTaken as error:
            message = "Another account holds this endpoint, with other keys. Subscribe anew."
            raise ValidationError({"endpoint": [message]}, code="taken") from error
        return Response(PushSubscriptionAnswerSerializer(row).data, status=201 if created else 200)


class PushSubscriptionView(APIView):
    @extend_schema(operation_id="push_subscription_delete", responses={204: None, 404: PROBLEM})
    def delete(self, request: Request, id: UUID) -> Response:
        unsubscribe(owner=person_of(request), id=id)
        return Response(status=204)


class PushTestView(APIView):
    @extend_schema(
        operation_id="push_subscription_test",
        request=None,
        responses={200: PushTestSerializer, 404: PROBLEM, 429: PROBLEM},
    )
    def post(self, request: Request, id: UUID) -> Response:
        """Show a notification on this device now, whatever the hour. At most one in ten seconds."""
        return Response(PushTestSerializer(send_test(owner=person_of(request), id=id)).data)
