"""
`PUT logs/{id}` and `GET logs` (20 of 100,000) against bare DRF views, in one run on one server; the memory of the web
worker after it. `python -m benchmarks.api` prints JSON; see benchmarks/README.md for what was measured.
"""

from __future__ import annotations

import json
import sys

from benchmarks.serving import Request, compare, new_id, resident_megabytes, server

TARGETS = {"put": 0.45, "list": 0.6, "memory_megabytes": 100}


def put_log() -> Request:
    reading = {"side": "left", "pain": 4, "numbness": 6, "tingling": 3, "weakness": 0, "qualities": ["burning"]}
    body = {
        "occurred_at": "2026-03-20T07:30:00+01:00",
        "time_zone": "Europe/Berlin",
        "readings": [{**reading, "region": "calf"}, {**reading, "region": "sole"}],
        "sleep_quality": 6,
        "triggers": ["sitting"],
        "note": "",
        "self_care": [{"kind": "heat", "minutes": 15}],
    }
    return "PUT", f"/api/v1/logs/{new_id()}", body


def put_bare() -> Request:
    body = {"occurred_at": "2026-03-20T07:30:00+01:00", "pain": 4, "numbness": 6, "note": "x"}
    return "PUT", f"/bare/rows/{new_id()}", body


def list_logs() -> Request:
    return "GET", "/api/v1/logs", None


def list_bare() -> Request:
    return "GET", "/bare/rows", None


def main() -> int:
    with server("seed_logs") as target:
        measured = {
            "list": compare(target, list_logs, list_bare),
            "put": compare(target, put_log, put_bare),
            "memory_megabytes": max(resident_megabytes(target.pid).values()),
        }
    print(json.dumps({"measured": measured, "targets": TARGETS}, indent=2))
    well = measured["list"]["ratio"] >= TARGETS["list"] and measured["put"]["ratio"] >= TARGETS["put"]
    return 0 if well and measured["memory_megabytes"] <= TARGETS["memory_megabytes"] else 1


if __name__ == "__main__":
    sys.exit(main())
