"""What people hear of beside their reminders, and how."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.exchange import page_of
from accounts.listing import PAGES, list_documents
from accounts.schema import INVALID, PROBLEM
from reminders.choosing import choose_news
from reminders.models import Announcement, NewsChoice
from reminders.serializers.announcements import (
    AnnouncementSerializer,
    NewsChoiceSerializer,
    represent_announcements,
)


class AnnouncementsView(APIView):
    @extend_schema(
        operation_id="announcements_list",
        parameters=PAGES,
        responses={200: page_of("AnnouncementPage", AnnouncementSerializer), 400: PROBLEM},
    )
    def get(self, request: Request) -> Response:
        """Flags, prescriptions that others set, and messages that the person has been told of, newest first."""
        rows = Announcement.objects.for_user(person_of(request)).prefetch_related("news")
        return list_documents(request, rows, ("-made_at", "-id"), represent_announcements)


class AnnouncementWaysView(APIView):
    @extend_schema(operation_id="announcement_ways_read", responses=NewsChoiceSerializer)
    def get(self, request: Request) -> Response:
        return Response(NewsChoiceSerializer(NewsChoice.of(person_of(request))).data)

    @extend_schema(
        operation_id="announcement_ways_change",
        request=NewsChoiceSerializer,
        responses={200: NewsChoiceSerializer, **INVALID},
    )
    def patch(self, request: Request) -> Response:
        """What is left out stays as it is."""
        serializer = NewsChoiceSerializer(data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        return Response(NewsChoiceSerializer(choose_news(owner=person_of(request), **serializer.validated_data)).data)
