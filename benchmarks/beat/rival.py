"""A project of one task: `python rival.py NUMBER HOUR MINUTE` fills its tables with entries for that minute (UTC)."""

import os
import sys
from urllib.parse import urlsplit

import django
import redis
from celery import Celery
from django.conf import settings
from django.core.management import call_command

rows = urlsplit(os.environ["DATABASE_URL"])
settings.configure(
    SECRET_KEY="of nothing",
    INSTALLED_APPS=["django_celery_beat"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": rows.path[1:],
            "USER": rows.username,
            "HOST": rows.hostname,
            "PORT": rows.port,
        }
    },
    USE_TZ=True,
    TIME_ZONE="UTC",
)
django.setup()

app = Celery("rival", broker=os.environ["REDIS_URL"])
app.conf.update(
    beat_scheduler="django_celery_beat.schedulers:DatabaseScheduler",
    task_ignore_result=True,
    timezone="UTC",
    worker_prefetch_multiplier=1,
)
counter = redis.Redis.from_url(os.environ["REDIS_URL"])


@app.task(name="count")
def count() -> None:
    counter.incr("ran")


def fill(number: int, hour: str, minute: str) -> None:
    from django_celery_beat.models import CrontabSchedule, PeriodicTask, PeriodicTasks

    call_command("migrate", verbosity=0)
    at = CrontabSchedule.objects.create(hour=hour, minute=minute, timezone="UTC")
    PeriodicTask.objects.bulk_create(PeriodicTask(name=str(n), crontab=at, task="count") for n in range(number))
    PeriodicTasks.update_changed()


if __name__ == "__main__":
    fill(int(sys.argv[1]), sys.argv[2], sys.argv[3])
