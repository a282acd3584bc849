"""
What a report costs: `python -m benchmarks.report` prints JSON. On SQLite, in a database of its own.

The snapshot of one year and of ten, out of the rows of somebody with ten years of them, in CPU and in queries; each of
its renderings; and the size of the files. The press is a process of its own: its CPU counts, and so does its start.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median
from typing import TypeVar

# Before Django reads its settings: a benchmark touches nobody's diary.
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="unpinch-bench-")
os.environ.pop("DATABASE_URL", None)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

# Below the setup, without which no model can be imported.
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from accounts.models import User  # noqa: E402
from benchmarks.seed_report import LAST, person  # noqa: E402
from sharing.rendering.fhir import report_bundle  # noqa: E402
from sharing.rendering.pdf import report_pdf  # noqa: E402
from sharing.rendering.table import report_csv  # noqa: E402
from sharing.reporting import build_report  # noqa: E402
from sharing.snapshot import Snapshot  # noqa: E402
from sharing.vocabulary import SECTIONS  # noqa: E402

NOW = datetime(2026, 7, 1, 8, tzinfo=UTC)
TIMES = 9
TARGETS = {"snapshot_cpu_ms": 60.0, "pdf_cpu_ms": 40.0}

T = TypeVar("T")


def cpu_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def cpu_ms(work: Callable[[], T]) -> tuple[float, T]:
    """Of this process and of those that it started and saw end; the median, the first left out as it fills caches."""
    found, result = [], work()
    for _ in range(TIMES):
        began = cpu_seconds()
        result = work()
        found.append(cpu_seconds() - began)
    return round(1000 * median(found), 1), result


def snapshot_of(owner: User, days: int) -> Snapshot:
    first = LAST - timedelta(days=days - 1)
    return build_report(patient=owner, first=first, last=LAST, sections=SECTIONS, question="May I run?", now=NOW)


def measured(owner: User, days: int) -> dict[str, float]:
    took, snapshot = cpu_ms(lambda: snapshot_of(owner, days))
    with CaptureQueriesContext(connection) as queries:
        snapshot_of(owner, days)
    pdf_took, pdf = cpu_ms(lambda: report_pdf(snapshot))
    csv_took, text = cpu_ms(lambda: report_csv(snapshot))
    fhir_took, bundle = cpu_ms(lambda: report_bundle(snapshot))
    return {
        "days_logged": snapshot["period"]["logged"],
        "snapshot_cpu_ms": took,
        "queries": len(queries),
        "snapshot_bytes": len(json.dumps(snapshot)),
        "pdf_cpu_ms": pdf_took,
        "pdf_bytes": len(pdf),
        "csv_cpu_ms": csv_took,
        "csv_bytes": len(text.encode()),
        "fhir_cpu_ms": fhir_took,
        "fhir_bytes": len(json.dumps(bundle)),
    }


def main() -> int:
    call_command("migrate", verbosity=0)
    owner = person(10, Random(1))
    found = {"one_year": measured(owner, 365), "ten_years": measured(owner, 3652)}
    missed = [name for name, limit in TARGETS.items() if found["one_year"][name] > limit]
    print(json.dumps({**found, "targets": TARGETS, "missed": missed}, indent=2))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
