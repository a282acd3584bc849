"""`manage.py backup FILE`"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.template.defaultfilters import filesizeformat

from config.backup.making import make_backup
from config.backup.parcel import Refused
from config.backup.scratch import stop_in_order


class Command(BaseCommand):
    help = "Back up the rows and the keys into one new file, while everything runs."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=lambda name: Path(name).absolute(), help="It must not be there yet.")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        stop_in_order()
        try:
            make_backup(file)
        except (Refused, DatabaseError) as fault:
            raise CommandError(f"No backup was made. {' '.join(str(fault).split())}") from fault
        except OSError as fault:
            raise CommandError(f"No backup was made. {file.parent}: {fault.strerror}.") from fault
        self.stdout.write(f"Backed up to {file} ({filesizeformat(file.stat().st_size)}).")
