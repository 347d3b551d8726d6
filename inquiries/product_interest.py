"""What comes back from each market for a product: its page opened by people, and enquiries.

The market of a reader is the one they chose on the page, else that of the campaign that brought them, else the country
of the importer who is signed in. Nobody else's is guessed: no address is looked up, nothing is kept of a person.
"""

from __future__ import annotations

import datetime
import logging
import re
from collections import Counter
from typing import Final, NamedTuple

from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from catalog.models import Product
from inquiries.models import Enquiry, ProductViews
from inquiries.models.enquiry_state import DELIVERED_STATES
from inquiries.readers import own_country
from kit.programs import is_opened_by_person
from kit.tally import Tally
from markets.models import Market
from promotion.models import Campaign
from promotion.visits import CODE

DAYS: Final = 90
VIEWS: Final = Tally("views")
_LINE: Final = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}}) ([-a-z0-9]{{1,100}}) ([A-Z]{{2}}|-) ({CODE.pattern}|-)")
log = logging.getLogger("inquiries")


class Interest(NamedTuple):
    """Pages opened, and enquiries, of the last 90 days."""

    views: int
    enquiries: int


def count_view(request: HttpRequest, response: HttpResponse) -> None:
    """Count a product's page that a visitor or an importer opened; producers, staff and programs are no buyers."""
    match = request.resolver_match
    if match is None or match.view_name != "product_detail" or not is_opened_by_person(request, response):
        return
    country = own_country(request)
    if request.user.is_authenticated and not country:
        return
    chosen, code = request.GET.get("market", "").upper(), request.GET.get("c", "").upper()
    market = chosen if re.fullmatch("[A-Z]{2}", chosen) else country
    line = f"{timezone.now().date()} {match.kwargs['slug']} {market or '-'} {code if CODE.fullmatch(code) else '-'}"
    try:
        VIEWS.note(line)
    except OSError as error:  # a full disk costs a figure, never the page
        log.warning("a view was not counted: %s", error.strerror)


def flush() -> int:
    """Add up the views since the last time; how many. Safe to run twice at once."""
    return VIEWS.flush(_add)


def interest_in(product: Product) -> dict[str, Interest]:
    """By market (ISO 3166-1 alpha-2, "" for unknown). Two queries."""
    since = timezone.now() - datetime.timedelta(days=DAYS)
    seen = ProductViews.objects.filter(product=product, day__gt=since.date()).order_by()
    views = dict(seen.values_list("market_code").annotate(Sum("views")))
    asked = Enquiry.objects.filter(lines__product=product, sent_at__gt=since, state__in=DELIVERED_STATES).order_by()
    asked = asked.filter(buying_request__isnull=True)  # what the producer began by offering is no enquiry
    enquiries = {code or "": number for code, number in asked.values_list("market").annotate(Count("pk"))}
    return {code: Interest(views.get(code, 0), enquiries.get(code, 0)) for code in sorted({*views, *enquiries})}


def _add(lines: Counter[str]) -> int:
    found: Counter[tuple[str, str, str, str]] = Counter()
    for line, number in lines.items():
        if match := _LINE.fullmatch(line):
            found[match[1], match[2], match[3], match[4]] += number
    products = dict(Product.objects.filter(slug__in={key[1] for key in found}).values_list("slug", "pk"))
    campaigns = dict(Campaign.objects.filter(code__in={key[3] for key in found}).values_list("code", "market"))
    markets = set(Market.objects.values_list("pk", flat=True))
    counted = 0
    for (day, slug, market, code), views in sorted(found.items()):
        if slug in products:
            known = market if market in markets else campaigns.get(code, "")
            ProductViews.add(products[slug], known, datetime.date.fromisoformat(day), views)
            counted += views
    return counted
