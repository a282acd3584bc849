"""The two databases that Unpinch runs on, as servers and files of a test's own."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import psycopg

from tests.faults.server import ROOT, clean_environment
from tests.processes import free_port, until


class Database(Protocol):
    environment: dict[str, str]

    def rows(self, query: str) -> Sequence[tuple[Any, ...]]:
        """In a connection of its own, so that it sees what others have written until now."""


class SQLite:
    def __init__(self, data_dir: Path) -> None:
        self.file = data_dir / "unpinch.sqlite3"
        self.environment = {"DATA_DIR": str(data_dir)}

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with contextlib.closing(sqlite3.connect(self.file, timeout=20)) as connection:
            return connection.execute(query).fetchall()


class PostgreSQL:
    """A cluster on loopback. Unless `flush`, its files are told to no disk for good: it dies of no power cut."""

    def __init__(self, *, flush: bool = False) -> None:
        self.port, self.process, self.flush = free_port(), None, flush
        self.folder = Path(tempfile.mkdtemp(prefix="unpinch-postgresql-"))
        # It refuses to run as root.
        self.user: dict[str, Any] = {}
        if os.geteuid() == 0:
            self.user = {"user": "postgres", "group": "postgres", "extra_groups": []}
            shutil.chown(self.folder, "postgres", "postgres")
        self.numbers = itertools.count()
        command = [program("initdb"), "-D", "rows", "-U", "unpinch", "--auth=trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL, **self.user)

    def start(self) -> None:
        options = {"port": self.port, "unix_socket_directories": self.folder, "listen_addresses": "127.0.0.1"}
        options |= {"fsync": "on" if self.flush else "off", "max_connections": 40}
        command = [program("postgres"), "-D", "rows", *(f"--{name}={value}" for name, value in options.items())]
        with (self.folder / "out").open("ab") as out:
            self.process = subprocess.Popen(command, cwd=self.folder, stdout=out, stderr=out, **self.user)
        until(self.answers, "PostgreSQL", 60)

    def answers(self) -> bool:
        assert self.process is None or self.process.poll() is None, (self.folder / "out").read_text()
        with contextlib.suppress(psycopg.OperationalError):
            return bool(self.ask("postgres", "SELECT 1"))
        return False

    def die(self) -> None:
        """At once, with every transaction that is open; the next start recovers."""
        if self.process:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(timeout=30)

    def remove(self) -> None:
        self.die()
        shutil.rmtree(self.folder)

    def url(self, name: str) -> str:
        return f"postgres://unpinch@127.0.0.1:{self.port}/{name}"

    def ask(self, name: str, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url(name), autocommit=True, connect_timeout=5) as connection:
            done = connection.execute(query)
            return done.fetchall() if done.description else []

    def make_tables(self, name: str) -> None:
        self.ask("postgres", f"CREATE DATABASE {name}")
        with tempfile.TemporaryDirectory() as data_dir:
            env = clean_environment(DATABASE_URL=self.url(name), DATA_DIR=data_dir)
            subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], cwd=ROOT, env=env, check=True)

    def copy(self, template: str) -> PostgreSQLDatabase:
        name = f"{template}_{next(self.numbers)}"
        self.ask("postgres", f"CREATE DATABASE {name} TEMPLATE {template}")
        return PostgreSQLDatabase(self, name)


class PostgreSQLDatabase:
    def __init__(self, cluster: PostgreSQL, name: str) -> None:
        self.cluster, self.name = cluster, name
        self.environment = {"DATABASE_URL": cluster.url(name)}

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        return self.cluster.ask(self.name, query)

    @contextlib.contextmanager
    def held_up(self, table: str) -> Iterator[None]:
        """Nobody writes to that table, but waits for the block to end, or for PostgreSQL's end."""
        connection = psycopg.connect(self.cluster.url(self.name))
        connection.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
        try:
            yield
        finally:
            with contextlib.suppress(psycopg.OperationalError):
                connection.close()

    def is_claiming(self, table: str) -> bool:
        """Whether somebody who has locked reminders waits to write to that table."""
        return bool(
            self.rows(
                "SELECT 1 FROM pg_locks AS waiting JOIN pg_locks AS held USING (pid)"
                f" WHERE waiting.relation = '{table}'::regclass AND NOT waiting.granted"
                " AND held.relation = 'reminders_reminder'::regclass AND held.mode = 'RowShareLock'"
            )
        )


def program(name: str) -> str:
    """Debian keeps PostgreSQL's programs out of the way."""
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = max(versions, key=lambda path: float(path.parts[-3]), default=None)
    found = str(newest) if newest else shutil.which(name)
    assert found, f"{name} of PostgreSQL is not installed"
    return found
