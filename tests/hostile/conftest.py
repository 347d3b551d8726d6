"""Fixtures of the hostile corpora: people with tokens, no limits in the way, the figures at the end."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from tests.hostile.counting import TALLY


@pytest.fixture(autouse=True)
def no_limits(settings: Any) -> None:
    """Limits would answer for the code behind them."""
    settings.RATE_LIMITS = {scope: (10**9, window) for scope, (_times, window) in settings.RATE_LIMITS.items()}
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.fixture(autouse=True)
def refusals_untold() -> Iterator[None]:
    """Thousands of refusals are not news."""
    requests = logging.getLogger("django.request")
    level = requests.level
    requests.setLevel(logging.ERROR)
    yield
    requests.setLevel(level)


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """The application runs in the transaction of the test: its requests do not close what they did not open."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture(scope="session", autouse=True)
def figures() -> Iterator[None]:
    """Written where the command wants them."""
    yield
    if file := os.environ.get("HOSTILE_FIGURES"):
        TALLY.write(Path(file))
