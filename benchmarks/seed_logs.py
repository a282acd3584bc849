"""One person with 100,000 entries of two readings, and as many bare rows; prints the person's session key."""

from __future__ import annotations

import json
import os
import uuid
from datetime import UTC, datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
django.setup()

# Below the setup: models cannot be imported before it.

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import transaction  # noqa: E402

from accounts.models import User  # noqa: E402
from benchmarks.bare.models import Row  # noqa: E402
from tracker.models import Reading, SymptomLog  # noqa: E402

ENTRIES = 100_000
EMAIL, PASSWORD = "bench@example.org", "a passphrase of the benchmark"
START = datetime(2016, 1, 1, tzinfo=UTC)


def sign_in(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def entry(owner: User, number: int) -> SymptomLog:
    moment = START + timedelta(minutes=50 * number)
    rating = number % 11
    return SymptomLog(
        id=uuid.uuid4(),
        owner=owner,
        digest=f"{number:064x}",
        received_at=moment,
        changed_at=moment,
        occurred_at=moment,
        utc_offset_minutes=60,
        time_zone="Europe/Berlin",
        local_date=moment.date(),
        worst_numbness=rating,
        worst_tingling=rating,
        worst_pain=rating,
        worst_weakness=rating,
    )


def readings(log: SymptomLog) -> list[Reading]:
    rating = log.worst_pain
    ratings = {"numbness": rating, "tingling": rating, "pain": rating, "weakness": rating}
    return [
        Reading(log=log, position=position, region=region, side="left", qualities=["burning"], **ratings)
        for position, region in enumerate(("calf", "sole"))
    ]


def row(log: SymptomLog) -> Row:
    return Row(id=log.id, owner=log.owner, occurred_at=log.occurred_at, pain=1, numbness=2, note="")


def main() -> None:
    user = User.objects.create_user(EMAIL, PASSWORD)
    for first in range(0, ENTRIES, 5_000):
        logs = [entry(user, number) for number in range(first, first + 5_000)]
        with transaction.atomic():
            SymptomLog.objects.bulk_create(logs)
            Reading.objects.bulk_create([reading for log in logs for reading in readings(log)])
            Row.objects.bulk_create([row(log) for log in logs])
    print(json.dumps(sign_in(user)))


if __name__ == "__main__":
    main()
