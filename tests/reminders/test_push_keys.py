"""The server's own keys: made once, kept to itself, replaced without asking anybody anew."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from config.keys import P256_KEYS, new_push_key, push_keys
from reminders.push.outcomes import Verdict
from reminders.push.sealing import encode
from reminders.push.vapid import PushKey
from reminders.pushing import push_keys as keys_in_use
from reminders.pushing import send_push
from tests.config.test_settings import settings_of
from tests.processes import ROOT
from tests.reminders.conftest import forget_keys
from tests.reminders.subscriptions import subscribed

A, B = encode(b"\x07" * 32), encode(b"\x09" * 32)


def test_a_first_start_makes_a_key_that_is_the_operators_own(tmp_path):
    path = tmp_path / "data" / "push.keys"
    [key] = push_keys(path)
    assert push_keys(path) == [key]
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]
    assert len(PushKey(key).public) == 87


def test_no_two_instances_have_the_same_key():
    assert len({new_push_key() for _ in range(100)}) == 100
    assert (P256_KEYS + 1).bit_length() == 256


def test_two_first_starts_agree_on_one_key(tmp_path):
    code = (
        "import sys; from pathlib import Path; from config.keys import push_keys; print(push_keys(Path(sys.argv[1])))"
    )
    starting = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "push.keys")], cwd=ROOT, stdout=subprocess.PIPE)
        for _ in range(8)
    ]
    assert len({process.communicate()[0] for process in starting}) == 1


def test_the_settings_take_the_keys_of_the_data_dir_or_those_of_the_environment(tmp_path):
    def keys(**environment: str) -> dict:
        return settings_of(tmp_path, "PUSH_KEYS", "PUSH_KEYS_FILE", **environment)

    assert keys(PUSH_KEYS=f"{A},{B}") == {"PUSH_KEYS": [A, B], "PUSH_KEYS_FILE": None}
    assert not (tmp_path / "push.keys").exists()
    made = keys()
    assert made == keys() == {"PUSH_KEYS": push_keys(tmp_path / "push.keys"), "PUSH_KEYS_FILE": f"{tmp_path}/push.keys"}


@pytest.mark.parametrize(
    "environment",
    [
        {"PUSH_KEYS": "a passphrase"},
        {"PUSH_KEYS": encode(bytes(32))},
        {"PUSH_KEYS": encode(b"\xff" * 32)},
        {"PUSH_KEYS": A[:-1]},
        {"PUSH_SERVICES": "https://push.example.org/"},
        {"PUSH_SERVICES_INSIDE": "*.lan"},
        {"PUSH_CONTACT": "operator@example.org"},
    ],
    ids=str,
)
def test_what_the_operator_mistypes_stops_the_start_and_shows_no_key(tmp_path, environment):
    with pytest.raises(subprocess.CalledProcessError) as stopped:
        settings_of(tmp_path, "PUSH_KEYS", **environment)
    said = stopped.value.stderr.decode()
    assert "ImproperlyConfigured: PUSH_" in said
    assert environment.get("PUSH_KEYS", "nothing secret") not in said


def test_a_push_service_complains_to_the_operator(tmp_path):
    def contact(**environment: str) -> str:
        return settings_of(tmp_path, "PUSH_CONTACT", **environment)["PUSH_CONTACT"]

    assert contact(UNPINCH_URL="https://unpinch.example") == "https://unpinch.example"
    assert contact(MAIL_FROM="Unpinch <us@unpinch.example>") == "mailto:us@unpinch.example"
    assert contact(PUSH_CONTACT="mailto:me@unpinch.example") == "mailto:me@unpinch.example"


@pytest.fixture
def key_file(tmp_path: Path, settings, push_service) -> Path:
    path = tmp_path / "push.keys"
    settings.PUSH_KEYS_FILE, settings.PUSH_KEYS = path, push_keys(path)
    forget_keys()
    return path


def restart(settings, path: Path) -> None:
    settings.PUSH_KEYS = push_keys(path)
    forget_keys()


def test_a_new_key_leaves_the_old_ones_to_those_who_need_them(alice, api, push_service, settings, key_file):
    first = keys_in_use().newest
    browser = push_service.subscribe(first.public, first.id)
    subscription = subscribed(alice, browser)
    for _ in range(3):
        call_command("newpushkey", verbosity=0)
        restart(settings, key_file)
    lines = key_file.read_text().split()
    # The newest, the one before it, and hers: the one between served nobody.
    assert len(lines) == 3
    assert lines[-1] == first.secret
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert api(alice).get("/api/v1/push-key").json() == {"id": PushKey(lines[0]).id, "key": PushKey(lines[0]).public}
    assert send_push(subscription, b"x", topic="t", ttl=60).verdict == Verdict.ACCEPTED
    subscription.delete()
    call_command("newpushkey", verbosity=0)
    assert first.secret not in key_file.read_text()


def test_keys_of_the_environment_are_the_environments_to_change(db, settings):
    settings.PUSH_KEYS_FILE = None
    with pytest.raises(CommandError, match="PUSH_KEYS"):
        call_command("newpushkey")
