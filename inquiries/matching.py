"""Which published products may answer a buying request: looked for by commodity, HS heading, words and category.

Few are looked at (the best MOST_LOOKED_AT by the catalogue's own order), by a fixed number of queries however large the
catalogue is; how each is judged stands in inquiries/judging.py.
"""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.db.models import Prefetch, Q, Value
from django.utils import timezone

from catalog import facets, text_window
from catalog.models import CertificateCoverage, PriceOffer, Product, ProductSearch
from catalog.narrowing import both
from catalog.search_query import parse
from catalog.vocabulary import vocabulary
from exporters.models import Certificate
from inquiries.judging import Candidate, Judged, judge
from inquiries.models import BuyingRequest, Match
from inquiries.models.match import MatchState
from kit.limited_reads import TooSlow
from markets.models import MarketListing

MOST_LOOKED_AT: Final = 100
MOST_PROPOSED: Final = 30
HEADING: Final = 4


def propose(request: BuyingRequest) -> list[Match]:
    """Write down the products that may fit, the best MOST_PROPOSED; what was invited or answered stays as it is.

    Safe to repeat: what was proposed before is judged anew, and goes when it does not fit any more.
    """
    found = {judged.product.pk: judged for judged in matches_of(request)}
    with transaction.atomic():
        request.lock()
        known = {match.product_id: match for match in Match.objects.filter(request=request)}
        Match.objects.filter(request=request, state=MatchState.PROPOSED).exclude(product__in=found).delete()
        changed: list[Match] = []
        added: list[Match] = []
        for pk, judged in found.items():
            match = known.get(pk) or Match(request=request, product=judged.product)
            if match.state != MatchState.PROPOSED:
                continue
            match.score, match.reasons, match.lacking = judged.score, list(judged.reasons), list(judged.lacking)
            (added if match.pk is None else changed).append(match)
        Match.objects.bulk_create(added, ignore_conflicts=True)
        Match.objects.bulk_update(changed, ["score", "reasons", "lacking"])
    return list(Match.objects.filter(request=request).best_first())


def matches_of(request: BuyingRequest) -> list[Judged]:
    """The products that fit best, the best first; nothing is written. At most ten queries."""
    today, rates = timezone.now().date(), vocabulary().usd_rates
    judged = (judge(request, one, today=today, rates=rates) for one in _candidates(request))
    found = sorted((one for one in judged if one is not None), key=lambda one: (-one.score, one.product.pk))
    return found[:MOST_PROPOSED]


def _candidates(request: BuyingRequest) -> list[Candidate]:
    """What may be the same kind of goods, read with all that judging needs."""
    coded, worded = _coded(request), _worded(request)
    wanted = list(dict.fromkeys([*coded, *worded]))[:MOST_LOOKED_AT]
    if len(coded) >= MOST_LOOKED_AT:  # room for what only words find
        wanted = list(dict.fromkeys([*coded[: MOST_LOOKED_AT // 2], *worded, *coded]))[:MOST_LOOKED_AT]
    valid = Prefetch(
        "coverages",
        CertificateCoverage.objects.filter(certificate__in=Certificate.objects.valid()).select_related("certificate"),
        to_attr="valid_coverages",
    )
    holding = Prefetch(
        "offers", PriceOffer.objects.filter(valid_until__gte=timezone.now().date()), to_attr="holding_offers"
    )
    products = Product.objects.published().filter(pk__in=wanted).select_related("category", "producer")
    listed = set(
        MarketListing.objects.public()
        .filter(market=request.country, product__in=wanted)
        .values_list("product", flat=True)
    )
    by_words = frozenset(worded)
    return [
        Candidate(
            product,
            product.holding_offers,  # type: ignore[attr-defined]
            frozenset(one.certificate.type_id for one in product.valid_coverages),  # type: ignore[attr-defined]
            product.pk in listed,
            product.pk in by_words,
        )
        for product in products.prefetch_related(valid, holding)
    ]


def _coded(request: BuyingRequest) -> list[int]:
    """Products of the commodity, then of the HS heading and, when neither is said, of the category. One query."""
    conditions = []
    if request.commodity_id:
        conditions.append(Q(product__commodity=request.commodity_id))
    if digits := request.hs_prefix:
        conditions.append(Q(facets__overlap=[facets.hs(digits[:HEADING])]))
    elif request.category_id:
        conditions.append(Q(category=request.category_id) | Q(top_category=request.category_id))
    if not conditions:
        return []
    rows = ProductSearch.objects.order_by("-quality", "-product_id")
    parts = [
        rows.filter(one).annotate(near=Value(place)).values_list("product_id", "near", "quality")[:MOST_LOOKED_AT]
        for place, one in enumerate(conditions)
    ]
    found = parts[0].union(*parts[1:]) if len(parts) > 1 else parts[0]
    ordered = sorted(found, key=lambda row: (row[1], -row[2], -row[0]))
    return list(dict.fromkeys(pk for pk, _near, _quality in ordered))[:MOST_LOOKED_AT]


def _worded(request: BuyingRequest) -> list[int]:
    """Products that the title finds as a search would, the best first; none when that takes too long."""
    try:
        with transaction.atomic():  # a search that is given up ends the transaction that it is in
            if (asked := parse(request.title)) is None:
                return []
            hits = text_window.matches(asked, both([]), vocabulary().tiers)
    except TooSlow:
        return []
    return [hit.product_id for hit in hits[:MOST_LOOKED_AT]]
