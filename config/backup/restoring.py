"""Restoring a backup: into an empty database only, and after all of it was read and found whole."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from config.backup.keys import draft_keys, kept_aside, put_keys
from config.backup.making import ROWS
from config.backup.parcel import About, Refused, checked_parcel
from config.backup.scratch import scratch_beside

WITHDRAWN = (
    'Links ended, accounts erased and devices signed out after {0} live again: "Backup" in docs/operating.md says what'
    " to do."
)


def check_backup(path: Path) -> About:
    """Of a backup that is whole and that this Unpinch can read."""
    with checked_parcel(path) as (_, about):
        fits(about)
        return about


def restore_backup(path: Path) -> list[str]:
    """
    What else the operator should know.

    Raises Refused, OSError, DatabaseError: then the database is still empty, and the keys are those that were here.
    Raises KeysLeftOut once the rows are restored.
    """
    with checked_parcel(path) as (archive, about):
        fits(about)
        rows = ROWS[connection.vendor]
        if about.database != connection.vendor:
            raise Refused(f"This backup is of {about.database}, and DATABASE_URL names a {connection.vendor}.")
        with nobody_runs(), scratch_beside(settings.DATA_DIR / "keys") as scratch, ExitStack() as until_put:
            rows.must_be_empty()
            drafts, notes = draft_keys(archive, scratch)
            if settings.SECRET_KEY_FILE in drafts:
                before = until_put.enter_context(kept_aside(settings.SECRET_KEY_FILE))
                notes.append(f"The secret key is the backup's now; the one that was here is {before}.")
            rows.restore(archive)
            put_keys(drafts)
        return [*notes, WITHDRAWN.format(about.made_at)]


def fits(about: About) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    if not known.issuperset(about.migrations):
        raise Refused("This backup was made by a newer Unpinch: bring this one up to date first.")


@contextmanager
def nobody_runs() -> Iterator[None]:
    """The lock that the running pair holds on DATA_DIR (tools/supervise.py)."""
    # Where all keys come from the environment, nothing has made it yet.
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = os.open(settings.DATA_DIR / ".running", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise Refused(f"Unpinch runs on {settings.DATA_DIR}: stop it first.") from None
    finally:
        os.close(lock)
