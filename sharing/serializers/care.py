"""The shapes of invitations and care links."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.fields import StrictSerializer
from accounts.models import User
from exercises.serializers.prescriptions import DayField
from sharing.models import CareLink, Invitation
from sharing.vocabulary import ROLES, SCOPES


class ScopesField(serializers.ListField):
    child = serializers.ChoiceField(choices=SCOPES)

    def __init__(self, **options: Any) -> None:
        more = "What the patient opens: sections of the report, and `prescribe`. Kept in the order of the list."
        super().__init__(**{"min_length": 1, "max_length": 2 * len(SCOPES), "help_text": more, **options})


class SeesFromField(DayField):
    def __init__(self, **options: Any) -> None:
        more = "The first local date that is shown; null: all of the past. Left out: the day of the consent."
        super().__init__(**{"required": False, "allow_null": True, "help_text": more, **options})


class InviteSerializer(StrictSerializer):
    role = serializers.ChoiceField(choices=ROLES, help_text="What the person who invites will be in the link.")
    scopes = ScopesField(required=False)
    sees_from = SeesFromField()


class InvitationSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    role = serializers.ChoiceField(choices=ROLES, help_text="What the person who invites will be in the link.")
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=SCOPES),
        allow_null=True,
        help_text="What the patient opens by it; null: the patient chooses on accepting.",
    )
    sees_from = serializers.DateField(allow_null=True)
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()


class NewInvitationSerializer(InvitationSerializer):
    url = serializers.CharField(help_text="Works once; the token is behind the `#`. Shown here and never again.")
    qr = serializers.CharField(help_text="The same as a QR code, SVG.")


class TokenSerializer(StrictSerializer):
    token = serializers.CharField(max_length=100, help_text="What stands behind the `#` of the address.")


class AcceptSerializer(TokenSerializer):
    scopes = ScopesField(
        required=False, help_text="Required of a patient whom a physiotherapist invited, else refused."
    )
    sees_from = SeesFromField()


class LookSerializer(serializers.Serializer):
    """What one would say yes to."""

    name = serializers.CharField(allow_blank=True, help_text="What the person who invites calls themselves.")
    role = serializers.ChoiceField(choices=ROLES, help_text="What the person who invites will be in the link.")
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=SCOPES), allow_null=True)
    sees_from = serializers.DateField(allow_null=True)
    expires_at = serializers.DateTimeField()
    yours = serializers.BooleanField(help_text="Your own: nobody links to themselves.")


class PersonSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    name = serializers.CharField(allow_blank=True, help_text="What they call themselves; never the e-mail address.")


class OtherSerializer(PersonSerializer):
    name = serializers.CharField(
        allow_blank=True, help_text="Of a patient as it was when the link ended, if it has; never the e-mail address."
    )
    id = serializers.UUIDField(
        allow_null=True, help_text="Null: their account is erased. Of a patient the one of `patients/{id}`."
    )


class StandInSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    colleague = PersonSerializer()
    first_day = serializers.DateField(help_text="A date of the patient's, included.")
    last_day = serializers.DateField(help_text="Included.")
    created_at = serializers.DateTimeField()


class CareLinkSerializer(serializers.Serializer):
    id = serializers.UUIDField()
    role = serializers.ChoiceField(choices=ROLES, help_text="What you are in it.")
    other = OtherSerializer()
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=SCOPES))
    sees_from = serializers.DateField(allow_null=True, help_text="The first date that is shown; null: all.")
    accepted_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True, help_text="Not null: nothing opens by it any more.")
    ended_by = serializers.ChoiceField(choices=ROLES, allow_null=True)
    stand_ins = StandInSerializer(many=True, help_text="Colleagues who see in place of the physiotherapist.")


class CareLinkQuerySerializer(StrictSerializer):
    echoed = frozenset({"page_size", "cursor"})
    role = serializers.ChoiceField(choices=ROLES, required=False, help_text="Only those in which you are this.")
    ended_within = serializers.IntegerField(
        min_value=1, max_value=366, required=False, help_text="Only those that ended in the last so many days."
    )


class ConsentSerializer(StrictSerializer):
    scopes = ScopesField(required=False)
    sees_from = SeesFromField(help_text="The first local date that is shown; null: all of the past.")


def represent_invitation(invitation: Invitation) -> dict[str, Any]:
    asked = invitation.role == "physiotherapist"
    return {
        "id": str(invitation.pk),
        "role": invitation.role,
        "scopes": None if asked else invitation.scopes,
        "sees_from": None if asked or not invitation.sees_from else invitation.sees_from.isoformat(),
        "created_at": invitation.created_at.isoformat(),
        "expires_at": invitation.expires_at.isoformat(),
    }


def represent_look(invitation: Invitation, person: User) -> dict[str, Any]:
    found = represent_invitation(invitation)
    return {
        "name": invitation.owner.display_name,
        **{name: found[name] for name in ("role", "scopes", "sees_from", "expires_at")},
        "yours": invitation.owner_id == person.pk,
    }


def represent_links(links: list[CareLink], person: User) -> list[dict[str, Any]]:
    """`links`: with both people and `stand_ins__colleague` fetched."""
    return [represent_link(link, person) for link in links]


def represent_link(link: CareLink, person: User) -> dict[str, Any]:
    return {
        "id": str(link.pk),
        "role": "patient" if link.owner_id == person.pk else "physiotherapist",
        "other": represent_other(link, person),
        "scopes": link.scopes,
        "sees_from": link.sees_from.isoformat() if link.sees_from else None,
        "accepted_at": link.accepted_at.isoformat() if link.accepted_at else None,
        "ended_at": link.ended_at.isoformat() if link.ended_at else None,
        "ended_by": side_of(link, link.ended_by_id),
        "stand_ins": [represent_stand_in(one) for one in link.stand_ins.all() if one.withdrawn_at is None],
    }


def represent_stand_in(one: Any) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "colleague": represent_person(one.colleague),
        "first_day": one.first_day.isoformat(),
        "last_day": one.last_day.isoformat(),
        "created_at": one.created_at.isoformat(),
    }


def represent_person(person: User) -> dict[str, str]:
    return {"id": str(person.pk), "name": person.display_name}


def represent_other(link: CareLink, person: User) -> dict[str, str | None]:
    other = link.other_than(person)
    return {"id": str(other.pk) if other else None, "name": link.name_of_other(person)}


def side_of(link: CareLink, person: Any) -> str | None:
    if person is None:
        return None
    return "patient" if person == link.owner_id else "physiotherapist"
