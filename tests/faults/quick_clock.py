"""Loaded into every process that keeps time in these tests: a tick more often than every 15 seconds, if so told."""

from celery import current_app
from django.conf import settings

if settings.TICK_SECONDS:
    current_app.conf.beat_schedule["tick"]["schedule"] = settings.TICK_SECONDS
