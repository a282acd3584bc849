"""`make bench`: every benchmark, one after the other."""

import subprocess
import sys

SUITES = (
    "benchmarks.api",
    "benchmarks.lighthouse",
    "benchmarks.player_timing",
    "benchmarks.redflags",
    "benchmarks.response",
    "benchmarks.trends",
    "benchmarks.trend_flags",
    "benchmarks.triage",
    "benchmarks.report",
    "benchmarks.push",
    "benchmarks.reminders",
)

if __name__ == "__main__":
    codes = [subprocess.run([sys.executable, "-m", suite], check=False).returncode for suite in SUITES]
    sys.exit(max(codes))
