"""`make demo`: a person with two years of diary, routines, a plan and sessions, to look at and to measure with."""

from __future__ import annotations

import secrets
import uuid
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone
from rest_framework.serializers import BaseSerializer

from accounts.models import User
from config.demo import diary
from config.demo_sessions import prescription, sessions
from exercises.catalogue import in_language, starters
from exercises.models import Exercise
from exercises.prescribing import prescribe
from exercises.routines import save_routine
from exercises.serializers import PrescriptionSerializer, RoutineSerializer, SessionSerializer
from exercises.sessions import record_session
from tracker.flagging import mark_seen, resolve_flag, snooze_flag
from tracker.models import Flag
from tracker.recording import record_log
from tracker.serializers import LogSerializer

ZONE = "Europe/Berlin"


class Command(BaseCommand):
    help = "Add a made-up person with two years of diary and sessions; prints how to sign in."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        # A password of its own each time: a demo on a reachable server must not open to a known one.
        password = f"demo-{secrets.token_urlsafe(9)}"
        number = User.objects.filter(email__startswith="demo").count() + 1
        email = f"demo{number}@example.org"
        user = User.objects.create_user(email, password, display_name="Robin", time_zone=ZONE, country="DE")
        today = timezone.now().date()
        logs = 0
        for body in diary(today, ZONE):
            put(record_log, LogSerializer, user, body)
            logs += 1
        look_at_changes(user)
        starter = next(iter(starters().values()))
        routine = {**starter, "name": in_language(starter["text"], "en")["name"]}
        copy = {"name": f"My {routine['name'].lower()}", "items": routine["items"]}
        put(save_routine, RoutineSerializer, user, copy)
        exercises = dict(Exercise.objects.values_list("slug", "data"))
        plan = prescription(today, exercises)
        plan_id = put(partial(prescribe, by=user), PrescriptionSerializer, user, plan)
        done = 0
        for body in sessions(today, ZONE, routine, {**plan, "id": str(plan_id)}):
            put(record_session, SessionSerializer, user, body)
            done += 1
        self.stdout.write(f"{logs} entries and {done} sessions. Sign in as {email} with the password {password}")


def look_at_changes(owner: User) -> None:
    """The newest change waits to be looked at; of the others one is checked, one put off, the rest read."""
    standing = Flag.objects.for_user(owner).standing().order_by("-evidence__day", "id")
    older = [flag.pk for flag in standing][1:]
    for id in older:
        mark_seen(owner=owner, by=owner, id=id)
    for id in older[:1]:
        resolve_flag(owner=owner, by=owner, id=id, reason="checked")
    for id in older[1:2]:
        until = timezone.now() + timedelta(days=7)
        snooze_flag(owner=owner, by=owner, id=id, until=until, reason="appointment")


def put(verb: Any, serializer: type[BaseSerializer], owner: User, body: dict[str, Any]) -> uuid.UUID:
    """Through the front door: what the demo writes is what a device could have sent."""
    checked: Any = serializer(data=body)
    checked.is_valid(raise_exception=True)
    id = uuid.uuid4()
    verb(owner=owner, id=id, body=checked.canonical_body(), base_version=None)
    return id
