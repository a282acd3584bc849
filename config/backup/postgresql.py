"""PostgreSQL's rows, into a backup and out of one, by its own programs."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE
from typing import IO
from zipfile import ZipFile

from django.db import connection
from psycopg import pq
from psycopg.conninfo import make_conninfo

from config.backup.parcel import ROWS_PART, Refused, part

NAME = ROWS_PART["postgresql"]
# Whoever restores it may go by another name than whoever made it.
NOBODYS = ["--no-owner", "--no-privileges"]
LIBPQ = {option.keyword.decode() for option in pq.Conninfo.get_defaults()} - {"password", "client_encoding"}
# Secrets that, other than the password, have no variable of the environment.
HIDDEN = {"sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key"} & LIBPQ
SERVICE = "unpinch-backup"


def dump(archive: ZipFile, scratch: Path) -> None:
    """As of one moment, while others write."""
    # It has compressed it itself.
    with archive.open(part(NAME, compress=False), "w", force_zip64=True) as member:
        run("pg_dump", "--format=custom", *NOBODYS, into=member)


def must_be_empty() -> None:
    if connection.introspection.table_names():
        name = connection.settings_dict["NAME"]
        raise Refused(f"The database {name} is not empty: make a new one (createdb), and name it in DATABASE_URL.")


def restore(archive: ZipFile) -> None:
    """All or nothing."""
    with archive.open(NAME) as member:
        run("pg_restore", "--single-transaction", "--exit-on-error", *NOBODYS, of=member)


def run(name: str, *options: str, of: IO[bytes] | None = None, into: IO[bytes] | None = None) -> None:
    """On our database, to a good end; Refused with what the program said, if it says no."""
    found = shutil.which(name)
    if not found:
        raise Refused(f"{name} is not installed here: it is in the Debian package postgresql-client.")
    known = connection.get_connection_params()
    public = {word: value for word, value in known.items() if word in LIBPQ - HIDDEN}
    # Everybody on the machine can read a command line; an environment and a service file only their owner.
    env = {**os.environ, "PGPASSWORD": str(known.get("password", ""))}
    with tempfile.TemporaryFile() as said, tempfile.NamedTemporaryFile("w") as service:
        if hidden := [f"{word}={value}\n" for word, value in known.items() if word in HIDDEN]:
            service.writelines([f"[{SERVICE}]\n", *hidden])
            service.flush()
            env["PGSERVICEFILE"] = service.name
            public = {"service": SERVICE, **public}
        command = [found, f"--dbname={make_conninfo(**public)}", "--no-password", *options]
        # The program's name and options are ours.
        with subprocess.Popen(command, env=env, stdin=PIPE, stdout=PIPE, stderr=said) as process:  # noqa: S603
            try:
                # When it ends early, its own words say why.
                with suppress(BrokenPipeError):
                    pass_on(of, process.stdin)
                    process.stdin and process.stdin.close()
                pass_on(process.stdout, into)
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            said.seek(0)
            words = " ".join(said.read().decode(errors="replace").split())
            raise Refused(words or f"{name} ended with {process.returncode}.")


def pass_on(source: IO[bytes] | None, sink: IO[bytes] | None) -> None:
    if source and sink:
        shutil.copyfileobj(source, sink, 1024 * 1024)
