"""`manage.py bench --matching`: what finding the products for a buying request takes, by what the importer said.

In one process without the web server. The requests are drawn from the catalogue's own products and not saved.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable
from decimal import Decimal
from random import Random
from typing import Any, Final

from django.utils import timezone

from catalog.models import Commodity, HSCode, Product
from inaaccess.bench import databases
from inaaccess.bench.report import Figure
from inaaccess.bench.running import percentile
from inaaccess.bench.statements import noted
from inquiries.matching import matches_of
from inquiries.models import BuyingRequest
from markets.models import Market

REQUESTS: Final = 150
MOST_QUERIES: Final = 10.0


def measure(rows: int, seed: int) -> list[Figure]:
    """The figures of the bench's catalogue of so many products."""
    with databases.using(databases.name_of(rows, seed)):
        return figures(f"matching_{rows}", Random(seed))  # noqa: S311  invented rows, no secret


def figures(label: str, chance: Random) -> list[Figure]:
    """95th percentile in milliseconds, most queries, and how many requests found nothing, for each kind of request."""
    draws = _draws(chance)
    return [figure for kind, draw in draws.items() for figure in _measured(f"{label}_{kind}", draw)]


def _draws(chance: Random) -> dict[str, Callable[[], BuyingRequest]]:
    products = list(Product.objects.published().order_by("pk")[: REQUESTS * 4].select_related("unit"))
    commodities = list(Commodity.objects.order_by("pk"))
    headings = list(HSCode.objects.filter(pk__in={product.hs6_id for product in products}).order_by("pk"))
    markets = list(Market.objects.order_by("pk").values_list("iso2", flat=True))

    deadline = timezone.now().date() + datetime.timedelta(days=90)

    def asked(**said: Any) -> BuyingRequest:
        one = chance.choice(products)
        said.setdefault("title", "xx")  # so short that the words find nothing
        said |= {"quantity": Decimal(600), "unit": one.unit, "country": chance.choice(markets), "deadline": deadline}
        return BuyingRequest(**said)

    return {
        "commodity": lambda: asked(commodity=chance.choice(commodities)),
        "hs": lambda: asked(hs=chance.choice(headings)),
        "words": lambda: asked(title=str(chance.choice(products))[:80]),
    }


def _measured(label: str, draw: Callable[[], BuyingRequest]) -> list[Figure]:
    matches_of(draw())  # what the process keeps is read once
    times, most, empty = [], 0, 0
    with noted() as asked:
        for _time in range(REQUESTS):
            request = draw()
            asked.clear()
            began = time.perf_counter()
            found = matches_of(request)
            times.append((time.perf_counter() - began) * 1000)
            most, empty = max(most, len(asked)), empty + (not found)
    return [
        Figure(f"{label}_p95_ms", percentile(times, 0.95)),
        Figure(f"{label}_queries", most, MOST_QUERIES),
        Figure(f"{label}_found_nothing", empty),
    ]
