"""A pytest plugin (`-p tests.slowest`): the output ends with the slowest files, so that a slow test is seen at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from operator import itemgetter

import pytest

SHOWN = 10


def slowest_files(reports: Iterable[object]) -> list[tuple[str, float]]:
    """The files whose tests took longest, with the seconds of set-up, test and tear-down together, longest first."""
    seconds: dict[str, float] = defaultdict(float)
    for report in reports:
        if isinstance(report, pytest.TestReport):
            seconds[report.nodeid.partition("::")[0]] += report.duration
    return sorted(seconds.items(), key=itemgetter(1), reverse=True)[:SHOWN]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if found := slowest_files(chain.from_iterable(terminalreporter.stats.values())):
        terminalreporter.section(f"slowest {len(found)} files")
        for file, seconds in found:
            terminalreporter.write_line(f"{seconds:8.1f} s  {file}")
