"""What nobody has checked: market × HS heading of public products, in order of demand."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.db.models import CharField, Count, F, Func, Q, Sum
from django.db.models.functions import Left
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from catalog.commodities import hs_digits
from catalog.models import Commodity, HSCode, Product, UnmetQuery
from catalog.thesaurus import terms_of
from kit.keeping import kept
from markets.models import MarketListing, MarketRule, RuleKind
from markets.models.rule import prefixes

MOST_ROWS: Final = 200
SEARCHED_DAYS: Final = 90
Pair = tuple[str, str]  # market, HS heading


class MissingKind(NamedTuple):
    """A topic that nobody checked, and the form to write the rule, filled in so far."""

    label: str
    url: str


@dataclass(frozen=True)
class UncheckedPair:
    """A heading in a market: products offered there and products that ask for it, searches in vain, what is missing."""

    market: str
    heading: str
    name: str
    listed: int
    asking: int
    searches: int
    missing: list[RuleKind]

    @property
    def topics(self) -> list[MissingKind]:
        """What is missing, each with its form."""
        return [_missing(self.market, self.heading, kind) for kind in self.missing]


def unchecked_pairs(markets: Collection[str]) -> list[UncheckedPair]:
    """Headings of public products that ask for one of `markets` or are listed there, with a topic that nobody checked.

    The most wanted first: by listings, then by searches in vain of the last 90 days, then by products that ask.
    A rule of 6 digits or of one product says nothing about a whole heading. Six queries, one of them kept for a minute.
    """
    asking, listed = _asking(markets), _listed(markets)
    searches = _searches(markets)
    pairs = sorted(
        asking.keys() | listed.keys(),
        key=lambda pair: (-listed[pair], -searches[pair], -asking[pair], pair),
    )
    known = _known(markets)
    names = dict(HSCode.objects.filter(pk__in={heading for _market, heading in pairs}).values_list("pk", "name"))
    found = []
    for market, heading in pairs:
        missing = [kind for kind in RuleKind if not known[market, kind] & {"", *prefixes(heading)}]
        if missing:
            pair = (market, heading)
            demand = (listed[pair], asking[pair], searches[pair])
            found.append(UncheckedPair(market, heading, names.get(heading, ""), *demand, missing))
    return found


def _asking(markets: Collection[str]) -> Counter[Pair]:
    """How many public products ask for a market, by heading."""
    code = Func(F("target_markets"), function="unnest", output_field=CharField())
    rows = Product.objects.published().filter(target_markets__overlap=list(markets), hs6__isnull=False)
    counted = rows.order_by().annotate(code=code, heading=Left("hs6_id", 4)).values_list("code", "heading")
    return Counter({(code, heading): n for code, heading, n in counted.annotate(n=Count("pk")) if code in markets})


def _listed(markets: Collection[str]) -> Counter[Pair]:
    """How many products are offered in a market, by heading."""
    rows = MarketListing.objects.public().filter(market__in=list(markets), product__hs6__isnull=False)
    counted = rows.order_by().annotate(heading=Left("product__hs6_id", 4)).values_list("market_id", "heading")
    return Counter({(market, heading): n for market, heading, n in counted.annotate(n=Count("pk"))})


def _searches(markets: Collection[str]) -> Counter[Pair]:
    """Visits that searched a market in vain for an HS code or for a word of the thesaurus, by its heading."""
    since = timezone.now().date() - datetime.timedelta(days=SEARCHED_DAYS)
    rows = UnmetQuery.objects.filter(market__in=list(markets), day__gt=since).order_by()
    headings, found = headings_by_word(), Counter[Pair]()
    for market, text, visits in rows.values_list("market", "text").annotate(n=Sum("visits")):
        digits = hs_digits(text)
        heading = digits[:4] if len(digits) >= 4 else headings.get(text, "")
        if heading:
            found[market, heading] += visits
    return found


@kept(60)
def headings_by_word() -> Mapping[str, str]:
    """The HS heading of each name and synonym of the thesaurus, as searches are kept: in small letters."""
    return {word.casefold(): row.hs6_id[:4] for row in Commodity.objects.all() for word in terms_of(row)}


def _known(markets: Collection[str]) -> defaultdict[tuple[str, str], set[str]]:
    """By market and kind, the prefixes (all goods: "") with a checked rule that holds today."""
    known: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    rows = MarketRule.objects.current().without_product().filter(Q(hs__isnull=True) | Q(hs__level__lte=4))
    for market, kind, code in rows.filter(market__in=list(markets), checked_on__isnull=False).values_list(
        "market_id", "kind", "hs_id"
    ):
        known[market, kind].add(code or "")
    return known


def _missing(market: str, heading: str, kind: RuleKind) -> MissingKind:
    query = urlencode({"market": market, "hs": heading, "kind": kind.value})
    return MissingKind(str(kind.label), f"{reverse('admin:markets_marketrule_add')}?{query}")
