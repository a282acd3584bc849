"""A backup of either database, made while people write, and restored elsewhere: they go on there as if nothing was."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.faults.client import Client, a_log, new_id
from tests.faults.databases import Database, PostgreSQL, PostgreSQLDatabase, SQLite
from tests.faults.server import ROOT, Server, clean_environment, wait_until
from tests.people import PASSWORD

pytestmark = pytest.mark.fault

TABLES = {
    "sqlite": "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}


class House:
    """A DATA_DIR of its own, and rows, which may be on PostgreSQL: none, not even tables, unless it is `prepared`."""

    def __init__(self, folder: Path, cluster: PostgreSQL | None, name: str, prepared: Path | None = None) -> None:
        self.data_dir = folder / name
        self.data_dir.mkdir()
        self.rows: Database = SQLite(self.data_dir)
        if cluster:
            cluster.ask("postgres", f"DROP DATABASE IF EXISTS {name}")
            cluster.ask("postgres", f"CREATE DATABASE {name} TEMPLATE {'unpinch' if prepared else 'template0'}")
            self.rows = PostgreSQLDatabase(cluster, name)
        elif prepared:
            shutil.copytree(prepared, self.data_dir, dirs_exist_ok=True)
        self.kind = "postgresql" if cluster else "sqlite"
        self.environment = {**self.rows.environment, "DATA_DIR": str(self.data_dir)}

    def manage(self, *command: object, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *map(str, command)],
            cwd=ROOT,
            env=clean_environment(**{**self.environment, **environment}),
            capture_output=True,
            text=True,
            check=False,
        )

    def does(self, *command: object, **environment: str) -> None:
        done = self.manage(*command, **environment)
        assert (done.returncode, done.stderr) == (0, "")

    def refuses(self, *command: object, **environment: str) -> str:
        """In one line, which it is."""
        done = self.manage(*command, **environment)
        (line,) = done.stderr.splitlines()
        assert line.startswith("CommandError: No")
        return line

    def content(self) -> dict[str, list[str]]:
        """All rows of all tables."""
        tables = [name for (name,) in self.rows.rows(TABLES[self.kind])]
        return {name: sorted(map(repr, self.rows.rows(f"SELECT * FROM {name}"))) for name in tables}

    def push_keys(self) -> list[str]:
        return (self.data_dir / "push.keys").read_text().split()


class ServerOf(Server):
    """Of a house."""

    rows: dict[str, str]

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | self.rows


@pytest.fixture(params=["sqlite", "postgresql"])
def cluster(request: pytest.FixtureRequest) -> PostgreSQL | None:
    return request.getfixturevalue("postgresql") if request.param == "postgresql" else None


@pytest.fixture
def here(tmp_path: Path, cluster: PostgreSQL | None, prepared: Path) -> House:
    return House(tmp_path, cluster, "here", prepared)


@pytest.fixture
def there(tmp_path: Path, cluster: PostgreSQL | None) -> House:
    return House(tmp_path, cluster, "there")


@pytest.fixture
def serve() -> Iterator[Callable[[House], Server]]:
    """`serve(house)`: its web server, all by the same address as people type it: sign-ins go by that."""
    servers: list[Server] = []

    def serve(house: House) -> Server:
        server = ServerOf(house.data_dir)
        server.rows = house.environment | {"UNPINCH_URL": "http://localhost"}
        servers.append(server)
        server.start()
        return server

    yield serve
    for server in servers:
        server.stop()


def test_a_backup_made_while_people_write_is_whole_and_they_sign_in_where_it_is_restored(
    here: House, there: House, serve: Callable[[House], Server], tmp_path: Path
):
    alice = Client(serve(here).address).sign_up("alice")
    written: list[str] = []
    enough = threading.Event()

    def write() -> None:
        while not enough.is_set():
            id = new_id()
            assert alice.put_log(id, a_log())[0] in (200, 201)
            written.append(id)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        wait_until("some are written", lambda: len(written) > 10)
        before = {*written}
        here.does("backup", tmp_path / "backup")
        count = len(written)
        wait_until("it goes on", lambda: len(written) > count)
    finally:
        enough.set()
        writer.join()

    there.does("restore", tmp_path / "backup")
    again = Client(serve(there).address)
    again.ask("GET", "/_allauth/browser/v1/auth/session")
    credentials = {"email": alice.email, "password": PASSWORD}
    assert again.ask("POST", "/_allauth/browser/v1/auth/login", credentials)[0] == 200
    # All that was acknowledged before it began, and nothing by halves.
    kept = {log["id"] for log in again.logs()}
    assert before <= kept <= {*written}
    assert again.put_log(new_id(), a_log())[0] in (200, 201)


def test_every_row_and_key_is_the_same_and_who_was_signed_in_still_is(
    here: House, there: House, serve: Callable[[House], Server], tmp_path: Path
):
    alice = Client(serve(here).address).sign_up("alice")
    id = new_id()
    alice.put_log(id, a_log())
    here.does("backup", tmp_path / "backup")
    there.does("restore", tmp_path / "backup")
    assert there.content() == here.content()
    assert len(here.content()["accounts_user"]) == 1
    assert there.push_keys()[0] == here.push_keys()[0]
    assert (there.data_dir / "secret.key").read_text() == (here.data_dir / "secret.key").read_text()
    alice.address = serve(there).address
    assert alice.ask("GET", "/api/v1/me")[0] == 200
    assert [log["id"] for log in alice.logs()] == [id]
    # A restore into what is somebody's by now is none.
    before = there.content()
    assert "is not empty" in (line := there.refuses("restore", tmp_path / "backup")) or "is there already" in line
    assert there.content() == before


@pytest.fixture
def on_postgresql(tmp_path: Path, postgresql: PostgreSQL, prepared: Path) -> House:
    return House(tmp_path, postgresql, "here", prepared)


def instead(folder: Path, script: str) -> str:
    """A PATH where pg_dump and pg_restore are that script; `$real` in it is the real one."""
    for name in ("pg_dump", "pg_restore"):
        watched = folder / name
        watched.parent.mkdir(exist_ok=True)
        watched.write_text(f"#!/bin/sh\nreal={shutil.which(name)}\n{script}\n")
        watched.chmod(0o755)
    return f"{folder}:/usr/bin:/bin"


def test_the_password_stands_on_no_command_line(on_postgresql: House, tmp_path: Path):
    url = on_postgresql.environment["DATABASE_URL"].replace("unpinch@", "unpinch:hush-hush@")
    seen = tmp_path / "seen"
    path = instead(tmp_path / "bin", f'echo "$PGPASSWORD" "$@" >>{seen}\nexec $real "$@"')
    on_postgresql.does("backup", tmp_path / "backup", PATH=path, DATABASE_URL=url)
    House(tmp_path, on_postgresql.rows.cluster, "there").does(
        "restore", tmp_path / "backup", PATH=path, DATABASE_URL=url.replace("/here", "/there")
    )
    told = seen.read_text().splitlines()
    assert len(told) == 2
    for line in told:
        assert line.startswith("hush-hush --dbname=")
        assert line.count("hush-hush") == 1


def test_the_password_of_a_certificate_stands_on_no_command_line_either(on_postgresql: House, tmp_path: Path):
    url = on_postgresql.environment["DATABASE_URL"] + "?sslpassword=hush%20hush"
    told, handed = tmp_path / "told", tmp_path / "handed"
    path = instead(tmp_path / "bin", f'echo "$@" >>{told}\ncat "$PGSERVICEFILE" >{handed}\nexec $real "$@"')
    on_postgresql.does("backup", tmp_path / "backup", PATH=path, DATABASE_URL=url)
    assert "--dbname=" in told.read_text()
    assert "hush" not in told.read_text()
    assert "sslpassword=hush hush\n" in handed.read_text()


@pytest.mark.parametrize(
    ("command", "told"), [("backup", signal.SIGHUP), ("backup", signal.SIGTERM), ("restore", signal.SIGHUP)]
)
def test_what_is_told_to_stop_half_way_leaves_nothing(
    on_postgresql: House, tmp_path: Path, command: str, told: signal.Signals
):
    there = House(tmp_path, on_postgresql.rows.cluster, "there")
    on_postgresql.does("backup", tmp_path / "made")
    house, file = (on_postgresql, tmp_path / "backup") if command == "backup" else (there, tmp_path / "made")
    house.manage("check")
    begun = tmp_path / "begun"
    path = instead(tmp_path / "bin", f"echo >{begun}\nexec sleep 600")
    before = {*tmp_path.rglob("*")}
    environment = clean_environment(**house.environment, PATH=path)
    process = subprocess.Popen(
        [sys.executable, "manage.py", command, str(file)],
        cwd=ROOT,
        env=environment,
        # Whoever runs the tests may have been told to live on without a terminal (nohup), and that is inherited.
        preexec_fn=lambda: signal.signal(told, signal.SIG_DFL),  # a test of one thread
    )
    try:
        wait_until("it is half way", begun.exists)
        process.send_signal(told)
        assert process.wait(timeout=30) == 128 + told
    finally:
        process.kill()
    assert {*tmp_path.rglob("*")} - before <= {begun, house.data_dir / ".running"}
    assert there.content() == {}


def test_what_is_in_the_way_is_said_in_one_line_and_leaves_nothing(on_postgresql: House, tmp_path: Path):
    backup, before = tmp_path / "backup", {*tmp_path.iterdir()}
    assert "pg_dump is not installed" in on_postgresql.refuses("backup", backup, PATH=str(tmp_path))
    nobody = "postgres://unpinch@127.0.0.1:1/here"
    assert "connection" in on_postgresql.refuses("backup", backup, DATABASE_URL=nobody)
    on_postgresql.rows.rows("CREATE ROLE stranger LOGIN")
    try:
        stranger = on_postgresql.environment["DATABASE_URL"].replace("unpinch@", "stranger@")
        assert "permission denied" in on_postgresql.refuses("backup", backup, DATABASE_URL=stranger)
    finally:
        on_postgresql.rows.rows("DROP ROLE stranger")
    assert {*tmp_path.iterdir()} == before


def test_a_restore_that_breaks_off_leaves_the_database_empty_and_the_keys(on_postgresql: House, tmp_path: Path):
    on_postgresql.does("backup", tmp_path / "backup")
    with ZipFile(tmp_path / "backup") as made, ZipFile(tmp_path / "broken", "w") as broken:
        for name in made.namelist():
            content = made.read(name)
            broken.writestr(name, content[: len(content) * 3 // 4] if name == "rows.pgdump" else content)
    there = House(tmp_path, on_postgresql.rows.cluster, "there")
    assert there.manage("check").returncode == 0
    keys = {path: path.read_bytes() for path in there.data_dir.glob("*.key*")}
    assert "end of file" in there.refuses("restore", tmp_path / "broken")
    assert there.content() == {}
    assert {path: path.read_bytes() for path in there.data_dir.glob("*.key*")} == keys
    there.does("restore", tmp_path / "backup")
    assert there.content() == on_postgresql.content()
