"""`manage.py bench --bulk`: a mission offers 200 products at once, through the pages of its desk.

On a copy of the bench's database in which 200 products wait for one market; in one process without the web server.
"""

from __future__ import annotations

import time
from typing import Final

from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from accounts.models import User
from catalog.models import Product
from inaaccess.bench import databases
from inaaccess.bench.report import Figure
from inaaccess.supervision import CannotStart
from markets.admin.listing_bulk import MOST, PitchesForm
from markets.models import ListingState, Market, MarketListing

MARKET: Final = "CL"
MOST_SECONDS: Final = 3.0


def measure(rows: int, seed: int) -> list[Figure]:
    """Seconds of the page with the drafts and of the one that offers them all. Raises CannotStart."""
    copy = databases.copy_of(databases.name_of(rows, seed))
    try:
        with databases.using(copy), override_settings(ALLOWED_HOSTS=["testserver"]):
            return figures(f"bulk_{rows}")
    finally:
        databases.drop(copy)


def figures(label: str) -> list[Figure]:
    """Make up to 200 offered products wait again, ask for the page with their drafts, and offer them."""
    person = User.objects.create(email="bulk@bench.invalid", name="Officer", is_staff=True, is_superuser=True)
    offered = MarketListing.objects.public().filter(market=MARKET).order_by("pk").values_list("product", flat=True)
    chosen = list(offered[:MOST])
    MarketListing.objects.filter(market=MARKET, product__in=chosen).delete()
    client, address = Client(), reverse("admin:listing_bulk", args=[MARKET])
    client.force_login(person)
    client.get(address, {"product": chosen[:1]})  # what the process keeps is read once
    began = time.perf_counter()
    client.get(address, {"product": chosen})
    shown = time.perf_counter()
    drafts = PitchesForm(Product.objects.filter(pk__in=chosen), Market.objects.get(pk=MARKET), ticked=chosen).initial
    sent = {"do": "list", "shown": chosen, "product": chosen, **drafts}
    asked = time.perf_counter()
    told = client.post(address, sent)
    done = time.perf_counter()
    listed = MarketListing.objects.filter(market=MARKET, product__in=chosen, state=ListingState.LISTED).count()
    if told.status_code != 200 or listed != len(chosen):
        raise CannotStart(f"{listed} of {len(chosen)} were offered; the page answered {told.status_code}.")
    return [
        Figure(f"{label}_products", listed),
        Figure(f"{label}_drafts_seconds", shown - began),
        Figure(f"{label}_offering_seconds", done - asked, MOST_SECONDS),
    ]
