"""Who is let in, by whom, and to what: invitations and the links that come of them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import UserRateThrottle
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.exchange import page_of
from accounts.listing import PAGES, DocumentPagination
from accounts.schema import INVALID, PROBLEM
from sharing.ending import change_consent, end_link
from sharing.health_links import qr_svg
from sharing.inviting import accept, invite, withdraw_invitation
from sharing.models import CareLink, Invitation, PatientNote
from sharing.noting import notes_over
from sharing.serializers.care import (
    AcceptSerializer,
    CareLinkQuerySerializer,
    CareLinkSerializer,
    ConsentSerializer,
    InvitationSerializer,
    InviteSerializer,
    LookSerializer,
    NewInvitationSerializer,
    TokenSerializer,
    represent_invitation,
    represent_link,
    represent_links,
    represent_look,
)
from sharing.serializers.patients import NoteSerializer, represent_note


class Guesses(UserRateThrottle):
    """32 random bytes are not guessed; who tries all the same is not let try for long."""

    scope = "invitation-tokens"
    rate = "60/hour"


class InvitationsView(APIView):
    @extend_schema(
        operation_id="invitations_list",
        responses=inline_serializer("InvitationList", {"results": InvitationSerializer(many=True)}),
    )
    def get(self, request: Request) -> Response:
        """Yours that nobody has accepted yet, newest first."""
        rows = Invitation.objects.for_user(person_of(request)).waiting(timezone.now()).order_by("-created_at", "id")
        return Response({"results": [represent_invitation(one) for one in rows]})

    @extend_schema(
        operation_id="invitation_make",
        request=InviteSerializer,
        responses={201: NewInvitationSerializer, **INVALID},
    )
    def post(self, request: Request) -> Response:
        """
        Ask somebody to be linked, as patient or as physiotherapist, by an address that works once within 14 days.

        A patient says here what is opened: everything from today on unless told. Asked by a physiotherapist, the
        patient says so on accepting.
        """
        serializer = InviteSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        invitation, token = invite(owner=person_of(request), **serializer.validated_data)
        url = request.build_absolute_uri(f"/invite#{token}")
        found = {**represent_invitation(invitation), "url": url, "qr": qr_svg(url)}
        return Response(found, status=201, headers={"Cache-Control": "no-store"})


class InvitationView(APIView):
    @extend_schema(operation_id="invitation_withdraw", responses={204: None, 404: PROBLEM})
    def delete(self, request: Request, id: UUID) -> Response:
        """Take it back. Safe to repeat; once accepted, end the link instead."""
        withdraw_invitation(owner=person_of(request), id=id)
        return Response(status=204)


class LookView(APIView):
    throttle_classes = [Guesses]

    @extend_schema(
        operation_id="invitation_look",
        request=TokenSerializer,
        responses={200: LookSerializer, **INVALID, 404: PROBLEM, 429: PROBLEM},
    )
    def post(self, request: Request) -> Response:
        """Who invites, and to what, before one says yes. Uses nothing up."""
        serializer = TokenSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        rows = Invitation.objects.open(serializer.validated_data["token"], timezone.now()).select_related("owner")
        found = rows.first()
        if found is None:
            raise Http404
        return Response(represent_look(found, person_of(request)))


class AcceptView(APIView):
    throttle_classes = [Guesses]

    @extend_schema(
        operation_id="invitation_accept",
        request=AcceptSerializer,
        responses={201: CareLinkSerializer, 200: CareLinkSerializer, **INVALID, 404: PROBLEM, 429: PROBLEM},
    )
    def post(self, request: Request) -> Response:
        """
        Say yes: works once. Safe to repeat by the same person, who gets the same link with 200.

        Refused: `yourself`, `linked_already`, `not_yours_to_choose` (scopes that a patient has set already).
        """
        serializer = AcceptSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        person = person_of(request)
        link, new = accept(by=person, **serializer.validated_data)
        return Response(represent_link(link, person), status=201 if new else 200)


class CareLinksView(APIView):
    @extend_schema(
        operation_id="care_links_list",
        parameters=[CareLinkQuerySerializer, *PAGES[1:]],
        responses={200: page_of("CareLinkPage", CareLinkSerializer), 400: PROBLEM, 404: PROBLEM},
    )
    def get(self, request: Request) -> Response:
        """Yours, as patient and as physiotherapist, those that ended too, newest first."""
        person = person_of(request)
        asked = CareLinkQuerySerializer(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        rows = CareLink.objects.involving(person).select_related("owner", "physiotherapist")
        if "role" in asked.validated_data:
            side = "owner" if asked.validated_data["role"] == "patient" else "physiotherapist"
            rows = rows.filter(**{side: person})
        if "ended_within" in asked.validated_data:
            days = timedelta(days=asked.validated_data["ended_within"])
            rows = rows.filter(ended_at__gte=timezone.now() - days)
        paginator = DocumentPagination()
        paginator.ordering = ("-created_at", "-id")
        page = paginator.paginate_queryset(rows.prefetch_related("stand_ins__colleague"), request) or []
        return paginator.get_paginated_response(represent_links(page, person))


class CareLinkNotesView(APIView):
    @extend_schema(
        operation_id="care_link_notes_list",
        parameters=PAGES[1:],
        responses={200: page_of("LinkNotePage", NoteSerializer), 404: PROBLEM},
    )
    def get(self, request: Request, id: UUID) -> Response:
        """
        What you noted for yourself as the physiotherapist of this link, or standing in, newest first; when it has
        ended, too.

        Nobody else reads it, and who stood in reads only their own. It goes with the patient's account.
        """
        paginator = DocumentPagination()
        paginator.ordering = ("-created_at", "-id")
        rows = notes_over(link=id, by=person_of(request))
        page: list[PatientNote] = paginator.paginate_queryset(rows, request) or []
        return paginator.get_paginated_response([represent_note(one) for one in page])


class CareLinkView(APIView):
    @extend_schema(
        operation_id="care_link_change",
        request=ConsentSerializer,
        responses={200: CareLinkSerializer, **INVALID, 403: PROBLEM, 404: PROBLEM},
    )
    def patch(self, request: Request, id: UUID) -> Response:
        """The patient opens more or less, from the next request on. The physiotherapist is refused."""
        serializer = ConsentSerializer(data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        person = person_of(request)
        link = change_consent(by=person, id=id, changes=serializer.validated_data)
        return Response(represent_link(link, person))

    @extend_schema(operation_id="care_link_end", responses={204: None, 404: PROBLEM})
    def delete(self, request: Request, id: UUID) -> Response:
        """Either of the two ends it; the next request finds nothing. Safe to repeat. Messages stay readable."""
        end_link(by=person_of(request), id=id)
        return Response(status=204)
