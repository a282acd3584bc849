"""The person's own profile."""

from __future__ import annotations

from typing import Any

from allauth.headless.account.views import RequestPasswordResetView
from allauth.headless.base.response import APIResponse
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.adapter import mail_leaves
from accounts.erasing import erase_person
from accounts.fields import NameField, StrictSerializer, TimeZoneField
from accounts.models import User
from accounts.moving import tell_followers
from accounts.schema import INVALID, PROBLEM
from accounts.signing_in import note_sign_in
from accounts.vocabulary import CONDITIONS


class ResetRequestView(RequestPasswordResetView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Tells whether mail leaves this server, to whoever asks and whether there is such an account or not."""
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return APIResponse(request, data={"mail_leaves": mail_leaves()}) if answer.status_code == 200 else answer


class QuietHoursSerializer(StrictSerializer):
    # `from` is a Python keyword, hence the functional spelling below.
    to = serializers.TimeField(format="%H:%M", input_formats=["%H:%M"])

    def get_fields(self) -> Any:
        return {
            "from": serializers.TimeField(format="%H:%M", input_formats=["%H:%M"]),
            **super().get_fields(),
        }

    def validate(self, hours: dict[str, Any]) -> dict[str, Any]:
        # A PATCH makes every field optional, the nested ones too; half an interval is none.
        missing = [name for name in ("from", "to") if name not in hours]
        if missing:
            raise serializers.ValidationError({name: ["This field is required."] for name in missing}, code="required")
        return hours


class ProfileSerializer(StrictSerializer):
    echoed = frozenset({"id", "email"})

    id = serializers.UUIDField(read_only=True)
    email = serializers.EmailField(read_only=True)
    display_name = NameField(max_length=80, allow_blank=True, required=False)
    time_zone = TimeZoneField(required=False)
    language = serializers.RegexField(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$", max_length=12, required=False)
    country = serializers.RegexField(r"^([A-Z]{2})?$", max_length=2, allow_blank=True, required=False)
    emergency_number = serializers.RegexField(r"^[0-9+*# ]{0,20}$", max_length=20, allow_blank=True, required=False)
    quiet_hours = QuietHoursSerializer(allow_null=True, required=False)
    weekly_mode = serializers.BooleanField(required=False)
    conditions = serializers.ListField(
        child=serializers.ChoiceField(choices=CONDITIONS),
        max_length=len(CONDITIONS),
        required=False,
        help_text="What makes some exercises a question for a doctor or a physiotherapist first.",
    )

    def validate_conditions(self, conditions: list[str]) -> list[str]:
        return [condition for condition in CONDITIONS if condition in conditions]

    def to_representation(self, user: User) -> dict[str, Any]:
        quiet = None
        if user.quiet_from and user.quiet_to:
            quiet = {"from": user.quiet_from.strftime("%H:%M"), "to": user.quiet_to.strftime("%H:%M")}
        plain = (
            *("email", "display_name", "time_zone", "language", "country", "emergency_number"),
            *("weekly_mode", "conditions"),
        )
        return {"id": str(user.pk), **{name: getattr(user, name) for name in plain}, "quiet_hours": quiet}

    def update(self, user: User, changes: dict[str, Any]) -> User:
        if "quiet_hours" in changes:
            quiet = changes.pop("quiet_hours") or {"from": None, "to": None}
            changes = {**changes, "quiet_from": quiet["from"], "quiet_to": quiet["to"]}
        for name, value in changes.items():
            setattr(user, name, value)
        with transaction.atomic():
            # Only what was sent: a password changed meanwhile, or another device's setting, is not put back.
            user.save(update_fields=list(changes))
            if "time_zone" in changes:
                tell_followers(user)
        return user


class ErasureSerializer(StrictSerializer):
    password = serializers.CharField(max_length=1024, trim_whitespace=False)


class MeView(APIView):
    @extend_schema(operation_id="me_read", responses=ProfileSerializer)
    def get(self, request: Request) -> Response:
        # A device that started from its cache has not asked for a page, and needs the token for its first write.
        get_token(request._request)
        note_sign_in(request._request)
        return Response(ProfileSerializer(request.user).data)

    @extend_schema(operation_id="me_change", request=ProfileSerializer, responses={200: ProfileSerializer, **INVALID})
    def patch(self, request: Request) -> Response:
        serializer = ProfileSerializer(request.user, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        serializer.save()
        return Response(serializer.data)

    @extend_schema(operation_id="me_erase", request=ErasureSerializer, responses={204: None, **INVALID, 403: PROBLEM})
    def delete(self, request: Request) -> Response:
        """Erase the person and everything of theirs. The password is asked again."""
        serializer = ErasureSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        erase_person(request=request._request, password=serializer.validated_data["password"])
        return Response(status=204)
