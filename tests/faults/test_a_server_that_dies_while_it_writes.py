"""A device that repeats what was not answered loses nothing and doubles nothing, wherever the server died."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.faults.client import Client, NoAnswer, a_log, new_id
from tests.faults.server import Server, descendants, wait_until

pytestmark = pytest.mark.fault


def is_lost(ask: Callable[[], Any], server: Server) -> None:
    """The request breaks off because the server dies, and the server is started again on the same rows."""
    with pytest.raises(NoAnswer):
        ask()
    assert server.fault_happened
    server.wait_until_dead()
    assert server.is_intact()
    server.start()


def test_before_the_commit_nothing_is_written_and_a_repetition_writes_it_once(server: Server, alice_device: Client):
    id, body = new_id(), a_log()
    server.arm("before", path="/api/v1/logs/")
    is_lost(lambda: alice_device.put_log(id, body), server)
    assert alice_device.logs() == []

    assert alice_device.put_log(id, body)[0] == 201
    assert [log["id"] for log in alice_device.logs()] == [id]


def test_after_the_commit_it_is_written_although_unanswered_and_a_repetition_changes_nothing(
    server: Server, alice_device: Client
):
    id, body = new_id(), a_log()
    server.arm("after", path="/api/v1/logs/")
    is_lost(lambda: alice_device.put_log(id, body), server)
    written = alice_device.logs()
    assert [log["id"] for log in written] == [id]

    status, answer = alice_device.put_log(id, body)
    assert (status, answer["version"]) == (200, 1)
    assert alice_device.logs() == written


@pytest.mark.parametrize(("moment", "written"), [("before", 2), ("after", 3)])
def test_in_the_middle_of_a_batch_what_was_taken_stays_and_a_repetition_takes_the_rest(
    server: Server, alice_device: Client, moment: str, written: int
):
    batch = [{"id": new_id(), **a_log()} for _ in range(6)]
    server.arm(moment, path="/api/v1/logs/batch", commit=3)
    is_lost(lambda: alice_device.ask("POST", "/api/v1/logs/batch", batch), server)
    assert {log["id"] for log in alice_device.logs()} == {item["id"] for item in batch[:written]}

    status, answers = alice_device.ask("POST", "/api/v1/logs/batch", batch)
    assert status == 200
    assert [answer["status"] for answer in answers] == [200] * written + [201] * (6 - written)
    found = alice_device.logs()
    assert len(found) == 6
    assert {log["note"] for log in found} == {item["note"] for item in batch}
    assert {log["version"] for log in found} == {1}


@pytest.mark.parametrize(("moment", "version"), [("before", 1), ("after", 2)])
def test_an_edit_that_died_is_taken_once(server: Server, alice_device: Client, moment: str, version: int):
    id, body = new_id(), a_log()
    alice_device.put_log(id, body)
    edit = {**body, "note": "worse after sitting", "base_version": 1}
    server.arm(moment, path="/api/v1/logs/")
    is_lost(lambda: alice_device.put_log(id, edit), server)
    assert [log["version"] for log in alice_device.logs()] == [version]

    status, answer = alice_device.put_log(id, edit)
    assert (status, answer["version"], answer["note"]) == (200, 2, "worse after sitting")
    history = alice_device.ask("GET", f"/api/v1/logs/{id}/history")[1]["results"]
    assert [row["version"] for row in history] == [2, 1]


@pytest.mark.parametrize(("moment", "left"), [("before", 1), ("after", 0)])
def test_a_deletion_that_died_is_done_once(server: Server, alice_device: Client, moment: str, left: int):
    id = new_id()
    alice_device.put_log(id, a_log())
    server.arm(moment, path="/api/v1/logs/")
    is_lost(lambda: alice_device.ask("DELETE", f"/api/v1/logs/{id}?base_version=1"), server)
    assert len(alice_device.logs()) == left

    assert alice_device.ask("DELETE", f"/api/v1/logs/{id}?base_version=1")[0] == 204
    assert alice_device.logs() == []


def keeps_writing(device: Client, acknowledged: list[str], enough: threading.Event) -> None:
    """Writes entry after entry; what is not answered is repeated under the same id until it is."""
    while not enough.is_set():
        id, body = new_id(), a_log()
        while True:
            try:
                status, _ = device.put_log(id, body)
            except NoAnswer:
                time.sleep(0.05)
                continue
            # A server that starts may answer 5xx: again, as the app does.
            if status in (200, 201):
                acknowledged.append(id)
                break
            assert status >= 500, status


def test_killed_again_and_again_under_load_it_keeps_every_acknowledged_entry(server: Server):
    devices = [Client(server.address).sign_up(name) for name in ("alice", "charlie")]
    acknowledged: list[list[str]] = [[] for _ in devices]
    enough = threading.Event()
    writers = [
        threading.Thread(target=keeps_writing, args=(device, ids, enough))
        for device, ids in zip(devices, acknowledged, strict=True)
    ]
    for writer in writers:
        writer.start()
    for kill in range(3):
        so_far = sum(map(len, acknowledged))
        wait_until("more is written", lambda so_far=so_far: sum(map(len, acknowledged)) > so_far + 10)
        server.kill()
        assert server.is_intact(), f"after kill {kill + 1}"
        server.start()
    enough.set()
    for writer in writers:
        writer.join(timeout=60)
        assert not writer.is_alive()
    for device, ids in zip(devices, acknowledged, strict=True):
        assert sorted(log["id"] for log in device.logs()) == sorted(ids)


def test_a_killed_web_server_comes_back_by_itself(make_server: Callable[..., Server]):
    server = make_server(supervised=True)
    device = Client(server.address).sign_up()
    id = new_id()
    device.put_log(id, a_log())
    assert server.process
    for pid in descendants(server.process.pid):
        if b"granian" in command_line(pid):
            os.kill(pid, signal.SIGKILL)

    def reads() -> bool:
        try:
            return [log["id"] for log in device.logs()] == [id]
        except NoAnswer:
            return False

    wait_until("the entry can be read again", reads)
    assert server.is_intact()
    assert "starting it again" in server.output()


def test_a_killed_supervisor_takes_its_children_along(make_server: Callable[..., Server]):
    server = make_server(supervised=True)
    assert server.process
    children = descendants(server.process.pid)
    assert len(children) >= 2
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    wait_until("no child is left", lambda: not any(is_alive(pid) for pid in children))
    assert server.is_intact()


def command_line(pid: int) -> bytes:
    try:
        with open(f"/proc/{pid}/cmdline", "rb") as file:
            return file.read()
    except OSError:
        return b""


def is_alive(pid: int) -> bool:
    return bool(command_line(pid))
