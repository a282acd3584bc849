"""A new key for web push, when the old one may have been seen. Nobody has to allow pushes anew."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.keys import new_push_key, write_draft
from reminders.models import PushSubscription
from reminders.pushing import push_keys


class Command(BaseCommand):
    help = (
        "Subscribe browsers with a new push key from the next start on. Old keys stay while a subscription needs them."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.PUSH_KEYS_FILE
        if path is None:
            raise CommandError("The keys come from PUSH_KEYS: put a new one in front there.")
        keys = push_keys()
        in_use = set(PushSubscription.objects.alive().values_list("key_id", flat=True).distinct())
        # The newest until now too: a browser may be subscribing with it at this moment.
        needed = [key.secret for key in keys if key.id in in_use or key == keys.newest]
        write_draft(path, "\n".join([new_push_key(), *needed])).replace(path)
        self.stdout.write("A new push key is made. Restart all processes to use it.")
