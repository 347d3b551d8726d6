"""The picture of a certificate's first page, for reviewers: drawn after the upload, by the queue."""

from __future__ import annotations

import time
from typing import Final

from django.db import transaction
from django.db.models import F
from django_q.tasks import async_task

from exporters.models import Certificate, CertificateState
from kit.uploads import delete_document, store_first_page

TRIES: Final = 2
SECONDS_A_RUN: Final = 30
"""No new picture is begun after this; one takes 12 seconds at most, and the queue ends a task after 60."""


def ask_for_pictures() -> None:
    """Wake the queue; call it in the transaction that keeps the certificate."""
    async_task("exporters.first_page.draw_missing")


def draw_missing() -> int:
    """Draw the first pages that are missing; how many were drawn. Safe to run twice at once and after a crash.

    A page that cannot be drawn is tried twice and then left: the file itself is always there to download.
    """
    drawn, began = 0, time.monotonic()
    while time.monotonic() - began < SECONDS_A_RUN:
        certificate = _take_next()
        if certificate is None:
            break
        drawn += _draw(certificate)
    return drawn


def _take_next() -> Certificate | None:
    """The next one to draw; that it was tried is written first, so that a page that kills us is not tried for ever."""
    with transaction.atomic():
        missing = Certificate.objects.filter(first_page_path="", first_page_tries__lt=TRIES)
        waiting = missing.exclude(state=CertificateState.REJECTED).order_by("first_page_tries", "pk")
        certificate = waiting.select_for_update(skip_locked=True).first()
        if certificate is not None:
            Certificate.objects.filter(pk=certificate.pk).update(first_page_tries=F("first_page_tries") + 1)
        return certificate


def _draw(certificate: Certificate) -> bool:
    try:
        path = store_first_page(certificate.file_path)
    except OSError:  # the file is gone or the disk is full: the second try comes with the next run
        return False
    if path is None:
        return False
    kept = Certificate.objects.filter(pk=certificate.pk, first_page_path="").update(first_page_path=path)
    if not kept:  # removed meanwhile, or drawn by another worker
        delete_document(path)
    return bool(kept)
