"""Product sheets as files: each is drawn once for its content and kept for the day."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.utils import timezone

from catalog.page_row import PageRow
from promotion.models import Campaign, KeptSheet
from promotion.models.sheet import MOST_KEPT
from promotion.sheet_content import sheet_of

AT_ONCE: Final = 200


class SheetFile(NamedTuple):
    """A PDF and the key of its content."""

    key: str
    content: bytes


def sheet_file(row: PageRow, campaign: Campaign | None = None) -> SheetFile:
    """The sheet of a public product in the active language, kept or drawn. Two at once may draw it, one is kept."""
    sheet = sheet_of(row, campaign)
    kept = KeptSheet.objects.filter(key=sheet.key).values_list("content", flat=True).first()
    if kept is not None:
        return SheetFile(sheet.key, bytes(kept))
    from promotion.pdf import product_sheet

    content = product_sheet.draw(sheet)
    row_to_keep = KeptSheet(key=sheet.key, day=timezone.now().date(), content=content)
    KeptSheet.objects.bulk_create([row_to_keep], ignore_conflicts=True)
    return SheetFile(sheet.key, content)


def forget_stale() -> int:
    """Delete sheets of earlier days, and the oldest beyond what is kept; how many went. Safe to run twice."""
    gone, _by_table = KeptSheet.objects.stale().delete()
    beyond = list(KeptSheet.objects.order_by("-day", "key").values_list("key", flat=True)[MOST_KEPT:])
    for start in range(0, len(beyond), AT_ONCE):
        gone += KeptSheet.objects.filter(key__in=beyond[start : start + AT_ONCE]).delete()[0]
    return gone
