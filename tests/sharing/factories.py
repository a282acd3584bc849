"""Links to a made-up report."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.models import User
from sharing.models import Report, ShareLink
from sharing.models.tokens import hash_of, new_token
from sharing.vocabulary import SECTIONS
from tests.sharing.snapshots import example


def lent(owner: User, *, passcode: str = "", snapshot: Any = None, **fields: Any) -> tuple[ShareLink, str]:
    """A link, and its token."""
    token = new_token()
    report = Report.objects.create(owner=owner, made_at=timezone.now(), snapshot=snapshot or example())
    share = ShareLink.objects.create(
        owner=owner,
        report=report,
        token_hash=hash_of(token),
        shl_hash=hash_of(new_token()),
        passcode=make_password(passcode) if passcode else "",
        **{"expires_at": timezone.now() + timedelta(days=30), **fields},
    )
    return share, token


def share_body(**changes: Any) -> dict[str, Any]:
    scope = {"from": "2026-09-07", "to": "2026-11-01", "sections": list(SECTIONS)}
    return {"scope": scope, "question": "May I go back to cycling?", "label": "Physio", **changes}
