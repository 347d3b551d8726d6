"""A thread by pages: the newest messages at once, earlier ones by a link. The rest of a page never depends on which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest

from inquiries.models import Enquiry, EnquiryMessage
from inquiries.models.thread import SEEN_AT
from kit.keyset import Keyset

PAGE_MESSAGES: Final = 50


@dataclass(frozen=True)
class ThreadPage:
    """Messages in their order. `earlier` is the position of those before them, None at the beginning of the thread.

    `seen` is the newest message of the whole thread that its reader has had before them; 0 for none.
    """

    messages: list[EnquiryMessage]
    earlier: str | None
    is_newest: bool
    seen: int

    @property
    def earlier_url(self) -> str:
        """Where the page leads to what was written before; "" at the beginning."""
        return f"?after={self.earlier}#thread" if self.earlier else ""

    @property
    def newest_url(self) -> str:
        """Where an earlier page leads back to the newest messages; "" on theirs."""
        return "" if self.is_newest else "?#thread"


def order_of(enquiry: Enquiry, side: str) -> Keyset:
    """The newest message first; positions hold for this thread as this side reads it."""
    return Keyset(f"thread {enquiry.pk} {side}", [("pk", "desc")])


def asked_page(request: HttpRequest, enquiry: Enquiry, side: str) -> ThreadPage:
    """The page that the address asks for. What was sent is answered with the newest. Raises BadCursor."""
    return page_of(enquiry, side, None if request.method == "POST" else request.GET.get("after"))


def page_of(enquiry: Enquiry, side: str, after: str | None = None) -> ThreadPage:
    """The messages before a position, without one the newest. Two queries, one more for earlier ones; BadCursor."""
    page = order_of(enquiry, side).page(enquiry.read_as(side).for_thread(), after, PAGE_MESSAGES)
    newest = page.items[0].pk if page.items else 0
    seen = _seen(enquiry, side) if after else newest
    return ThreadPage(page.items[::-1], page.next_after, is_newest=not after, seen=seen)


def _seen(enquiry: Enquiry, side: str) -> int:
    """The newest message that a side had before it when it last looked at the newest ones."""
    rows = enquiry.read_as(side)
    if side in SEEN_AT and enquiry.is_unread_by(side):
        until = getattr(enquiry, SEEN_AT[side])
        rows = rows.filter(written_at__lte=until) if until else rows.none()
    return rows.order_by("-pk").values_list("pk", flat=True).first() or 0
