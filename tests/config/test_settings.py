"""What the environment makes of the settings: each asked of a fresh Python, as an operator starts one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes import ROOT

ASK = """
import json
from config import settings
print(json.dumps({name: getattr(settings, name, None) for name in json.loads(%r)}, default=str))
"""


def settings_of(data_dir: Path, *names: str, **environment: str) -> dict:
    plain = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
    code = ASK % json.dumps(names)
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**plain, "DATA_DIR": str(data_dir), **environment},
        check=True,
        capture_output=True,
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", ["with space", "a+b", "100%25", "who?", "n#1", "über"])
def test_the_database_lies_in_the_data_dir_whatever_its_name(tmp_path, name):
    found = settings_of(tmp_path / name, "DATABASES")
    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / name / "unpinch.sqlite3")


def test_instances_side_by_side_keep_apart_and_servers_behind_one_address_share_their_sign_ins(tmp_path):
    def cookie(**environment: str) -> str:
        return settings_of(tmp_path, "SESSION_COOKIE_NAME", **environment)["SESSION_COOKIE_NAME"]

    assert cookie(PORT="8001") != cookie(PORT="8002")
    public = {"UNPINCH_URL": "https://unpinch.example"}
    assert cookie(PORT="8001", **public) == cookie(PORT="8002", **public)


@pytest.mark.parametrize(("host", "allowed"), [("192.0.2.7", "192.0.2.7"), ("2001:db8::7", "[2001:db8::7]")])
def test_a_server_answers_to_the_address_it_listens_on(tmp_path, host, allowed):
    assert allowed in settings_of(tmp_path, "ALLOWED_HOSTS", HOST=host)["ALLOWED_HOSTS"]
    assert "*" not in settings_of(tmp_path, "ALLOWED_HOSTS", HOST="0.0.0.0")["ALLOWED_HOSTS"]


def test_the_proxys_word_for_a_callers_address_is_taken_only_where_there_is_a_proxy(tmp_path):
    name = "ALLAUTH_TRUSTED_PROXY_COUNT"
    assert settings_of(tmp_path, name, UNPINCH_URL="https://unpinch.example")[name] == 1
    assert settings_of(tmp_path, name)[name] is None


def test_the_zones_that_browsers_name_are_known_without_the_systems_own():
    # A small Debian has no tzdata, a newer one has none of the old names, and Chrome still says Asia/Calcutta.
    code = "from accounts.zones import known_zones; print({'Europe/Berlin', 'Asia/Calcutta'} <= known_zones())"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={"PYTHONTZPATH": ""}, check=True, capture_output=True
    )
    assert done.stdout == b"True\n"


def test_an_address_that_health_links_have_no_room_for_stops_the_start(tmp_path):
    longest = "https://" + "a" * 60 + ".example.org"
    assert settings_of(tmp_path, "OWN_URL", UNPINCH_URL=longest) == {"OWN_URL": longest}

    with pytest.raises(subprocess.CalledProcessError) as stopped:
        settings_of(tmp_path, "OWN_URL", UNPINCH_URL=longest + "a")
    assert "ImproperlyConfigured: UNPINCH_URL" in stopped.value.stderr.decode()


def test_what_came_due_is_kept_for_a_year_and_for_two_months_at_least(tmp_path):
    name = "REMINDER_LOG_DAYS"
    assert settings_of(tmp_path, name)[name] == 365
    assert settings_of(tmp_path, name, REMINDER_LOG_DAYS="60")[name] == 60
    with pytest.raises(subprocess.CalledProcessError) as stopped:
        settings_of(tmp_path, name, REMINDER_LOG_DAYS="59")
    assert "ImproperlyConfigured: REMINDER_LOG_DAYS" in stopped.value.stderr.decode()


def test_a_worker_has_a_process_for_each_core_unless_the_operator_says_otherwise(tmp_path):
    name = "CELERY_WORKER_CONCURRENCY"
    assert settings_of(tmp_path, name)[name] == len(os.sched_getaffinity(0))
    assert settings_of(tmp_path, name, WORKER_PROCESSES="7")[name] == 7
    for wrong in ("0", "many"):
        with pytest.raises(subprocess.CalledProcessError) as stopped:
            settings_of(tmp_path, name, WORKER_PROCESSES=wrong)
        assert "ImproperlyConfigured: WORKER_PROCESSES" in stopped.value.stderr.decode()
