"""Rows ready for this version of the code: migrations and the exercise catalogue, in one start of Python."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Migrate the database and load the exercise catalogue."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("loadcatalogue", verbosity=0)
