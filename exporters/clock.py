"""What happens to certificates by the clock, the database's; every night, safe to run twice and after missed nights."""

from __future__ import annotations

import datetime
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import Letter, User
from accounts.roles import MINISTRY
from exporters import mails
from exporters.models import Certificate, CertificateState
from exporters.models.certificate import CertificateQuerySet
from kit.database_clock import utc_today

STAGES: Final = (7, 30, 90)
"""Days before the last day at which the producer is told; a stage lasts until the next one begins."""
ENDED: Final = 0
TOLD_AFTER_THE_END_DAYS: Final = 30
DIGEST_DAYS: Final = 90
DIGEST_ENDED_DAYS: Final = 7
DIGEST_ROWS: Final = 40


def remind_of_endings() -> int:
    """Write to the producers whose certificates end in 90, 30 or 7 days or have ended; about how many certificates.

    Each stage once. A night that was missed is made up for: the letter tells the days that are left now.
    """
    today, told = utc_today(), 0
    current = Certificate.objects.current().exclude(state=CertificateState.REJECTED)
    due = current.ending_within(days=max(STAGES)) | current.ended_within(days=TOLD_AFTER_THE_END_DAYS)
    waiting = Certificate.objects.filter(renews=OuterRef("pk"), state=CertificateState.SUBMITTED)
    rows = due.annotate(new_one_waits=Exists(waiting)).select_related("producer", "type").order_by("pk")
    for certificate in rows.iterator(chunk_size=500):
        days_left = (certificate.expires_on - today).days if certificate.expires_on else max(STAGES)
        stage = stage_of(days_left)
        if Letter.objects.filter(event=mails.ending_event(certificate, stage)).exists():
            continue
        with transaction.atomic():
            mails.certificate_ends(
                certificate,
                stage=stage,
                days_left=days_left,
                new_one_waits=certificate.new_one_waits,  # type: ignore[attr-defined]
            )
        told += 1
    return told


def stage_of(days_left: int) -> int:
    """The stage of a certificate that ends in so many days: 90, 30, 7, or 0 after its last day."""
    return ENDED if days_left < 0 else next(stage for stage in STAGES if days_left <= stage)


def write_digest() -> bool:
    """Tell the ministry once a week (ISO 8601) what runs out, if anything does; was there something to tell?"""
    verified = Certificate.objects.current().filter(state=CertificateState.VERIFIED)
    ending, ended = (
        _digest(verified.ending_within(days=DIGEST_DAYS)),
        _digest(verified.ended_within(days=DIGEST_ENDED_DAYS)),
    )
    if not ending.total and not ended.total:
        return False
    readers = User.objects.filter(groups__name=MINISTRY, is_active=True).order_by("pk")
    with transaction.atomic():
        mails.certificates_digest(_week(utc_today()), to=readers, ending=ending, ended=ended)
    return True


def _week(day: datetime.date) -> str:
    year, week, _day = day.isocalendar()
    return f"{year}-W{week:02}"


def _digest(rows: CertificateQuerySet) -> mails.Digest:
    total = rows.count()
    first = list(rows.select_related("producer", "type").order_by("expires_on", "pk")[:DIGEST_ROWS])
    return mails.Digest(first, total, total - len(first))
