"""Room for what is half made. Everybody's rows lie there for a while, so that it goes, whatever ends the process."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time
from types import FrameType

from config.backup.parcel import Refused

PREFIX = ".unpinch-backup-"
DAY_SECONDS = 24 * 3600
# Of systemd, and of a terminal that goes away.
STOPS = (signal.SIGTERM, signal.SIGHUP)


@contextmanager
def scratch_beside(path: Path) -> Iterator[Path]:
    """A folder on the same file system, the operator's alone, gone afterwards with all that is left in it."""
    if not path.parent.is_dir():
        raise Refused(f"There is no folder {path.parent}.")
    sweep(path.parent)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=PREFIX) as name, opened(Path(name)) as descriptor:
        # Where a file system has no such locks, `sweep` removes nothing.
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield Path(name)


def sweep(folder: Path) -> None:
    """Of what was killed outright, what is older than a day; a living process holds the lock on its own."""
    for left in folder.glob(f"{PREFIX}*"):
        with suppress(OSError), opened(left) as descriptor:
            if time() - os.fstat(descriptor).st_mtime > DAY_SECONDS:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(left)


@contextmanager
def opened(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def stop_in_order() -> None:
    """From now on, when it is told to stop, all that is half made goes, too."""
    for number in STOPS:
        # `nohup` has it go on without its terminal.
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, stop)


def stop(number: int, _: FrameType | None) -> None:
    # Told so twice, it would break off its cleaning up.
    for other in STOPS:
        signal.signal(other, signal.SIG_IGN)
    sys.exit(128 + number)
