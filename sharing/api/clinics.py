"""Clinics, and colleagues who stand in for each other."""

from __future__ import annotations

from uuid import UUID

from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.authentication import person_of
from accounts.schema import INVALID, PROBLEM
from sharing.api.care_links import Guesses
from sharing.health_links import qr_svg
from sharing.models import Clinic
from sharing.serializers.care import StandInSerializer, TokenSerializer, represent_stand_in
from sharing.serializers.clinics import (
    ClinicInvitationSerializer,
    ClinicLookSerializer,
    ClinicNameSerializer,
    ClinicSerializer,
    StandInBodySerializer,
    represent_clinic,
    represent_clinic_look,
)
from sharing.standing_in import end_stand_in, stand_in
from sharing.teaming import clinic_behind, found_clinic, invite_colleague, join, leave


class ClinicsView(APIView):
    @extend_schema(
        operation_id="clinics_list",
        responses=inline_serializer("ClinicList", {"results": ClinicSerializer(many=True)}),
    )
    def get(self, request: Request) -> Response:
        """Those you work at, and who else does."""
        person = person_of(request)
        rows = Clinic.objects.filter(members__owner=person).prefetch_related("members__owner").order_by("name", "pk")
        return Response({"results": [represent_clinic(one, person) for one in rows]})

    @extend_schema(
        operation_id="clinic_found", request=ClinicNameSerializer, responses={201: ClinicSerializer, **INVALID}
    )
    def post(self, request: Request) -> Response:
        """Found one: you manage it."""
        serializer = ClinicNameSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        person = person_of(request)
        clinic = found_clinic(by=person, **serializer.validated_data)
        return Response(represent_clinic(clinic, person), status=201)


class ClinicInvitationsView(APIView):
    @extend_schema(
        operation_id="clinic_invite",
        request=None,
        responses={201: ClinicInvitationSerializer, 403: PROBLEM, 404: PROBLEM},
    )
    def post(self, request: Request, id: UUID) -> Response:
        """Let one colleague in, by an address that works once within 14 days. For who manages the clinic."""
        invitation, token = invite_colleague(by=person_of(request), clinic=id)
        url = request.build_absolute_uri(f"/clinic#{token}")
        found = {"url": url, "qr": qr_svg(url), "expires_at": invitation.expires_at.isoformat()}
        return Response(found, status=201, headers={"Cache-Control": "no-store"})


class ClinicLookView(APIView):
    throttle_classes = [Guesses]

    @extend_schema(
        operation_id="clinic_look",
        request=TokenSerializer,
        responses={200: ClinicLookSerializer, **INVALID, 404: PROBLEM, 429: PROBLEM},
    )
    def post(self, request: Request) -> Response:
        """Which clinic, and who invites, before one joins. Uses nothing up."""
        serializer = TokenSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response(represent_clinic_look(clinic_behind(by=person_of(request), **serializer.validated_data)))


class ClinicJoinView(APIView):
    throttle_classes = [Guesses]

    @extend_schema(
        operation_id="clinic_join",
        request=TokenSerializer,
        responses={200: ClinicSerializer, **INVALID, 404: PROBLEM, 429: PROBLEM},
    )
    def post(self, request: Request) -> Response:
        """Work there from now on. Safe to repeat. Refused with `unnamed` until one has a name."""
        serializer = TokenSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        person = person_of(request)
        return Response(represent_clinic(join(by=person, **serializer.validated_data), person))


class ClinicMemberView(APIView):
    @extend_schema(operation_id="clinic_leave", responses={204: None, 403: PROBLEM, 404: PROBLEM})
    def delete(self, request: Request, id: UUID, person: UUID) -> Response:
        """Leave it, or, managing it, send somebody away. The last one out closes it."""
        leave(by=person_of(request), clinic=id, member=person)
        return Response(status=204)


class StandInsView(APIView):
    @extend_schema(
        operation_id="stand_in_make",
        request=StandInBodySerializer,
        responses={201: StandInSerializer, **INVALID, 404: PROBLEM},
    )
    def post(self, request: Request, id: UUID) -> Response:
        """
        A colleague of a clinic of yours sees this patient in your place, from one date to another. Safe to repeat.

        The patient sees who it is in the care link, may end it, and finds the colleague by name in the log.
        """
        serializer = StandInBodySerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        made = stand_in(by=person_of(request), link=id, **serializer.validated_data)
        return Response(represent_stand_in(made), status=201)


class StandInView(APIView):
    @extend_schema(operation_id="stand_in_end", responses={204: None, 404: PROBLEM})
    def delete(self, request: Request, id: UUID, stand_in: UUID) -> Response:
        """The patient, the physiotherapist or the colleague ends it at once. Safe to repeat."""
        end_stand_in(by=person_of(request), link=id, id=stand_in)
        return Response(status=204)
