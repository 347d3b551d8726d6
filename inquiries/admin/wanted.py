"""The list of what buyers want of what is offered in one's markets."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from accounts.models import User
from inquiries.product_interest import DAYS
from inquiries.wanted import Wanted, wanted_of
from kit.csv_export import csv_response
from markets.admin.glance import LEADING, Cell
from markets.admin.page import desk_page

POWER = "markets.decide_listing"


@require_safe
@permission_required(POWER, raise_exception=True)
def wanted_products(request: SignedInRequest) -> HttpResponseBase:
    """Products with their enquiries and views by market; `format=csv` downloads them."""
    rows = [_cells(one) for one in wanted_of(request.user)]
    if request.GET.get("format") == "csv":
        header = [_("Product"), _("Producer"), _("Market"), _("Enquiries"), _("Views")]
        return csv_response("my-markets-wanted", header, ([cell.text for cell in row] for row in rows))
    note = _(
        "Enquiries and pages opened in the last %(days)d days, of what is offered in your markets. The market is "
        "known of importers who signed in, chose a market or came by a campaign."
    )
    context = {"title": _("Most wanted products"), "note": note % {"days": DAYS}, "rows": rows, "total": len(rows)}
    return desk_page(request, "wanted_products", context)


def leading(user: User) -> list[Wanted]:
    """The first five, for the first page of the desk; none without the power."""
    return wanted_of(user)[:LEADING] if user.has_perm(POWER) else []


def _cells(one: Wanted) -> list[Cell]:
    listing = one.listing
    return [
        Cell(
            _("Product"), listing.product, reverse("admin:listing_decide", args=[listing.market_id, listing.product_id])
        ),
        Cell(_("Producer"), listing.product.producer.trade_name),
        Cell(_("Market"), listing.market),
        Cell(_("Enquiries"), one.enquiries),
        Cell(_("Views"), one.views),
    ]
