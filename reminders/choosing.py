"""Choosing how one hears of news."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models import User
from reminders.models import NewsChoice
from tracker.flagging import hold_diary_of


@transaction.atomic
def choose_news(*, owner: User, **choice: Any) -> NewsChoice:
    """`choice`: columns of `NewsChoice`; the others stay. Raises Http404 for a person who has been erased meanwhile."""
    hold_diary_of(owner.pk)
    row = NewsChoice.of(owner)
    for name, chosen in choice.items():
        setattr(row, name, chosen)
    row.save()
    return row
