from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.webhooks.receiving import Receiver, receiving


@pytest.fixture
def receiver(settings) -> Iterator[Receiver]:
    settings.WEBHOOKS_TO_LOOPBACK = True
    with receiving() as one:
        yield one
