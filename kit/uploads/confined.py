"""Runs the reader of PDFs in a process that may fail, hang or be overrun without harm to the site."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Final

READER: Final = Path(__file__).with_name("pdf_child.py")
SECONDS: Final = 12
MOST_ANSWERED: Final = 8 * 1024 * 1024

_reading = threading.Lock()


class ReaderFailed(Exception):
    """The process did not answer: it crashed, or met its limit of memory, computing time or time."""


def read_pdf(task: str, data: bytes, *arguments: str) -> bytes:
    """What the reader answers about a PDF (see pdf_child.py); one at a time in this process. Raises ReaderFailed.

    The process gets nothing of ours but the file: no environment, no open files, no way to the modules of the site.
    """
    with _reading, tempfile.TemporaryFile() as sent, tempfile.TemporaryFile() as answer:
        sent.write(data)
        sent.seek(0)
        command = [sys.executable, "-I", str(READER), task, *arguments]
        try:
            subprocess.run(
                command,
                stdin=sent, stdout=answer, stderr=subprocess.DEVNULL,
                cwd="/", env={"LC_ALL": "C.UTF-8"}, timeout=SECONDS, check=True,
            )  # fmt: skip
        except (subprocess.SubprocessError, OSError) as error:
            raise ReaderFailed(task) from error
        answer.seek(0)
        return answer.read(MOST_ANSWERED)
