from __future__ import annotations

from typing import Literal

import pytest

from tests.slowest import SHOWN, slowest_files


def report(file: str, seconds: float, when: Literal["setup", "call", "teardown"] = "call") -> pytest.TestReport:
    return pytest.TestReport(f"{file}::test", (file, 1, "test"), {}, "passed", None, when, duration=seconds)


def test_a_file_counts_with_all_its_tests_and_what_surrounds_them():
    reports = [report("a.py", 1), report("a.py", 2, "setup"), report("b.py", 2.5), report("a.py", 0.5, "teardown")]
    assert slowest_files(reports) == [("a.py", 3.5), ("b.py", 2.5)]


def test_only_the_slowest_are_shown_and_what_is_no_test_does_not_count():
    reports = [report(f"{number}.py", number) for number in range(SHOWN + 5)]
    found = slowest_files([*reports, "a warning"])
    assert [seconds for _file, seconds in found] == [*range(SHOWN + 4, 4, -1)]
