"""The shapes of clinics, and of who stands in for whom."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.fields import NameField, StrictSerializer
from accounts.models import User
from exercises.serializers.prescriptions import DayField
from sharing.models import Clinic
from sharing.serializers.care import represent_person


class ClinicNameSerializer(StrictSerializer):
    name = NameField(max_length=120)


class ClinicMemberSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField(allow_blank=True)
    manages = serializers.BooleanField(help_text="May let others in and out.")


class ClinicSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField()
    manages = serializers.BooleanField(help_text="You may let others in and out.")
    members = ClinicMemberSerializer(many=True)


class ClinicLookSerializer(serializers.Serializer):
    """What one would join."""

    name = serializers.CharField(help_text="The clinic's.")
    by = serializers.CharField(allow_blank=True, help_text="Who manages it, and let the invitation out.")


class ClinicInvitationSerializer(serializers.Serializer):
    url = serializers.CharField(help_text="Works once; the token is behind the `#`. Shown here and never again.")
    qr = serializers.CharField(help_text="The same as a QR code, SVG.")
    expires_at = serializers.DateTimeField()


class StandInBodySerializer(StrictSerializer):
    colleague = serializers.UUIDField(help_text="Of a clinic of yours.")
    first_day = DayField(help_text="A date of the patient's, included.")
    last_day = DayField(help_text="Included.")


def represent_clinic_look(clinic: Clinic) -> dict[str, str]:
    manager = clinic.members.filter(manages=True).select_related("owner").order_by("joined_at", "pk").first()
    return {"name": clinic.name, "by": manager.owner.display_name if manager else ""}


def represent_clinic(clinic: Clinic, person: User) -> dict[str, Any]:
    """`clinic` with `members__owner` fetched."""
    members = [
        {**represent_person(member.owner), "manages": member.manages}
        for member in sorted(clinic.members.all(), key=lambda one: (one.joined_at, one.pk))
    ]
    manages = any(member["manages"] for member in members if member["id"] == str(person.pk))
    return {"id": str(clinic.pk), "name": clinic.name, "manages": manages, "members": members}
