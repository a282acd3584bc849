"""When a person may be told something."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from reminders.timing import quiet_until


def quiet_end(owner: User, moment: datetime) -> datetime | None:
    """The end of the quiet hours that `moment` falls into; None outside of them."""
    if owner.quiet_from is None or owner.quiet_to is None:
        return None
    return quiet_until(moment, owner.quiet_from, owner.quiet_to, owner.time_zone)
