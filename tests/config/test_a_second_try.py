"""A journey that fails once is tried again and printed; one that fails twice, or too many of them, fail the run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.second_try import FEW

ROOT = Path(__file__).resolve().parent.parent.parent

A_TEST = """
from pathlib import Path
import pytest

@pytest.mark.parametrize("number", range({tests}))
def test_it(number):
    tries = Path(f"{{number}}")
    tries.write_text(tries.read_text() + "." if tries.exists() else ".")
    assert len(tries.read_text()) > {failures}, f"the fault of {{number}}"
"""


def run(folder: Path, *, tests: int, failures: int) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(A_TEST.format(tests=tests, failures=failures))
    command = [sys.executable, "-m", "pytest", "-p", "tests.second_try", "-p", "no:cacheprovider", "--reruns", "1"]
    # A run of its own: nothing of this project's settings, two workers as `make test` has them.
    settings = ["-c", os.devnull, "--rootdir", str(folder), "-p", "no:django", "-n", "2"]
    # What the workers of this run know of it is not for the workers of that one.
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    env = {**outside, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [*command, *settings, "test_it.py"],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_what_fails_once_passes_and_is_printed(tmp_path: Path):
    ended = run(tmp_path, tests=1, failures=1)
    assert ended.returncode == 0
    assert "1 failed at first" in ended.stdout
    assert "the fault of 0" in ended.stdout


def test_what_fails_twice_fails_the_run(tmp_path: Path):
    assert run(tmp_path, tests=1, failures=2).returncode == pytest.ExitCode.TESTS_FAILED


def test_too_many_that_fail_once_fail_the_run(tmp_path: Path):
    assert run(tmp_path, tests=FEW, failures=1).returncode == 0
    for tries in tmp_path.glob("[0-9]*"):
        tries.unlink()
    assert run(tmp_path, tests=FEW + 1, failures=1).returncode == pytest.ExitCode.TESTS_FAILED
