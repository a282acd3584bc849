"""SQLite's rows, into a backup and out of one."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

from django.db import connection

from config.backup.parcel import ROWS_PART, Refused, part, sync_folder
from config.backup.scratch import scratch_beside

NAME = ROWS_PART["sqlite"]


def dump(archive: ZipFile, scratch: Path) -> None:
    """As of one moment, while others write. Made anew: what was erased must not lie in free pages of the copy."""
    copy = scratch / NAME
    try:
        with closing(sqlite3.connect(rows_file(), timeout=20)) as rows:
            rows.execute("VACUUM INTO ?", [str(copy)])
    except sqlite3.Error as fault:
        raise Refused(f"SQLite could not copy its rows: {fault}.") from fault
    with copy.open("rb") as source, archive.open(part(NAME), "w", force_zip64=True) as member:
        shutil.copyfileobj(source, member, 1024 * 1024)


def must_be_empty() -> None:
    """A write-ahead log beside no database would be taken for the restored one's."""
    path = rows_file()
    for found in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        if found.exists() and found.stat().st_size:
            raise Refused(f"{found} is there already: move it away, or set another DATA_DIR.")


def restore(archive: ZipFile) -> None:
    path = rows_file()
    with scratch_beside(path) as scratch:
        draft = scratch / NAME
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with archive.open(NAME) as member:
                shutil.copyfileobj(member, file, 1024 * 1024)
            file.flush()
            os.fsync(file.fileno())
        if fault := fault_of(draft):
            raise Refused(f"The rows in this backup do not hold together: {fault}.")
        must_be_empty()
        draft.replace(path)
        sync_folder(path.parent)


def fault_of(copy: Path) -> str:
    """In SQLite's words; none of what is sound."""
    try:
        with closing(sqlite3.connect(copy)) as rows:
            verdict = str(rows.execute("PRAGMA integrity_check").fetchone()[0])
            lost = rows.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as fault:
        return str(fault)
    if verdict != "ok":
        return verdict
    return f"a row of {lost[0]} names one of {lost[2]} that is not there" if lost else ""


def rows_file() -> Path:
    return Path(str(connection.settings_dict["NAME"]))
