"""What looks like spam, before a producer sees it. Nothing is lost: the mission decides."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Final

from django.apps import apps
from django.utils import timezone

from inquiries.models.enquiry_state import HeldReason
from inquiries.models.importer import Importer
from kit.text import fold

MOST_LINKS: Final = 2
MOST_OF_ONE_TEXT: Final = 3
"""Sendings of the same words within a day; one sending to several producers is one."""
SHORTEST_TEXT: Final = 40
"""Characters: “Please quote.” is no sign of anything."""
_LINK: Final = re.compile(
    r"(?:https?://|www\.|\b[a-z0-9-]+\.(?:com|net|org|info|biz|xyz|top|ru|cn|io)\b)", re.IGNORECASE
)
_SPACE: Final = re.compile(r"\W+")


def reason_to_hold(importer: Importer, text: str, notes: Sequence[str]) -> str:
    """Why a sending of this importer waits for the mission; "" when nothing speaks against it. Two queries."""
    words = " ".join([text, *notes])
    if len(_LINK.findall(words)) > MOST_LINKS:
        return HeldReason.LINKS
    if _was_reported(importer):
        return HeldReason.REPORTED
    if len(text) >= SHORTEST_TEXT and _said_before(importer, text) >= MOST_OF_ONE_TEXT:
        return HeldReason.REPEATED
    return ""


def _was_reported(importer: Importer) -> bool:
    report = apps.get_model("inquiries", "EnquiryReport")
    return bool(report.objects.filter(enquiry__importer=importer, side="producer", state="upheld").exists())


def _said_before(importer: Importer, text: str) -> int:
    """In how many sendings of the last day the same words stand, whatever their case, accents and signs."""
    sent = apps.get_model("inquiries", "EnquiryRound")
    since = timezone.now() - datetime.timedelta(days=1)
    texts = sent.objects.filter(importer=importer, sent_at__gte=since).values_list("text", flat=True)[:100]
    return sum(_bare(other) == _bare(text) for other in texts)


def _bare(text: str) -> str:
    return _SPACE.sub(" ", fold(text)).strip()
