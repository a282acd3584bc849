"""Messages between the two of a link, and what a physiotherapist has said to one's flags."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.exchange import page_of
from accounts.fields import StrictSerializer
from accounts.listing import PAGES, DocumentPagination
from accounts.schema import INVALID, PROBLEM
from sharing.care import note_all
from sharing.messaging import conversations_of, link_open_to, mark_read, send
from sharing.models import Acknowledgement, Message
from sharing.reading import note_read
from sharing.serializers.messages import (
    AcknowledgementSerializer,
    ConversationSerializer,
    MarkedSerializer,
    MessageSerializer,
    ReadSerializer,
    SendSerializer,
    represent_acknowledgement,
    represent_conversation,
    represent_message,
)

LINK = OpenApiParameter("link", OpenApiTypes.UUID, required=True, description="Whose messages.")


class OfLinkSerializer(StrictSerializer):
    link = serializers.UUIDField()


class MessagesView(APIView):
    @extend_schema(
        operation_id="messages_list",
        parameters=[LINK, *PAGES[1:]],
        responses={200: page_of("MessagePage", MessageSerializer), 400: PROBLEM, 404: PROBLEM},
    )
    def get(self, request: Request) -> Response:
        """The messages of one link, of one that ended too, newest first."""
        asked = OfLinkSerializer(
            data={name: request.query_params[name] for name in request.query_params if name == "link"}
        )
        asked.is_valid(raise_exception=True)
        person = person_of(request)
        link, _ = link_open_to(person, asked.validated_data["link"])
        if link.owner_id != person.pk:
            note_read(request=request, patient=link.owner, what="messages", link=link, reader=person)
        paginator = DocumentPagination()
        paginator.ordering = ("-created_at", "-id")
        messages = Message.objects.filter(link=link).select_related("link").with_flag()
        page: list[Any] = paginator.paginate_queryset(messages, request) or []
        return paginator.get_paginated_response([represent_message(one, person, one.answers) for one in page])


class MessageView(APIView):
    @extend_schema(
        operation_id="message_send",
        request=SendSerializer,
        responses={201: MessageSerializer, 200: MessageSerializer, **INVALID, 404: PROBLEM},
    )
    def put(self, request: Request, id: UUID) -> Response:
        """
        Write to the other of a link, under an id of the device's making. Safe to repeat; a message is never changed.

        Refused with `ended` when the link has, and with `id_taken` when the id holds another text.
        """
        serializer = SendSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        person = person_of(request)
        message, new = send(sender=person, id=id, **serializer.validated_data)
        return Response(represent_message(message, person), status=201 if new else 200)


class MessagesReadView(APIView):
    @extend_schema(
        operation_id="messages_read",
        request=ReadSerializer,
        responses={200: MarkedSerializer, **INVALID, 404: PROBLEM},
    )
    def post(self, request: Request) -> Response:
        """What came over this link until that moment is read. Safe to repeat."""
        serializer = ReadSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response({"marked": mark_read(reader=person_of(request), **serializer.validated_data)})


class ConversationsView(APIView):
    @extend_schema(
        operation_id="conversations_list",
        parameters=PAGES[1:],
        responses={200: page_of("ConversationPage", ConversationSerializer), 404: PROBLEM},
    )
    def get(self, request: Request) -> Response:
        """
        Every link with its last message and how many are unread, newest link first.

        Patients whose last message is read so find it in their log.
        """
        person = person_of(request)
        paginator = DocumentPagination()
        paginator.ordering = ("-created_at", "-id")
        page: list[Any] = paginator.paginate_queryset(conversations_of(person), request) or []
        read = [link for link in page if link.last_message and link.owner_id != person.pk]
        note_all(request, person, read, "messages")
        newest = [link.last_message for link in page if link.last_message]
        last = Message.objects.select_related("link").with_flag().in_bulk(newest)
        found = [represent_conversation(link, last.get(link.last_message), person) for link in page]
        return paginator.get_paginated_response(found)


class AcknowledgementsView(APIView):
    @extend_schema(
        operation_id="acknowledgements_list",
        parameters=PAGES[1:],
        responses={200: page_of("AcknowledgementPage", AcknowledgementSerializer), 404: PROBLEM},
    )
    def get(self, request: Request) -> Response:
        """Which of your flags a physiotherapist has noted, and what they answered, newest first."""
        rows = Acknowledgement.objects.for_user(person_of(request)).select_related("by", "message")
        paginator = DocumentPagination()
        paginator.ordering = ("-at", "-id")
        page = paginator.paginate_queryset(rows, request) or []
        return paginator.get_paginated_response([represent_acknowledgement(one) for one in page])
