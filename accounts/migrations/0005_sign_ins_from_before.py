from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import migrations
from django.utils import timezone


def list_who_is_signed_in(apps: Any, schema_editor: Any) -> None:
    """
    Whoever was signed in before there was a list stands on it too, and can be signed out.

    What device it is they say themselves when they open the app next.
    """
    people = {str(id) for id in apps.get_model("accounts", "User").objects.values_list("pk", flat=True)}
    sign_ins = apps.get_model("usersessions", "UserSession").objects
    lifetime = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    for session in apps.get_model("sessions", "Session").objects.filter(expire_date__gt=timezone.now()).iterator():
        person = SessionStore().decode(session.session_data).get(SESSION_KEY)
        if person in people:
            # A session is written when somebody signs in, and hardly ever after.
            since = session.expire_date - lifetime
            sign_ins.get_or_create(
                session_key=session.session_key,
                defaults={
                    "user_id": person,
                    "ip": "0.0.0.0",  # noqa: S104  # as in accounts.signing_in: not known
                    "user_agent": "",
                    "created_at": since,
                    "last_seen_at": since,
                },
            )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_cache_table"),
        ("sessions", "0001_initial"),
        ("usersessions", "0001_initial"),
    ]

    operations = [migrations.RunPython(list_who_is_signed_in, migrations.RunPython.noop)]
