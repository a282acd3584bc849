"""pywebpush as its own page shows it, one push after the other: `python rival.py PORT COUNT P256DH AUTH SECRET`."""

from __future__ import annotations

import json
import sys
from time import monotonic, process_time

from pywebpush import webpush

MESSAGE = '{"about":"occurrence","id":"0192f0c1-2c5e-7d1b-9a55-3f0b6f6f0001","title":"Time for your routine"}'


def main(port: str, count: int, p256dh: str, auth: str, secret: str) -> None:
    print("ready", flush=True)
    sys.stdin.readline()
    began, cpu = monotonic(), process_time()
    for number in range(count):
        webpush(
            {"endpoint": f"https://localhost:{port}/push/{number}", "keys": {"p256dh": p256dh, "auth": auth}},
            data=MESSAGE,
            vapid_private_key=secret,
            vapid_claims={"sub": "mailto:operator@example.org"},
            ttl=7200,
            timeout=10,
        )
    seconds = monotonic() - began
    print(json.dumps({"accepted": count, "seconds": seconds, "cpu_ms_each": 1000 * (process_time() - cpu) / count}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:6])
