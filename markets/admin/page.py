"""The frame of the desk's own pages."""

from __future__ import annotations

from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.staff_admin import desk_page
from kit.keyset import BadCursor, Keyset, Page

__all__ = ["desk_page", "page_links", "page_of", "with_query"]

PAGE = 24
Row = TypeVar("Row", bound=Model)


def page_of(request: HttpRequest, order: Keyset, rows: QuerySet[Row]) -> Page[Row]:
    """The page that `after` names; a forged one is said to be so, and the first is shown."""
    try:
        return order.page(rows, request.GET.get("after"), PAGE)
    except BadCursor:
        messages.warning(request, _("That page does not exist. Here is the start."))
        return order.page(rows, None, PAGE)


def page_links(request: HttpRequest, page: Page[Any]) -> dict[str, str]:
    """Onward and back to the start, with the filters kept."""
    return {
        "next_url": with_query(request, after=page.next_after) if page.next_after else "",
        "first_url": with_query(request) if request.GET.get("after") else "",
    }


def with_query(request: HttpRequest, **changes: str) -> str:
    """This address from its first page on, with these values in its query."""
    query = request.GET.copy()
    query.pop("after", None)
    for name, value in changes.items():
        query[name] = value
    return f"?{query.urlencode()}"
