"""How lists of enquiries are narrowed and sorted in the API, the same for each side."""

from __future__ import annotations

from typing import Final

from rest_framework.request import Request
from rest_framework.response import Response

from inquiries.api.enquiry_fields import listed
from inquiries.api.message_fields import messages_told
from inquiries.models import Enquiry, EnquiryState, Turn
from inquiries.models.enquiry_words import EnquiryQuerySet
from inquiries.thread_pages import order_of
from kit.api_views import PAGING, one_of, page_answer, query
from kit.keyset import Keyset, Order
from markets.models import Market

ORDERS: Final = {
    "newest": [Order("pk", "desc")],
    "oldest": [Order("pk", "asc")],
    "due": [Order("due_at", "asc", nullable=True), Order("pk", "asc")],
    "active": [Order("last_message_at", "desc"), Order("pk", "desc")],
}
PARAMETERS: Final = (
    query("state", str, enum=EnquiryState.values),
    query("turn", str, enum=Turn.values, description="Who owes the next word"),
    query("market", description="ISO 3166-1 alpha-2"),
    query("overdue", str, enum=["true"], description="The producer owes a word for longer than promised"),
    query(
        "sort",
        str,
        enum=list(ORDERS),
        description="Else the newest first; `due` by when the producer answers, `active` by the last message.",
    ),
    *PAGING,
)


def page_of_enquiries(request: Request, rows: EnquiryQuerySet, side: str) -> Response:
    """A page of these rows as the address asks for it, told to a side. Raises ValidationError, BadCursor."""
    if state := one_of(request, "state", EnquiryState.values):
        rows = rows.filter(state=state)
    if turn := one_of(request, "turn", Turn.values):
        rows = rows.filter(turn=turn)
    if market := one_of(request, "market", Market.objects.values_list("pk", flat=True)):
        rows = rows.filter(market=market)
    if one_of(request, "overdue", ["true"]):
        rows = rows.overdue()
    sort = one_of(request, "sort", ORDERS) or "newest"
    order = Keyset(f"{side} enquiries {sort}", ORDERS[sort])
    return page_answer(request, order, rows.for_list(), lambda page: listed(page, side))


def page_of_messages(request: Request, enquiry: Enquiry, side: str) -> Response:
    """A page of the thread as a side reads it, the newest first. Raises ValidationError, BadCursor."""
    return page_answer(request, order_of(enquiry, side), enquiry.read_as(side).for_thread(), messages_told)
