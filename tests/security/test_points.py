"""docs/security.md names for each point the files whose tests carry its number, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings

TESTS = Path(settings.BASE_DIR) / "tests"


def test_each_point_of_the_list_has_the_tests_that_it_names():
    rows = re.findall(
        r"^\| (S\d+) \| .+? \| (.+) \|$", (TESTS.parent / "docs" / "security.md").read_text(), re.MULTILINE
    )
    assert [point for point, _cell in rows] == [f"S{number}" for number in range(1, 42)]
    for point, cell in rows:
        names = re.findall(r"`([\w/]+\.py)`", cell)
        assert names, point
        for name in names:
            assert f"def test_{point}_" in (TESTS / name).read_text(), (point, name)
    numbered = {
        found for path in TESTS.rglob("test_*.py") for found in re.findall(r"def test_(S\d+)_", path.read_text())
    }
    assert numbered <= {point for point, _cell in rows}
