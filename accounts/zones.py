"""Time zones and instants as devices send them. Pure but for Django's validation error."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError


@cache
def known_zones() -> frozenset[str]:
    return frozenset(available_timezones()) - {"localtime", "Factory"}


def validate_time_zone(name: str) -> None:
    if name not in known_zones():
        raise ValidationError("Not a time zone of the IANA database.", code="invalid_time_zone")


def local_date(moment: datetime, time_zone: str) -> date:
    """The calendar date that the person's wall showed at `moment` (aware)."""
    return moment.astimezone(ZoneInfo(time_zone)).date()
