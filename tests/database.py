"""A pytest plugin (`-p tests.database`): the tests' PostgreSQL, when no DATABASE_URL names one.

`make test` starts one for all its calls; a plain `pytest` gets its own here, before the settings are read. The
workers of pytest-xdist inherit the address from the process that started it.
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from inaaccess.local_postgres import reused

KEPT = Path(__file__).parent.parent / ".data" / "tests"  # as in .ci/tests
running = ExitStack()
atexit.register(running.close)  # also where the settings fail, and pytest with them


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = running.enter_context(reused(KEPT)).url
    return (yield)
