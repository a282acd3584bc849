"""What a backup refuses to do, and a restore to take, on SQLite; tests/faults makes and restores them on both."""

from __future__ import annotations

import fcntl
import json
import os
import random
import resource
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from config.backup.keys import KeysLeftOut, put_keys
from config.backup.parcel import Refused, checked_parcel
from tests.processes import ROOT


def manage(data_dir: Path, *command: str, **options: object) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/bin:/bin", "DATA_DIR": str(data_dir), **options.pop("environment", {})}
    return subprocess.run(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, capture_output=True, text=True, **options
    )


def refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """One line that says so, and why."""
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("CommandError: No")
    for word in words:
        assert word in line
    assert done.stdout == ""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With `data`, a DATA_DIR that holds rows, and `backup` of it."""
    folder = tmp_path_factory.mktemp("house")
    assert manage(folder / "data", "prepare").returncode == 0
    done = manage(folder / "data", "backup", str(folder / "backup"))
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def parts_of(path: Path) -> dict[str, bytes] | str:
    try:
        with checked_parcel(path) as (archive, _):
            return {name: archive.read(name) for name in archive.namelist()}
    except Refused:
        return "refused"


def test_a_backup_is_its_owners_alone_and_leaves_nothing_else(house: Path):
    assert names_in(house) == {"data", "backup"}
    assert (house / "backup").stat().st_mode & 0o777 == 0o600


def test_a_backup_is_checked_without_being_restored(house: Path, tmp_path: Path):
    done = manage(tmp_path / "new", "restore", "--check", str(house / "backup"))
    assert done.returncode == 0
    assert "is whole" in done.stdout
    assert not (tmp_path / "new" / "unpinch.sqlite3").exists()


def changed(backup: Path, into: Path, /, **parts: bytes | None) -> Path:
    """The backup with those parts instead, by the names before their dots; without those that are None."""
    with ZipFile(backup) as made, ZipFile(into, "w") as archive:
        for name in made.namelist():
            content = parts.get(name.partition(".")[0], made.read(name))
            if content is not None:
                archive.writestr(name, content)
    return into


@pytest.mark.parametrize("part", ["rows", "secret", "push", "backup"])
def test_a_backup_that_lacks_a_part_is_not_whole(house: Path, tmp_path: Path, part: str):
    lacking = changed(house / "backup", tmp_path / "lacking", **{part: None})
    refused(manage(tmp_path / "new", "restore", "--check", str(lacking)), "no whole backup of Unpinch")


def test_nothing_is_overwritten_by_a_backup(house: Path):
    before = (house / "backup").read_bytes()
    refused(manage(house / "data", "backup", str(house / "backup")), "is there already")
    assert (house / "backup").read_bytes() == before


def test_a_backup_of_nothing_is_none(tmp_path: Path):
    refused(manage(tmp_path / "data", "backup", str(tmp_path / "backup")), "There is no database", "DATA_DIR")
    refused(manage(tmp_path / "data", "backup", str(tmp_path / "no" / "backup")), "There is no")
    assert names_in(tmp_path) == {"data"}


def little_room() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))


def test_a_disk_that_is_full_is_one_clear_line_and_leaves_nothing(house: Path, tmp_path: Path):
    refused(manage(house / "data", "backup", str(tmp_path / "backup"), preexec_fn=little_room), "No backup was made.")
    assert names_in(tmp_path) == set()


def test_what_a_backup_that_was_killed_left_goes_with_the_next_unless_somebody_is_at_it(house: Path, tmp_path: Path):
    folders = {name: tmp_path / f".unpinch-backup-{name}" for name in ("left", "in-use", "new")}
    for folder in folders.values():
        folder.mkdir()
        (folder / "rows.sqlite3").write_text("everybody's diary")
    for name in ("left", "in-use"):
        os.utime(folders[name], (0, 0))
    in_use = os.open(folders["in-use"], os.O_RDONLY)
    try:
        fcntl.flock(in_use, fcntl.LOCK_EX)
        assert manage(house / "data", "backup", str(tmp_path / "backup")).returncode == 0
    finally:
        os.close(in_use)
    assert names_in(tmp_path) == {"backup", folders["in-use"].name, folders["new"].name}
    assert names_in(folders["in-use"]) == {"rows.sqlite3"}


def test_a_damaged_backup_is_refused_wherever_the_damage_is(house: Path, tmp_path: Path):
    whole = (house / "backup").read_bytes()
    chosen = random.Random(5)
    damaged = tmp_path / "damaged"
    parts = parts_of(house / "backup")
    for _ in range(150):
        at = chosen.randrange(len(whole))
        damaged.write_bytes(whole[:at] + bytes([whole[at] ^ chosen.randrange(1, 256)]) + whole[at + 1 :])
        # What is not its content, such as when a part was written, may be anything.
        assert parts_of(damaged) in (parts, "refused")
    for length in (0, 1, 1000, len(whole) // 2, len(whole) - 1):
        damaged.write_bytes(whole[:length])
        assert parts_of(damaged) == "refused"


def test_what_is_no_backup_is_not_restored(house: Path, tmp_path: Path):
    new = tmp_path / "new"
    refused(manage(new, "restore", str(tmp_path / "missing")), "There is no file")
    (tmp_path / "text").write_text("not a backup")
    refused(manage(new, "restore", str(tmp_path / "text")), "no whole backup of Unpinch")
    refused(manage(new, "restore", str(house / "data" / "unpinch.sqlite3")), "no whole backup of Unpinch")
    refused(manage(new, "restore", str(tmp_path)), "Is a directory")
    assert not (new / "unpinch.sqlite3").exists()


def test_a_backup_of_a_newer_unpinch_is_not_restored(house: Path, tmp_path: Path):
    about = json.loads(parts_of(house / "backup")["backup.json"])
    later = json.dumps({**about, "migrations": [*about["migrations"], "tracker.9999_later"]}).encode()
    newer = changed(house / "backup", tmp_path / "newer", backup=later)
    refused(manage(tmp_path / "new", "restore", str(newer)), "made by a newer Unpinch")


def test_a_backup_of_the_other_database_is_not_restored(house: Path, tmp_path: Path):
    elsewhere = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"}
    done = manage(tmp_path / "new", "restore", str(house / "backup"), environment=elsewhere)
    refused(done, "of sqlite", "DATABASE_URL names a postgresql")


def test_only_an_empty_data_dir_that_nobody_runs_on_is_restored_into(house: Path, tmp_path: Path):
    data = tmp_path / "data"
    shutil.copytree(house / "data", data)
    before = (data / "unpinch.sqlite3").read_bytes()
    refused(manage(data, "restore", str(house / "backup")), "unpinch.sqlite3 is there already")
    assert (data / "unpinch.sqlite3").read_bytes() == before
    (data / "unpinch.sqlite3").unlink()
    # It would be taken for the log of the restored rows.
    (data / "unpinch.sqlite3-wal").write_bytes(b"the newest rows of another database")
    refused(manage(data, "restore", str(house / "backup")), "unpinch.sqlite3-wal is there already")
    (data / "unpinch.sqlite3-wal").unlink()
    with (data / ".running").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused(manage(data, "restore", str(house / "backup")), "Unpinch runs on", "stop it first")
    done = manage(data, "restore", str(house / "backup"))
    assert (done.returncode, done.stderr) == (0, "")
    assert names_in(data) == {".running", "secret.key", "push.keys", "unpinch.sqlite3"}


def test_keys_are_the_backups_and_none_that_was_here_is_lost(house: Path, tmp_path: Path):
    data = tmp_path / "data"
    # They are made as soon as anything asks for them.
    assert manage(data, "check").returncode == 0
    secret, push = (data / "secret.key").read_text(), (data / "push.keys").read_text()
    done = manage(data, "restore", str(house / "backup"))
    assert "the one that was here is" in done.stdout
    assert (data / "secret.key").read_text() == (house / "data" / "secret.key").read_text()
    assert (data / "secret.key.before").read_text() == secret
    assert (data / "push.keys").read_text().split() == [(house / "data" / "push.keys").read_text(), push]
    for path in data.iterdir():
        assert path.stat().st_mode & 0o077 == 0, path.name


def test_a_key_of_the_environment_that_is_not_the_backups_is_told(house: Path, tmp_path: Path):
    other = {"SECRET_KEY": "k" * 60, "PUSH_KEYS": (house / "data" / "push.keys").read_text()}
    done = manage(tmp_path / "data", "restore", str(house / "backup"), environment=other)
    assert done.returncode == 0
    assert "SECRET_KEY of the environment is another than the backup's" in done.stdout
    assert "PUSH_KEYS" not in done.stdout
    assert not (tmp_path / "data" / "secret.key").exists()


def content_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_restore_that_fails_at_the_rows_changes_no_key_either(house: Path, tmp_path: Path):
    data = tmp_path / "data"
    assert manage(data, "check").returncode == 0
    before = content_of(data) | {".running": b""}
    refused(manage(data, "restore", str(house / "backup"), preexec_fn=little_room), "Nothing was restored.")
    assert content_of(data) == before
    rubbish = changed(house / "backup", tmp_path / "rubbish", rows=b"SQLite format 3\0" + b"?" * 5000)
    refused(manage(data, "restore", str(rubbish)), "Nothing was restored.", "do not hold together")
    assert content_of(data) == before
    assert manage(data, "restore", str(house / "backup")).returncode == 0
    assert (data / "secret.key.before").read_bytes() == before["secret.key"]


def test_a_key_that_was_kept_aside_earlier_stays(house: Path, tmp_path: Path):
    data = tmp_path / "data"
    assert manage(data, "check").returncode == 0
    secret = (data / "secret.key").read_text()
    (data / "secret.key.before").write_text("of the first database")
    done = manage(data, "restore", str(house / "backup"))
    assert f"the one that was here is {data / 'secret.key.before.2'}." in done.stdout
    assert (data / "secret.key.before").read_text() == "of the first database"
    assert (data / "secret.key.before.2").read_text() == secret


def test_a_key_that_cannot_be_put_in_its_place_is_named(tmp_path: Path):
    (tmp_path / "draft").write_text("the backup's")
    (tmp_path / "push.keys").mkdir()
    with pytest.raises(KeysLeftOut, match=r"push\.keys: Is a directory\. Put `push\.keys` of the backup"):
        put_keys({tmp_path / "push.keys": tmp_path / "draft"})


def test_a_secret_key_may_have_any_letter(house: Path, tmp_path: Path):
    own = {"SECRET_KEY": "schlüssel-" + "k" * 60}
    backup = str(tmp_path / "backup")
    assert manage(house / "data", "backup", backup, environment=own).returncode == 0
    assert manage(tmp_path / "file", "restore", "--check", backup).returncode == 0
    done = manage(tmp_path / "environment", "restore", backup, environment=own)
    assert (done.returncode, done.stderr) == (0, "")
    assert "SECRET_KEY" not in done.stdout
    done = manage(tmp_path / "file", "restore", backup)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "file" / "secret.key").read_text(encoding="utf-8") == own["SECRET_KEY"]
    assert manage(tmp_path / "file", "check").returncode == 0


def test_a_restore_says_that_what_was_withdrawn_since_is_back(house: Path, tmp_path: Path):
    with checked_parcel(house / "backup") as (_, about):
        made_at = about.made_at
    done = manage(tmp_path / "data", "restore", str(house / "backup"))
    (line,) = [line for line in done.stdout.splitlines() if made_at in line]
    assert line.startswith("Links ended, accounts erased and devices signed out after")
    assert "live again" in line
