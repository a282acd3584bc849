"""A backup's keys: written whole beside those that are here, and put in their place once its rows are restored."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from zipfile import ZipFile

from django.conf import settings

from config.backup.parcel import PUSH_KEYS, SECRET_KEY, sync_folder
from config.keys import push_keys, write_draft

OTHER_KEY = (
    "{0} of the environment is another than the backup's, which is `{1}` in it (a zip). Without that one, {2}. Set it"
    " before you start Unpinch."
)


class KeysLeftOut(Exception):
    """The rows were restored, and a key was not; which, in words for the operator."""


def draft_keys(archive: ZipFile, scratch: Path) -> tuple[dict[Path, Path], list[str]]:
    """A draft in `scratch` for each file whose keys must change, by that file; what the environment has instead."""
    drafts, notes = {}, []
    secret = archive.read(SECRET_KEY).decode()
    if secret != settings.SECRET_KEY:
        if settings.SECRET_KEY_FILE:
            drafts[settings.SECRET_KEY_FILE] = write_draft(scratch / SECRET_KEY, secret)
        else:
            lost = "all are signed out, and closed mailboxes get mail again"
            notes.append(OTHER_KEY.format("SECRET_KEY", SECRET_KEY, lost))
    path = settings.PUSH_KEYS_FILE
    keys, here = archive.read(PUSH_KEYS).decode().split(), push_keys(path) if path else settings.PUSH_KEYS
    # Unless these have them all: then a newer one may have been made since.
    if not {*keys} <= {*here}:
        if path:
            # Before those that are here: devices subscribe with the first.
            both = [*keys, *(key for key in here if key not in keys)]
            drafts[path] = write_draft(scratch / PUSH_KEYS, "\n".join(both))
        else:
            lost = "no device that allowed notifications is reached"
            notes.append(OTHER_KEY.format("PUSH_KEYS", PUSH_KEYS, lost))
    return drafts, notes


@contextmanager
def kept_aside(path: Path) -> Iterator[Path]:
    """By a second name, which no other key has; not if the block ends before another has taken its place."""
    for number in count(1):
        before = path.with_name(f"{path.name}.before{f'.{number}' if number > 1 else ''}")
        try:
            # Made a moment ago, most likely; but a second database may go by it.
            os.link(path, before)
            break
        except FileExistsError:
            continue
    try:
        yield before
    except BaseException:
        if before.samefile(path):
            before.unlink()
        raise


def put_keys(drafts: dict[Path, Path]) -> None:
    for path, draft in drafts.items():
        try:
            draft.replace(path)
        except OSError as fault:
            raise KeysLeftOut(
                f"{path}: {fault.strerror}. Put `{path.name}` of the backup (a zip) there before you start Unpinch."
            ) from fault
    sync_folder(settings.DATA_DIR)
