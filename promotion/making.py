"""Makes documents, a step at a time: some products, then what stands around them, then the whole.

The queue ends a job after 60 seconds and may be killed at any time. Each finished step is a file and an entry in the
document's row; whoever goes on begins after the last one. The whole is named in the row only when it is written: there
is never half a file to download.
"""

from __future__ import annotations

import datetime
import logging
import time
import uuid
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django_q.tasks import async_task

from kit.languages import interface_language
from promotion.models import Document, DocumentKind, DocumentState
from promotion.models.document import LEASE, MOST_TRIES

SECONDS_A_RUN: Final = 25
"""No new step is begun after this; a step takes a few seconds, and letters want their turn."""
STEP: Final = {DocumentKind.MARKET_CATALOGUE: 12, DocumentKind.COLLECTION: 12, DocumentKind.PRICE_LIST: 100}
"""Products of one step; a multiple of what may stand on a page."""
FOLDER: Final = "documents"
AGAIN_AFTER: Final = datetime.timedelta(seconds=15)
log = logging.getLogger("promotion")


def ask_for_making() -> None:
    """Wake the queue; call it in the transaction that asks for a document, or after it."""
    async_task("promotion.making.make_waiting")


def make_waiting() -> int:
    """Go on with the documents that wait; how many steps were done. Safe to run twice at once and after a crash."""
    steps, began = 0, time.monotonic()
    while time.monotonic() - began < SECONDS_A_RUN:
        document = _take_next()
        if document is None:
            return steps
        _step_safely(document)
        steps += 1
    ask_for_making()
    return steps


def _take_next() -> Document | None:
    """The oldest that nobody has; that it was tried is written first. One that failed three times in a row fails."""
    with transaction.atomic():
        free = Document.objects.free_to_make().order_by("asked_at", "pk")
        document = free.select_for_update(skip_locked=True, of=("self",)).first()
        if document is None:
            return None
        if document.tries >= MOST_TRIES:
            document.fail()
            return _take_next()
        if document.state == DocumentState.QUEUED:
            document.make()
        lease = {"leased_until": timezone.now() + LEASE, "tries": F("tries") + 1}
        Document.objects.filter(pk=document.pk).update(**lease)
    return Document.objects.select_related("market", "collection", "campaign__mission").get(pk=document.pk)


def _step_safely(document: Document) -> None:
    """One step; what goes wrong is logged, and the document is offered again."""
    try:
        with translation.override(interface_language(document.language)):
            if document.done < document.total:
                _make_part(document)
            else:
                _make_whole(document)
    except Exception:
        log.exception("a step of document %s failed", document.pk)
        Document.objects.filter(pk=document.pk).update(leased_until=timezone.now() + AGAIN_AFTER)


def _make_part(document: Document) -> None:
    from promotion import drawing  # it loads the PDF library

    ids = document.product_ids[document.done : document.done + STEP[DocumentKind(document.kind)]]
    drawn = drawing.draw_part(document, ids)
    name = _save(drawn.content) if drawn.content else ""
    part = {"file": name, "pages": drawn.pages, "entries": [list(entry) for entry in drawn.entries]}
    if not document.take_part(part, after=document.done, products=len(ids)) and name:
        default_storage.delete(name)


def _make_whole(document: Document) -> None:
    from promotion import drawing

    parts = [_read(part["file"]) for part in document.parts if part["file"]]
    whole = drawing.draw_whole(document, parts)
    name = _save(whole.content)
    try:
        document.finish(path=name, size=len(whole.content), pages=whole.pages)
    except BaseException:
        default_storage.delete(name)
        raise


def _save(content: bytes) -> str:
    return default_storage.save(f"{FOLDER}/{uuid.uuid4()}.pdf", ContentFile(content))


def _read(name: str) -> bytes:
    with default_storage.open(name, "rb") as file:
        return bytes(file.read())
