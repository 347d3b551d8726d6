"""Visits by campaign, counted without cookies, without addresses, and without a write to the database for each.

A page that was opened with a campaign's code appends one line (day and code) to a file of the private storage's disk;
once a minute the clock moves the file away and adds it up into rows. The file is shared by all processes of the web
server and outlives them, where a counter in each process would lose what it holds when the process is killed, and the
shared cache is a table of the database: counting there would be a write for each visit.
"""

from __future__ import annotations

import datetime
import fcntl
import logging
import os
import re
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from kit.programs import is_prefetch, is_program
from promotion.models import Campaign, CampaignDay
from promotion.models.campaign import CODE_LENGTH, SIGNS

CODE: Final = re.compile(f"[{SIGNS}]{{{CODE_LENGTH}}}")
_LINE: Final = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}}) ({CODE.pattern})")
MOST_BYTES: Final = 8 * 1024 * 1024
"""About 400,000 visits between two counts; somebody who makes more of them is not counted further."""
REMEMBERED: Final = 24 * 60 * 60  # seconds
log = logging.getLogger("promotion")


def count_visit(request: HttpRequest, response: HttpResponse) -> None:
    """Count a page that a person opened with a campaign's code in its address. Programs are not counted."""
    code = request.GET.get("c", "").upper()
    is_page = response.status_code == 200 and response.get("Content-Type", "").startswith("text/html")
    if request.method != "GET" or not is_page or not CODE.fullmatch(code):
        return
    if is_prefetch(request) or is_program(request.headers.get("User-Agent", "")):
        return
    try:
        note(code, timezone.now().date())
    except OSError as error:  # a full disk costs a figure, never the page
        log.warning("a visit was not counted: %s", error.strerror)


def note(code: str, day: datetime.date) -> None:
    """Write down one visit. Many processes may do so at once, none waits for the database."""
    with _locked(_folder() / "waiting", create=True) as file:
        if os.fstat(file).st_size < MOST_BYTES:
            os.write(file, f"{day.isoformat()} {code}\n".encode())


def flush() -> int:
    """Add up what was written down since the last time; how many visits. Safe to run twice at once and after a crash.

    A batch counts exactly once: that it was counted is remembered in the transaction that counts it.
    """
    folder = _folder()
    try:
        with _locked(folder / "waiting", create=False):
            (folder / "waiting").rename(folder / f"batch-{uuid.uuid4()}")
    except FileNotFoundError:  # nothing came, or another process was quicker
        log.debug("no visits wait")
    return sum(_count(batch) for batch in sorted(folder.glob("batch-*")))


def _count(batch: Path) -> int:
    try:
        lines = batch.read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:  # another process was quicker
        return 0
    found = Counter(match.groups() for line in lines if (match := _LINE.fullmatch(line)))
    known = dict(Campaign.objects.running().filter(code__in={code for _day, code in found}).values_list("code", "pk"))
    counted = 0
    with transaction.atomic():
        if cache.add(f"visits:{batch.name}", 1, REMEMBERED):  # a row of the same database, in the same transaction
            for (day, code), visits in sorted(found.items()):
                if code in known:
                    CampaignDay.add(known[code], datetime.date.fromisoformat(day), visits=visits)
                    counted += visits
    batch.unlink(missing_ok=True)
    return counted


def _folder() -> Path:
    folder = Path(settings.MEDIA_ROOT) / "visits"
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
