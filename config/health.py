"""Is it alive: the database, the broker where there is one, and the age of the last tick."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reminders.models import Heartbeat

STALE_SECONDS = 90


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while all is well, else 503; `tick_age_seconds` is null before the first tick."""
    state: dict[str, object] = {"database": _database(), "broker": _broker(), "tick_age_seconds": None}
    if state["database"] == "ok":
        beat = Heartbeat.objects.filter(name="tick").first()
        if beat:
            state["tick_age_seconds"] = round((timezone.now() - beat.beat_at).total_seconds(), 1)
    age = state["tick_age_seconds"]
    healthy = state["database"] == "ok" and state["broker"] in ("ok", "none")
    healthy = healthy and isinstance(age, float) and age < STALE_SECONDS
    return JsonResponse({"status": "ok" if healthy else "failing", **state}, status=200 if healthy else 503)


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
