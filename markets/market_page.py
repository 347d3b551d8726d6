"""What the page of a market shows besides its missions: the products offered there, and the rules about its goods."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.db.models import F
from django.utils.translation import gettext as _

from catalog.cards import Card, cards
from catalog.search import PAGE_SIZE, take
from kit.keyset import BadCursor, Keyset
from markets.clearance import RuleFace, face_of_rule
from markets.models import Market, MarketListing, MarketRule, RuleKind
from markets.models.listing_state import MOST_PROMOTED

MOST_RULES: Final = 20


class Offered(NamedTuple):
    """A page of what is offered: what the mission promotes (on the first page only), and the rest in its rank."""

    promoted: list[Card]
    cards: list[Card]
    next_after: str | None
    is_forged: bool


class MarketRules(NamedTuple):
    """Rules about goods of the market, those of all goods first; `unknown` topics nobody checked for all goods."""

    faces: list[RuleFace]
    has_more: bool
    unknown: list[str]


def offered_in(market: Market, after: str) -> Offered:
    """The products offered in a market; a forged position gives the first page. Three queries."""
    public = MarketListing.objects.public_in(market)
    first = list(public.promoted().order_by("rank", "product_id").values_list("pk", "product_id")[:MOST_PROMOTED])
    rows = public.exclude(pk__in=[pk for pk, _product in first]).only("rank", "market", "product")
    order = Keyset(f"market {market.iso2}", [("rank", "asc"), ("product_id", "asc")])
    try:
        page, is_forged = order.page(rows, after or None, PAGE_SIZE), False
    except BadCursor:
        page, is_forged = order.page(rows, None, PAGE_SIZE), True
    chosen = [product for _pk, product in first] if not after or is_forged else []
    listed = take(chosen + [listing.product_id for listing in page.items])
    made = cards(listed, promoted=dict.fromkeys(chosen, _("Promoted by the mission")))
    for card in made:  # the product's page then shows what is known about importing it here
        card["url"] += f"?market={market.iso2}"
    count = sum(1 for product in listed if product.pk in set(chosen))
    return Offered(made[:count], made[count:], page.next_after, is_forged)


def rules_in(market: Market) -> MarketRules:
    """The rules that hold today about goods of the market, exceptions for single products left out. One query."""
    current = MarketRule.objects.filter(market=market).current().without_product()
    rows = list(current.order_by(F("hs").asc(nulls_first=True), "kind", "pk")[: MOST_RULES + 1])
    rows.sort(key=lambda row: (row.hs_id or "", RuleKind.values.index(row.kind), row.pk))
    checked = {row.kind for row in rows if row.hs_id is None and row.checked_on is not None}
    return MarketRules(
        faces=[face_of_rule(row) for row in rows[:MOST_RULES]],
        has_more=len(rows) > MOST_RULES,
        unknown=[str(kind.label) for kind in RuleKind if kind not in checked],
    )
