"""Storages on which something goes wrong, for settings.STORAGES."""

from __future__ import annotations

import errno
import os
import signal
from typing import Any

from django.core.files.storage import FileSystemStorage


class FullDisk(FileSystemStorage):
    """The disk is full from the second file on: the first of a picture's sizes still fits."""

    saved = 0

    def _save(self, name: str, content: Any) -> str:
        type(self).saved += 1
        if type(self).saved % 5 != 1 or name.startswith("probe/"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), name)
        return super()._save(name, content)  # type: ignore[misc]


class DyingProcess(FileSystemStorage):
    """The process is killed once it has written as many files as DIES_AFTER says."""

    saved = 0

    def _save(self, name: str, content: Any) -> str:
        kept: str = super()._save(name, content)  # type: ignore[misc]
        type(self).saved += 1
        if type(self).saved == int(os.environ["DIES_AFTER"]):
            os.kill(os.getpid(), signal.SIGKILL)
        return kept
