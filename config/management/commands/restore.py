"""`manage.py restore FILE`"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from config.backup.keys import KeysLeftOut
from config.backup.parcel import Refused
from config.backup.restoring import check_backup, restore_backup
from config.backup.scratch import stop_in_order


class Command(BaseCommand):
    help = "Restore a backup into an empty database, and its keys into DATA_DIR, once it was read and found whole."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=lambda name: Path(name).absolute())
        parser.add_argument("--check", action="store_true", help="Only read it, and say whether it is whole.")

    def handle(self, *args: Any, file: Path, check: bool, **options: Any) -> None:
        stop_in_order()
        try:
            if check:
                about = check_backup(file)
                self.stdout.write(f"{file} is whole: the rows of {about.database}, and the keys, of {about.made_at}.")
                return
            notes = restore_backup(file)
        except KeysLeftOut as fault:
            raise CommandError(f"The rows were restored, and not all keys. {fault}") from fault
        except (Refused, DatabaseError) as fault:
            raise CommandError(f"Nothing was restored. {' '.join(str(fault).split())}") from fault
        except OSError as fault:
            raise CommandError(f"Nothing was restored. {fault.filename or file}: {fault.strerror}.") from fault
        for note in notes:
            self.stdout.write(note)
        self.stdout.write("Restored. Before it is started: `manage.py prepare`, which `make run` and systemd do.")
