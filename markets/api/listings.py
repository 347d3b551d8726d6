"""Listings in the API: what a mission offers in its markets, addressed by market and product."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar, Final

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import signed_in
from accounts.models import Scope, User
from accounts.naming import People
from accounts.permissions import HasPower
from accounts.repeats import done_once
from catalog.api.listed import Told
from catalog.models import Product, ProductState
from kit.api_fields import page_of
from kit.api_views import PAGING, ApiViewSet, in_path, one_of, page_answer, query
from kit.keyset import Keyset, Order
from markets.api.listing_fields import (
    NOT_ASKED,
    DeclineSerializer,
    ListingSerializer,
    OfferInMarketSerializer,
    PitchSerializer,
    PromoteSerializer,
    RankSerializer,
    RewordSerializer,
    WithdrawSerializer,
)
from markets.api.narrowing import in_category, in_province
from markets.models import ListingState, Market, MarketListing
from markets.scope import markets_to_decide, products_to_decide, products_waiting

ORDERS: Final = {
    "newest": [Order("pk", "desc")],
    "decided": [Order("decided_at", "desc", nullable=True), Order("pk", "desc")],
    "rank": [Order("market_rank", "asc"), Order("pk", "asc")],
}


class ListingViewSet(ApiViewSet):
    """Products in the markets that one decides."""

    permission_classes = [HasPower]
    power: ClassVar = "markets.decide_listing"
    scope: ClassVar[str | None] = Scope.MARKETS_WRITE
    path_parameters = (in_path("iso2", description="ISO 3166-1 alpha-2"), in_path("slug", description="The product"))
    parameters: ClassVar = {
        "list": (
            query("state", str, enum=ListingState.values),
            query("promoted", str, enum=["true"], description="Promoted there today"),
            query("category", description="Slug, its children included"),
            query("province", description="Of the producer: two digits, as the home ministry codes it"),
            query(
                "sort",
                str,
                enum=list(ORDERS),
                description="The newest product first; with state=listed also `rank`, with a state also `decided`.",
            ),
            *PAGING,
        )
    }

    @extend_schema(summary="Listings of a market", responses=page_of(ListingSerializer))
    def list(self, request: Request, iso2: str) -> Response:
        """Public products that ask for the market or were decided there; `state=requested` are those that wait."""
        market, state = self._market(request, iso2), one_of(request, "state", ListingState.values)
        rows = in_category(in_province(self._rows(request, market, state), request, "producer__"), request)
        return page_answer(
            request, _order(request, market, state), rows, lambda page: _listings(page, market, signed_in(request.user))
        )

    @extend_schema(summary="A product in a market", responses=ListingSerializer)
    def retrieve(self, request: Request, iso2: str, slug: str) -> Response:
        """Decided or not."""
        return Response(_one_told(self._get(request, iso2, slug), signed_in(request.user)))

    @extend_schema(
        summary="List",
        request=OfferInMarketSerializer,
        responses={200: ListingSerializer},
        examples=[
            OpenApiExample("First in Chile", {"pitch": {"es": "Cuero de grano entero."}, "rank": 1}, request_only=True)
        ],
    )
    @done_once
    def offer(self, request: Request, iso2: str, slug: str) -> Response:
        """Offer in the market a product that asks for it."""
        return self._decide(request, iso2, slug, OfferInMarketSerializer, MarketListing.list)

    @extend_schema(
        summary="Decline",
        request=DeclineSerializer,
        responses={200: ListingSerializer},
        examples=[OpenApiExample("No demand", {"reason": "no_demand", "note": "Coba tahun depan."}, request_only=True)],
    )
    @done_once
    def decline(self, request: Request, iso2: str, slug: str) -> Response:
        """Do not offer it; the producer is told why."""
        return self._decide(request, iso2, slug, DeclineSerializer, MarketListing.decline)

    @extend_schema(
        summary="Withdraw",
        request=WithdrawSerializer,
        responses={200: ListingSerializer},
        examples=[OpenApiExample("Sold out", {"why": "Stok habis."}, request_only=True)],
    )
    @done_once
    def withdraw(self, request: Request, iso2: str, slug: str) -> Response:
        """Stop offering it."""
        return self._decide(request, iso2, slug, WithdrawSerializer, MarketListing.withdraw)

    @extend_schema(
        summary="Propose",
        request=PitchSerializer,
        responses={200: ListingSerializer},
        examples=[
            OpenApiExample(
                "For its producer to answer", {"pitch": {"id": "Dicari importir di Santiago."}}, request_only=True
            )
        ],
    )
    @done_once
    def propose(self, request: Request, iso2: str, slug: str) -> Response:
        """Ask the producer of a product that did not ask for the market."""
        return self._decide(request, iso2, slug, PitchSerializer, MarketListing.propose)

    @extend_schema(
        summary="Promote",
        request=PromoteSerializer,
        responses={200: ListingSerializer},
        examples=[OpenApiExample("Until a day", {"until": "2027-03-31"}, request_only=True)],
    )
    @done_once
    def promote(self, request: Request, iso2: str, slug: str) -> Response:
        """Show it first until a day; never tobacco or alcohol."""
        return self._decide(request, iso2, slug, PromoteSerializer, MarketListing.promote)

    @extend_schema(
        summary="Rank",
        request=RankSerializer,
        responses={200: ListingSerializer},
        examples=[OpenApiExample("To the top", {"rank": 1}, request_only=True)],
    )
    @done_once
    def rank(self, request: Request, iso2: str, slug: str) -> Response:
        """Give it its place on the market's page."""
        return self._decide(request, iso2, slug, RankSerializer, MarketListing.rank_at)

    @extend_schema(
        summary="Reword",
        request=RewordSerializer,
        responses={200: ListingSerializer},
        examples=[OpenApiExample("In Spanish", {"pitch": {"es": "Cuero de grano entero."}}, request_only=True)],
    )
    @done_once
    def reword(self, request: Request, iso2: str, slug: str) -> Response:
        """Change the pitch of what is offered."""
        return self._decide(request, iso2, slug, RewordSerializer, MarketListing.reword)

    def _decide(
        self,
        request: Request,
        iso2: str,
        slug: str,
        kind: type[serializers.Serializer[Any]],
        verb: Callable[..., None],
    ) -> Response:
        listing = self._get(request, iso2, slug)
        asked = kind(data=request.data)
        asked.is_valid(raise_exception=True)
        verb(listing, by=signed_in(request.user), **asked.validated_data)
        return self.retrieve(request, iso2, slug)

    def _rows(self, request: Request, market: Market, state: str) -> QuerySet[Product]:
        """Products in this state of the market, with what they may be sorted by."""
        decided = MarketListing.objects.filter(market=market, product=OuterRef("pk"))
        if state == ListingState.REQUESTED:
            rows = products_waiting(request.user, market)
        else:
            rows = products_to_decide(request.user, market)
            rows = rows.filter(Exists(decided.filter(state=state))) if state else rows
        if one_of(request, "promoted", ["true"]):
            rows = rows.filter(Exists(decided.promoted()))
        return rows.select_related("producer").annotate(
            market_rank=Subquery(decided.values("rank")), decided_at=Subquery(decided.values("decided_at"))
        )

    def _market(self, request: Request, iso2: str) -> Market:
        return get_object_or_404(markets_to_decide(request.user), pk=iso2.upper())

    def _get(self, request: Request, iso2: str, slug: str) -> MarketListing:
        """The listing, made or not, of a product that is public or was decided here."""
        market = self._market(request, iso2)
        decided = Exists(MarketListing.objects.filter(market=market, product=OuterRef("pk")))
        rows = Product.objects.filter(Q(pk__in=Product.objects.published().values("pk")) | decided)
        product = get_object_or_404(rows.select_related("producer"), slug=slug)
        return MarketListing.of(product, market)


