"""Being somebody who treats others: a choice, and which signals they want to be told of."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from rest_framework.exceptions import ValidationError

from accounts.models import User
from sharing.models import CareLink, Practice


def practise(*, owner: User, settings: dict[str, Any]) -> Practice:
    """`settings`: `signals`, `tell_at`."""
    practice, _ = Practice.objects.update_or_create(owner=owner, defaults=settings)
    return practice


def begin_to_practise(person: User) -> None:
    """
    For whoever comes to treat others, by an act of theirs. Safe to repeat.

    Raises ValidationError (`unnamed`): patients must be able to see who has their things.
    """
    if not person.display_name.strip():
        raise ValidationError("Say first what you call yourself: patients see who treats them.", code="unnamed")
    Practice.objects.get_or_create(owner=person)


@transaction.atomic
def stop_practising(*, owner: User) -> None:
    """Safe to repeat. Raises ValidationError (`still_linked`) while a patient counts on them."""
    list(Practice.objects.for_user(owner).select_for_update())
    if CareLink.objects.living().of(owner).exists():
        raise ValidationError("End the links with your patients first.", code="still_linked")
    Practice.objects.for_user(owner).delete()
