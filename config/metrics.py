"""How the reminders keep up, in Prometheus' text format: what is due and waits, for how long, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count, Min, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.problems import plain_problem
from reminders.models import Delivery, Heartbeat, Reminder

RECENT = timedelta(hours=1)
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED")


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """For who asks on this machine, without a proxy between: how many people are here is nobody else's business."""
    if request.META.get("REMOTE_ADDR") not in ("127.0.0.1", "::1") or any(name in request.META for name in FORWARDED):
        return plain_problem(request, 404, "not_found", "There is no such address.")
    lines = "\n".join(measured(timezone.now()))
    return HttpResponse(lines + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


def measured(now: datetime) -> Iterator[str]:
    yield from gauge("unpinch_tick_age_seconds", "Since the last tick ran to its end.", {"": tick_age(now)})
    due, lag = waiting(Reminder.objects.due(now), "next_due_at", now)
    yield from gauge("unpinch_reminders_due", "Due, and written down by nobody yet.", {"": due})
    yield from gauge("unpinch_reminders_lag_seconds", "How long the first of them has waited.", {"": lag})
    ready, lag = waiting(Delivery.objects.ready(now), "try_at", now)
    yield from gauge("unpinch_deliveries_waiting", "Ready to be sent.", {"": ready})
    yield from gauge("unpinch_deliveries_lag_seconds", "How long the first of them has waited.", {"": lag})
    ended = Delivery.objects.filter(ended_at__gt=now - RECENT).order_by().values_list("channel", "state")
    counted = {f'{{channel="{channel}",state="{state}"}}': n for channel, state, n in ended.annotate(Count("id"))}
    yield from gauge("unpinch_deliveries_last_hour", "Came to an end within the hour: accepted, failed...", counted)


def tick_age(now: datetime) -> float:
    beat = Heartbeat.objects.filter(name="tick").first()
    return (now - beat.beat_at).total_seconds() if beat else float("inf")


def waiting(rows: QuerySet[Model], since: str, now: datetime) -> tuple[int, float]:
    """How many, and for how many seconds the first."""
    found = rows.order_by().aggregate(n=Count("pk"), first=Min(since))
    return found["n"], (now - found["first"]).total_seconds() if found["first"] else 0.0


def gauge(name: str, meaning: str, values: dict[str, float]) -> Iterator[str]:
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} gauge"
    for labels, value in sorted(values.items()):
        yield f"{name}{labels} {'+Inf' if value == float('inf') else round(value, 3)}"
