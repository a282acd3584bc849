"""Is it alive: the database, the broker where there is one, and the age of the last tick."""

from __future__ import annotations

import logging
from time import monotonic

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from config import apps
from reminders.models import Heartbeat

logger = logging.getLogger(__name__)

STALE_SECONDS = 90

# What this process has said last is wrong: a monitor asks twice a minute, and a night of one line hides the others.
told = ""


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """
    200 while all is well, else 503; `tick_age_seconds` is null before the first tick.

    `starting`, which is 200 too: whoever ticks has been given no longer than a tick may take since this process began.
    """
    database, broker = _database(), _broker()
    age = _tick_age() if database == "ok" else None
    answering, ticking = database == "ok" and broker != "failing", age is not None and age < STALE_SECONDS
    starting = answering and not ticking and monotonic() - apps.STARTED < STALE_SECONDS
    status = "starting" if starting else "ok" if answering and ticking else "failing"
    tell(status, database, broker, age)
    state = {"status": status, "database": database, "broker": broker, "tick_age_seconds": age}
    return JsonResponse(state, status=503 if status == "failing" else 200)


def tell(status: str, database: str, broker: str, age: float | None) -> None:
    """To the operator's log, once for each change."""
    global told
    wrong = "database" if database != "ok" else "broker" if broker == "failing" else "tick"
    wrong = wrong if status == "failing" else ""
    if status == "starting" or wrong == told:
        return
    told = wrong
    if not wrong:
        logger.warning("Well again")
    elif wrong == "database":
        logger.warning("Not well: the database does not answer")
    elif wrong == "broker":
        logger.warning("Not well: Redis does not answer")
    else:
        last = "there has been no tick yet" if age is None else f"the last tick was {age:.0f} seconds ago"
        who = "beat, and a worker" if settings.REDIS_URL else "the scheduler"
        logger.warning("Not well: %s. Does %s run?", last, who)


def _tick_age() -> float | None:
    beat = Heartbeat.objects.filter(name="tick").first()
    return round((timezone.now() - beat.beat_at).total_seconds(), 1) if beat else None


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "failing"
    return "ok"


def _broker() -> str:
    if not settings.REDIS_URL:
        return "none"
    # Here and not above: its client takes 6 MB, and a house without Redis has no use for it.
    import redis

    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2).ping()
    except redis.RedisError:
        return "failing"
    return "ok"
