"""Making a backup, while everything runs."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from config.backup import postgresql, sqlite
from config.backup.parcel import (
    ABOUT,
    PUSH_KEYS,
    SECRET_KEY,
    About,
    Refused,
    checked_parcel,
    new_parcel,
    part,
    place,
)
from config.backup.scratch import scratch_beside
from config.keys import push_keys

ROWS = {"sqlite": sqlite, "postgresql": postgresql}


def make_backup(path: Path) -> None:
    """Whole, read once more, and then named so; or not at all. Raises Refused, OSError, DatabaseError."""
    if path.exists():
        raise Refused(f"{path} is there already: nothing is overwritten.")
    if connection.vendor == "sqlite" and not sqlite.rows_file().exists():
        raise Refused(f"There is no database {sqlite.rows_file()}. Is DATA_DIR the one that Unpinch runs with?")
    migrations = [f"{app}.{name}" for app, name in sorted(MigrationRecorder(connection).applied_migrations())]
    if not migrations:
        raise Refused("The database is empty: there is nothing to back up.")
    about = About(timezone.now().isoformat(timespec="seconds"), connection.vendor, migrations)
    with scratch_beside(path) as scratch:
        draft = scratch / "draft"
        with new_parcel(draft) as archive:
            archive.writestr(part(ABOUT), about.text())
            ROWS[connection.vendor].dump(archive, scratch)
            # After the rows, and as they are by now: a device may just have subscribed with a new key.
            keys = push_keys(settings.PUSH_KEYS_FILE) if settings.PUSH_KEYS_FILE else settings.PUSH_KEYS
            archive.writestr(part(SECRET_KEY), settings.SECRET_KEY)
            archive.writestr(part(PUSH_KEYS), "\n".join(keys))
        with checked_parcel(draft):
            place(draft, path)
