"""What ends by itself: requests past their deadline, those that ended long ago, and what an erased person wrote."""

from __future__ import annotations

import datetime
from typing import Final

from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from accounts.workflow import Refused
from inquiries.models import BuyingRequest
from inquiries.models.buying_request_state import Outcome
from inquiries.offers import STILL_SHOWN, show_next
from kit.uploads import delete_picture

KEPT: Final = datetime.timedelta(days=730)
GONE: Final = "–"


def run() -> int:
    """What the clock does: end what is over, and let offers in that wait beside a free place; how many ended."""
    ended = expire_requests()
    waiting = BuyingRequest.objects.filter(state__in=STILL_SHOWN, offers__waiting_since__isnull=False)
    for key in list(waiting.order_by("pk").values_list("pk", flat=True).distinct()):
        with transaction.atomic():
            show_next(key)
    return ended


def expire_requests() -> int:
    """End what is past its deadline, waiting or open; how many. Safe to run twice at once."""
    ended = 0
    for request in BuyingRequest.objects.overdue().select_related("importer__user").order_by("pk").iterator():
        try:
            request.expire()
            ended += 1
        except Refused:  # somebody ended it a moment ago
            continue
    return ended


def ended_long_ago(now: datetime.datetime) -> models.QuerySet[BuyingRequest]:
    """Requests that ended 24 months ago or before."""
    return BuyingRequest.objects.filter(ended_at__lt=now - KEPT)


def forget_old(*, dry: bool) -> int:
    """Delete those with their matches and pictures; how many. `dry`: only count."""
    rows = ended_long_ago(timezone.now())
    number = rows.count()
    if number and not dry:
        with transaction.atomic():
            _delete_pictures(rows)
            rows.delete()
    return number


def forget_of(person: User) -> None:
    """End the requests of somebody who leaves, and empty what they wrote; what was coded stays, for the figures."""
    rows = BuyingRequest.objects.filter(importer__user=person)
    for request in rows.filter(state__in=("submitted", "open")).select_related("importer__user").order_by("pk"):
        if request.may("withdraw"):
            request.withdraw(by=person)
        else:
            request.close(by=person, outcome=Outcome.NOT_NEEDED)
    _delete_pictures(rows)
    rows.update(title=GONE, specification="", place="", destination_port="", decision_note="", picture_key=None)


def _delete_pictures(rows: models.QuerySet[BuyingRequest]) -> None:
    for key in rows.exclude(picture_key=None).values_list("picture_key", flat=True):
        transaction.on_commit(lambda key=key: delete_picture(key))  # type: ignore[misc]
