"""One process of ours: `python -m benchmarks.push.ours PORT AUTHORITY COUNT THREADS`. Begins when told by a line."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, process_time

from reminders.push.endpoints import Service
from reminders.push.outcomes import Verdict
from reminders.push.sealing import encode
from reminders.push.sender import Sender
from reminders.push.vapid import PushKeys, Signer
from reminders.push.wire import Wire, trusting
from tests.reminders.push_service import Browser

KEYS = PushKeys([encode(b"\x07" * 32)])
MESSAGE = b'{"about":"occurrence","id":"0192f0c1-2c5e-7d1b-9a55-3f0b6f6f0001","title":"Time for your routine"}'


def main(port: int, authority: str, count: int, threads: int) -> None:
    services = [Service("localhost", port, inside=True)]
    sender = Sender(KEYS, services, Signer("mailto:operator@example.org"), Wire(trusting(authority)))
    browsers = [Browser(f"https://localhost:{port}/push/{n}", "", key_id=KEYS.newest.id) for n in range(count)]
    subscriptions = [Kept(browser) for browser in browsers]

    def send(part: Sequence[Kept]) -> int:
        outcomes = [sender.send(one, MESSAGE, topic=one.endpoint, ttl=7200) for one in part]
        return sum(outcome.verdict is Verdict.ACCEPTED for outcome in outcomes)

    print("ready", flush=True)
    sys.stdin.readline()
    began, cpu = monotonic(), process_time()
    with ThreadPoolExecutor(threads) as pool:
        accepted = sum(pool.map(send, (subscriptions[place::threads] for place in range(threads))))
    found = {
        "accepted": accepted,
        "seconds": monotonic() - began,
        "cpu_ms_each": 1000 * (process_time() - cpu) / count,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(found), flush=True)


class Kept:
    """As the database has it: the browser's side of the keys is not computed while the clock runs."""

    def __init__(self, browser: Browser) -> None:
        self.endpoint, self.key_id = browser.endpoint, browser.key_id
        self.p256dh, self.auth = browser.p256dh, browser.auth


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
