"""What a backup looks like: a zip, so that every part has its checksum, and a start that broke off is none."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from time import localtime
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo
from zlib import error as DeflateError

FORMAT = "unpinch backup 1"
ABOUT, SECRET_KEY, PUSH_KEYS = "backup.json", "secret.key", "push.keys"
ROWS_PART = {"sqlite": "rows.sqlite3", "postgresql": "rows.pgdump"}


class Refused(Exception):
    """It was not done, and nothing was changed; why, in words for the operator."""


@dataclass(frozen=True)
class About:
    made_at: str
    """ISO 8601."""
    database: str
    """As Django names its vendor."""
    migrations: list[str]
    """`app.name` of each that the rows have gone through."""
    format: str = FORMAT

    def text(self) -> str:
        return json.dumps(asdict(self), indent=1)


@contextmanager
def new_parcel(draft: Path) -> Iterator[ZipFile]:
    """Readable by its owner only, and on the disk for good once the block has ended."""
    with os.fdopen(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            yield archive
        file.flush()
        os.fsync(file.fileno())


def part(name: str, *, compress: bool = True) -> ZipInfo:
    """For `ZipFile.open` or `writestr`: taken out by hand, it is its owner's alone too."""
    found = ZipInfo(name, localtime()[:6])
    found.external_attr = 0o600 << 16
    found.compress_type = ZIP_DEFLATED if compress else 0
    return found


@contextmanager
def checked_parcel(path: Path) -> Iterator[tuple[ZipFile, About]]:
    """Once all of it has been read, and every part is as it was written."""
    try:
        with ZipFile(path) as archive:
            about = read_about(archive)
            if archive.testzip() is not None:
                raise BadZipFile
            if ROWS_PART[about.database] not in archive.namelist():
                raise BadZipFile
            for keys in (SECRET_KEY, PUSH_KEYS):
                archive.read(keys).decode()
    except FileNotFoundError:
        raise Refused(f"There is no file {path}.") from None
    # All that zipfile, zlib and json say of bytes that are not what was written, found by turning them at random.
    except (BadZipFile, DeflateError, EOFError, TypeError, ValueError, KeyError, NotImplementedError, RuntimeError):
        raise Refused(f"{path} is no whole backup of Unpinch: it is damaged, or something else.") from None
    with ZipFile(path) as archive:
        yield archive, about


def read_about(archive: ZipFile) -> About:
    found = json.loads(archive.read(ABOUT))
    if not isinstance(found, dict) or not str(found.get("format")).startswith("unpinch backup"):
        raise BadZipFile
    if found["format"] != FORMAT:
        raise Refused("This backup was made by a newer Unpinch: bring this one up to date first.")
    return About(**found)


def place(draft: Path, path: Path) -> None:
    """At once under its own name, which nothing may have by now."""
    if path.exists():
        raise Refused(f"{path} is there already: nothing is overwritten.")
    draft.rename(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
