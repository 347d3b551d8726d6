"""The site that tests stop, kill and starve: one for each process that runs such tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from inaaccess.local_postgres import throw_away
from tests.faults.sites import Site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with throw_away() as server:
        site = Site(server, tmp_path_factory.mktemp("site"))
        migrated = site.manage("migrate", "--verbosity", "0")
        assert migrated.returncode == 0, migrated.stderr
        yield site
