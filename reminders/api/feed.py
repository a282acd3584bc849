"""The secret address at which calendars read a person's reminders."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person_of
from reminders.feeding import close_feed, open_feed
from reminders.models import CalendarFeed


class CalendarFeedSerializer(serializers.Serializer):
    made_at = serializers.DateTimeField(allow_null=True, help_text="Null: there is none.")
    url = serializers.URLField(allow_null=True, help_text="Only when it is made, and never again.")


def represent(feed: CalendarFeed | None, url: str | None = None) -> dict[str, Any]:
    return {"made_at": feed.made_at.isoformat() if feed else None, "url": url}


class CalendarFeedView(APIView):
    @extend_schema(operation_id="calendar_feed_read", responses=CalendarFeedSerializer)
    def get(self, request: Request) -> Response:
        return Response(represent(CalendarFeed.objects.for_user(person_of(request)).first()))

    @extend_schema(operation_id="calendar_feed_open", request=None, responses={201: CalendarFeedSerializer})
    def post(self, request: Request) -> Response:
        """Make one. Whoever has its address sees when the person is reminded; one from before is closed."""
        feed, token = open_feed(owner=person_of(request))
        return Response(represent(feed, f"{settings.OWN_URL}/calendar/{token}.ics"), status=201)

    @extend_schema(operation_id="calendar_feed_close", responses={204: None})
    def delete(self, request: Request) -> Response:
        close_feed(owner=person_of(request))
        return Response(status=204)
