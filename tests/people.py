"""The fixed cast: Alice owns, Bob is linked to her, Charlie is a stranger."""

from django.contrib.auth import get_user_model
from django.utils import timezone

from accounts.models import User
from sharing.models import CareLink

PASSWORD = "a long enough passphrase"


def make_person(name: str, **fields: object) -> User:
    return get_user_model().objects.create_user(
        f"{name}@example.org", PASSWORD, display_name=name.title(), time_zone="Europe/Berlin", **fields
    )


def link(patient: User, physiotherapist: User) -> CareLink:
    return CareLink.objects.create(owner=patient, physiotherapist=physiotherapist, accepted_at=timezone.now())