def _order(request: Request, market: Market, state: str) -> Keyset:
    """The order that the address asks for, if what is in this state has it. Raises ValidationError."""
    has = {"newest": True, "decided": bool(state) and state != ListingState.REQUESTED}
    has["rank"] = state == ListingState.LISTED
    sort = one_of(request, "sort", [name for name in ORDERS if has[name]]) or "newest"
    return Keyset(f"listings {market.pk} {state} {sort}", ORDERS[sort])


def _listings(products: list[Product], market: Market, reader: User) -> list[Told]:
    """The listings of a page of products. One query, and those for names."""
    rows = MarketListing.objects.filter(market=market, product__in=products)
    made = {row.product_id: row for row in rows}
    people = _deciders(reader, made.values())
    return [_told(made.get(one.pk) or MarketListing(product=one, market=market), one, people) for one in products]


def _one_told(listing: MarketListing, reader: User) -> Told:
    return _told(listing, listing.product, _deciders(reader, [listing]))


def _deciders(reader: User, listings: Iterable[MarketListing]) -> dict[int | None, str]:
    """Who decided, as `reader` may know them; the reader by name."""
    numbers = {listing.decided_by_id for listing in listings} - {None}
    people = People.read(reader, numbers)
    return {pk: reader.name if pk == reader.pk else people.name(pk) for pk in numbers}


def _told(listing: MarketListing, product: Product, deciders: Mapping[int | None, str]) -> Told:
    asks, state = listing.market_id in product.target_markets, listing.state
    is_listed = state == ListingState.LISTED
    return {
        "market": listing.market_id,
        "product": product.slug,
        "title": product.title,
        "producer": {"id": product.producer_id, "trade_name": product.producer.trade_name},
        "product_state": product.state,
        "state": NOT_ASKED if state == ListingState.REQUESTED and not asks else state,
        "is_public": is_listed and asks and product.state == ProductState.PUBLISHED,
        "pitch": listing.pitch,
        "rank": listing.rank if is_listed else None,
        "promoted_until": listing.promoted_until,
        "decline_reason": listing.decline_reason,
        "decline_note": listing.decline_note,
        "decided_at": listing.decided_at,
        "decided_by": deciders.get(listing.decided_by_id),
    }
