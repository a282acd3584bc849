"""
What `make test` does with a journey that fails: it is tried once more, and the run says so.

A journey is a whole browser, its service worker and the supervised app on two cores that other journeys share. When a
machine stalls for seconds at a time, one of hundreds may fail and say nothing about the change that is judged. Nothing
is hidden by it: the first failure is printed whole, and a run in which more than a few had to be tried again fails.
Without `--reruns` (`pytest -m journey`) nothing is tried again.
"""

from __future__ import annotations

import pytest

FEW = 3


def _tried_again(config: pytest.Config) -> list[pytest.TestReport]:
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    # A worker of xdist reports to the one that started it, and counts nothing.
    return reporter.stats.get("rerun", []) if reporter and not hasattr(config, "workerinput") else []


def pytest_sessionfinish(session: pytest.Session) -> None:
    if len(_tried_again(session.config)) > FEW and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    again = _tried_again(config)
    if not again:
        return
    terminalreporter.section(f"{len(again)} failed at first and were tried again; more than {FEW} fail the run")
    for report in again:
        terminalreporter.write_line(f"{report.nodeid} ({report.when})")
        terminalreporter.write_line(report.longreprtext)
