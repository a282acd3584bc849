"""What a test has measured: `figure("second start", 2.1, "s")`, shown together at the end of the run."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Figure = Callable[[str, float, str], None]
_shown = pytest.StashKey[bool]()


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Figure:
    def record(name: str, value: float, unit: str) -> None:
        record_property(f"figure: {name}", f"{value:.1f} {unit}")

    return record


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    # Two folders' conftest files bring this hook along.
    if config.stash.get(_shown, False):
        return
    config.stash[_shown] = True
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    found = sorted(
        {
            (name.removeprefix("figure: "), str(value))
            for report in reports
            for name, value in getattr(report, "user_properties", [])
            if name.startswith("figure: ")
        }
    )
    if found:
        terminalreporter.section("figures")
    for name, value in found:
        terminalreporter.line(f"{name}: {value}")
