"""Counting what happens often, without cookies, without addresses and without a write to the database for each time.

Whoever counts appends one line to a file of the private storage's disk; once a minute the clock moves the file away and
adds it up. The file is shared by all processes of the web server and outlives them, where a counter in each process
would lose what it holds when the process is killed, and the shared cache is a table of the database: counting there
would be a write each time.
"""

from __future__ import annotations

import fcntl
import os
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.db import transaction

MOST_BYTES: Final = 8 * 1024 * 1024
"""About 400,000 lines between two counts; somebody who makes more of them is not counted further."""
REMEMBERED: Final = 24 * 60 * 60  # seconds


class Tally:
    """The lines of one kind, in a folder `name` of the private storage."""

    def __init__(self, name: str) -> None:
        self.name = name

    def note(self, line: str) -> None:
        """Write down one time. Many processes may do so at once, none waits for the database. Raises OSError."""
        with _locked(self._folder() / "waiting", create=True) as file:
            if os.fstat(file).st_size < MOST_BYTES:
                os.write(file, f"{line}\n".encode())

    def flush(self, add: Callable[[Counter[str]], int]) -> int:
        """Hand what was written down since the last time to `add`; how many it counted.

        Safe to run twice at once and after a crash. A batch counts exactly once: that it was counted is remembered in
        the transaction that counts it.
        """
        folder = self._folder()
        try:
            with _locked(folder / "waiting", create=False):
                (folder / "waiting").rename(folder / f"batch-{uuid.uuid4()}")
        except FileNotFoundError:  # nothing came, or another process was quicker
            pass
        return sum(self._count(batch, add) for batch in sorted(folder.glob("batch-*")))

    def _count(self, batch: Path, add: Callable[[Counter[str]], int]) -> int:
        try:
            lines = Counter(batch.read_text(encoding="ascii", errors="replace").splitlines())
        except FileNotFoundError:  # another process was quicker
            return 0
        counted = 0
        with transaction.atomic():
            if cache.add(f"{self.name}:{batch.name}", 1, REMEMBERED):  # a row of the same database
                counted = add(lines)
        batch.unlink(missing_ok=True)
        return counted

    def _folder(self) -> Path:
        folder = Path(settings.MEDIA_ROOT) / self.name
        folder.mkdir(parents=True, exist_ok=True)
        return folder


@contextmanager
def _locked(path: Path, *, create: bool) -> Iterator[int]:
    """The file at `path`, held by this process alone: opened anew when it was moved away while we waited."""
    flags = os.O_RDWR | os.O_APPEND | (os.O_CREAT if create else 0)
    while True:
        file = os.open(path, flags, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            if _is_at(file, path):
                yield file
                return
        finally:
            os.close(file)


def _is_at(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False
