"""A Redis of a test's own, which forgets everything when it dies."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from pathlib import Path

import redis

from tests.processes import free_port, until


class RedisServer:
    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.address = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        server = shutil.which("redis-server")
        assert server, "redis-server is not installed"
        command = [server, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        until(self.answers, "Redis")

    def answers(self) -> bool:
        with contextlib.suppress(redis.RedisError), redis.Redis.from_url(self.address) as client:
            return bool(client.ping())
        return False

    def has_handed_something_out(self) -> bool:
        """Whether a worker has taken a message since this Redis was started: what it takes it notes there by ZADD."""
        with redis.Redis.from_url(self.address) as client:
            return "cmdstat_zadd" in client.info("commandstats")

    def listeners(self) -> int:
        """How many workers wait for a message just now."""
        with redis.Redis.from_url(self.address) as client:
            return sum(one["cmd"] == "brpop" for one in client.client_list())

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
