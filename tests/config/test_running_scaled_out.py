"""
The ways to run it scaled out all run the same commands: the Procfile's, which tests/faults starts for real.

No container engine and no systemd run here: what can be read of their files is read.
"""

from __future__ import annotations

import configparser
import os
import subprocess
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import yaml

from config.celery import app
from tests.processes import ROOT
from tests.procfile import commands, words
from tools import supervise

UNITS = ROOT / "deploy" / "systemd"
SERVICES = {"web": "unpinch-web.service", "worker": "unpinch-worker@.service", "beat": "unpinch-beat.service"}
HOME = "/opt/unpinch/"


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))


def unit(name: str) -> configparser.ConfigParser:
    # Not strict: a unit may say `Environment=` twice, and the last is the one with defaults.
    found = configparser.ConfigParser(strict=False, interpolation=None, delimiters=("=",))
    found.optionxform = str  # type: ignore[method-assign,assignment]
    found.read_string((UNITS / name).read_text(encoding="utf-8"))
    return found


def test_the_procfiles_web_server_is_the_one_of_make_run():
    environment = {"HOST": "127.0.0.1", "PORT": "8000"}
    with mock.patch.dict(os.environ, environment):
        _, *arguments = supervise.commands()["web server"]
    assert words(commands()["web"], {}) == [".venv/bin/granian", *arguments]


def test_workers_outlive_a_redis_that_goes_away():
    assert {"--without-mingle", "--without-gossip"} <= {*words(commands()["worker"], {})}
    assert app.conf.broker_connection_max_retries is None


@pytest.mark.parametrize("name", SERVICES)
def test_a_unit_runs_what_the_procfile_runs(name: str):
    service = unit(SERVICES[name])["Service"]
    environment = dict(pair.split("=") for pair in service["Environment"].split())
    assert words(service["ExecStart"].removeprefix(HOME), environment) == words(commands()[name], {})
    assert (service["Restart"], service["KillMode"]) == ("always", "mixed")
    assert service["EnvironmentFile"] == "/etc/unpinch/environment"


@pytest.mark.parametrize("name", SERVICES)
def test_a_container_runs_what_the_procfile_runs(compose: dict[str, Any], name: str):
    service = compose["services"][name]
    assert words(service["command"], {}) == words(commands()[name], {"HOST": "0.0.0.0"})
    assert service["restart"] == "always"
    assert "REDIS_URL" in service["environment"]
    # A worker ends what it is at before it is killed: ten seconds of sending, and one push of ten more.
    assert int(service["stop_grace_period"].removesuffix("s")) >= 30


def test_containers_wait_for_rows_that_are_ready(compose: dict[str, Any]):
    services = compose["services"]
    assert services["prepare"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    for name in SERVICES:
        assert services[name]["depends_on"]["prepare"] == {"condition": "service_completed_successfully"}
        assert services[name]["volumes"] == services["prepare"]["volumes"]
    named = {one.split(":")[0] for service in services.values() for one in service.get("volumes", [])}
    assert named == {*compose["volumes"]}
    # Only this machine's proxy gets in.
    assert [one for service in services.values() for one in service.get("ports", [])] == ["127.0.0.1:8000:8000"]


def test_a_container_can_back_up_the_postgresql_that_comes_along(compose: dict[str, Any]):
    version = compose["services"]["postgres"]["image"].removeprefix("postgres:")
    assert f"postgresql-client-{version} " in (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_nothing_made_on_this_machine_gets_into_an_image():
    left_out = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    assert {".git", ".venv", "data", "**/node_modules", "static/build"} <= {*left_out}


def test_systemd_reads_the_units_and_finds_them_hardened(tmp_path: Path):
    names = []
    for path in sorted(UNITS.iterdir()):
        copy = tmp_path / path.name
        copy.write_text(path.read_text(encoding="utf-8").replace(HOME, f"{ROOT}/"), encoding="utf-8")
        names.append(str(copy))
    verified = subprocess.run(["systemd-analyze", "verify", "--man=no", *names], capture_output=True, text=True)
    assert (verified.returncode, verified.stderr) == (0, "")
    for name in names:
        if name.endswith(".service"):
            # Of 100, where 100 is a service that may do whatever it likes.
            judged = ["systemd-analyze", "security", "--offline=true", "--threshold=25", name]
            assert subprocess.run(judged, capture_output=True).returncode == 0, name
