"""Links that open a report without an account."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.exchange import page_of
from accounts.listing import PAGES, DocumentPagination
from accounts.schema import INVALID, PROBLEM
from sharing.api.throttles import Makings
from sharing.health_links import qr_svg, viewer_url
from sharing.lending import Lent, lend_report, revoke_share
from sharing.models import Access, ShareLink
from sharing.serializers.accesses import AccessSerializer, represent_accesses
from sharing.serializers.shares import ShareAnswerSerializer, ShareMadeSerializer, ShareSerializer, represent_share

# Rows that nobody deletes have no tombstones to catch up with.
CURSOR = [one for one in PAGES if one.name != "changed_since"]


class NewestFirst(DocumentPagination):
    ordering = ("-created_at", "-id")


class NewestRead(DocumentPagination):
    ordering = ("-at", "-id")


class SharesView(APIView):
    throttle_classes = [Makings]

    @extend_schema(operation_id="shares_list", parameters=CURSOR, responses=page_of("SharePage", ShareAnswerSerializer))
    def get(self, request: Request) -> Response:
        """The person's links, newest first, also those that have ended."""
        pages = NewestFirst()
        rows = pages.paginate_queryset(ShareLink.objects.for_user(person_of(request)).described(), request) or []
        return pages.get_paginated_response([represent_share(row) for row in rows])

    @extend_schema(
        operation_id="share_post",
        request=ShareSerializer,
        responses={
            201: ShareMadeSerializer,
            200: ShareMadeSerializer,
            404: PROBLEM,
            409: PROBLEM,
            429: PROBLEM,
            **INVALID,
        },
    )
    def post(self, request: Request) -> Response:
        """Freeze a report and lend it out. Who holds `url` reads it, until it expires or is revoked."""
        serializer = ShareSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        asked = dict(serializer.validated_data)
        scope = asked.pop("scope")
        passcode = asked.pop("passcode") or ""
        try:
            lent = lend_report(
                patient=person_of(request),
                first=scope["from"],
                last=scope["to"],
                sections=scope["sections"],
                passcode=passcode,
                **asked,
            )
        except ValidationError as refused:
            raise ValidationError(within_scope(refused.detail)) from refused
        return Response(represent_made(lent), status=201 if lent.created else 200)


class ShareView(APIView):
    @extend_schema(operation_id="share_read", responses={200: ShareAnswerSerializer, 404: PROBLEM})
    def get(self, request: Request, id: UUID) -> Response:
        rows = ShareLink.objects.for_user(person_of(request)).described()
        return Response(represent_share(get_object_or_404(rows, pk=id)))

    @extend_schema(operation_id="share_revoke", responses={204: None, 404: PROBLEM})
    def delete(self, request: Request, id: UUID) -> Response:
        """Revoke the link at once. It stays in the list, and so does who read it. Safe to repeat."""
        revoke_share(share=get_object_or_404(ShareLink.objects.for_user(person_of(request)), pk=id))
        return Response(status=204)


class ShareAccessesView(APIView):
    @extend_schema(
        operation_id="share_accesses",
        parameters=CURSOR,
        responses={200: page_of("ShareAccessPage", AccessSerializer), 404: PROBLEM},
    )
    def get(self, request: Request, id: UUID) -> Response:
        """Who opened the link or tried to, newest first."""
        share = get_object_or_404(ShareLink.objects.for_user(person_of(request)), pk=id)
        return list_accesses(request, Access.objects.filter(share=share))


class AccessesView(APIView):
    @extend_schema(operation_id="accesses_list", parameters=CURSOR, responses=page_of("AccessPage", AccessSerializer))
    def get(self, request: Request) -> Response:
        """Everything of the person's that somebody else has read, by a link or as a physiotherapist, newest first."""
        return list_accesses(request, Access.objects.for_user(person_of(request)))


def list_accesses(request: Request, rows: Any) -> Response:
    pages = NewestRead()
    page: list[Access] = pages.paginate_queryset(rows.select_related("share"), request) or []
    return pages.get_paginated_response(represent_accesses(page))


def represent_made(lent: Lent) -> dict[str, Any]:
    url = f"{settings.OWN_URL}/r/{lent.token}"
    told = represent_share(ShareLink.objects.described().get(pk=lent.share.pk))
    qr = qr_svg(viewer_url(lent.health_link, settings.OWN_URL))
    return {**told, "url": url, "shlink": lent.health_link, "qr": qr, "url_qr": qr_svg(url)}


def within_scope(detail: Any) -> Any:
    """What is wrong with the report is told by the fields of its scope."""
    if not isinstance(detail, dict):
        return detail
    scope = {name: detail.pop(name) for name in ("from", "to", "sections") if name in detail}
    return {**detail, "scope": scope} if scope else detail
