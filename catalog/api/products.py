"""Public products in the API: the list with the filters of the page, and one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError as Invalid
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Scope
from accounts.permissions import PublicRead
from catalog import facets
from catalog.api.detail import ProductSerializer, detail
from catalog.api.found import FoundProductsSerializer, found_products
from catalog.facets import bands
from catalog.filters import as_filters, fields_named
from catalog.models import Product, ProductState
from catalog.query_bounds import take_bounds
from catalog.search import Filters, Sort, TooSlow, find
from catalog.search_query import MAX_QUERY
from exporters.models import ProducerState
from kit.api_fields import ErrorSerializer
from kit.api_views import PAGING, ApiViewSet, in_path, next_address, one_of, page_size, query
from kit.text import clean_name

NUMBERS: Final = {
    "moq_max": "Largest minimum order, in the product's unit",
    "price_max": "Highest price per unit in USD, at the rates kept by staff",
    "lead_max": "Longest lead time in days",
}
WORDS: Final = {
    "category": "Slug, its children included",
    "hs": "2, 4 or 6 digits, with dots or without",
    "market": "ISO 3166-1 alpha-2: listed there by a mission",
    "certificate": "Type of certificate that is valid today",
    "incoterm": "Rule of Incoterms 2020",
    "province": "Two digits",
    "price": f"Band of the lowest price in USD: {', '.join(bands(facets.PRICE_BOUNDS))}",
    "moq": f"Band of the minimum order: {', '.join(bands(facets.MOQ_BOUNDS))}",
    "lead": f"Band of days: {', '.join(bands(facets.LEAD_BOUNDS))}",
    "business": f"How it is made: {', '.join(facets.BUSINESS_MODELS)}",
}
BOOLEANS: Final = ("true", "false")
FILTERS: Final[tuple[OpenApiParameter, ...]] = (
    query("q", {"type": "string", "maxLength": MAX_QUERY}, description="Words in any of the languages, or an HS code."),
    *(query(name, str, many=True, description=f"{words}. May come several times.") for name, words in WORDS.items()),
    *(query(name, {"type": "number", "exclusiveMinimum": True, "minimum": 0}, description=words)
      for name, words in NUMBERS.items()),
    query("sort", str, enum=Sort.values),
    query("exact", str, enum=BOOLEANS, description="true: a query that finds nothing is not put right."),
    query("counts", str, enum=BOOLEANS, description="true: tell `total` and the counts of all facets."),
)  # fmt: skip


class Gone(APIException):
    """Its producer took the product back."""

    status_code = 410
    default_code = "retired"
    default_detail = gettext_lazy("The producer does not offer this product any more.")


class GivenUp(APIException):
    """The database gave the search up after two seconds."""

    status_code = 503
    default_code = "too_slow"
    default_detail = gettext_lazy("This search took too long. Add a word or a filter, or try again in a minute.")


class ProductViewSet(ApiViewSet):
    """Public products."""

    permission_classes = [PublicRead]
    scope: ClassVar[str | None] = Scope.CATALOGUE_READ
    max_age = 60
    parameters: ClassVar = {"list": (*FILTERS, *PAGING)}
    path_parameters = (in_path("slug"),)

    @extend_schema(summary="Find products", responses=FoundProductsSerializer)
    def list(self, request: Request) -> Response:
        """The same filters, order and results as the page of products.

        With `q` the best 200 are found; `notes` says when there are more. Values of one filter are alternatives.
        The counts of a facet ignore what is chosen in it.
        """
        text, bounds = take_bounds(_query(request))
        try:
            found = find(
                text,
                _filters(request, bounds),
                request.query_params.get("after"),
                sort=Sort(one_of(request, "sort", Sort.values) or Sort.RELEVANCE),
                size=page_size(request),
                count=one_of(request, "counts", BOOLEANS) == "true",
                correcting=one_of(request, "exact", BOOLEANS) != "true",
            )
        except TooSlow as error:
            raise GivenUp from error
        return Response(found_products(found, next_address(request, found.next_after)))

    @extend_schema(
        summary="One product",
        responses={200: ProductSerializer, 410: OpenApiResponse(ErrorSerializer, "Retired by its producer")},
    )
    def retrieve(self, request: Request, slug: str) -> Response:
        """The whole export passport."""
        product = (
            Product.objects.filter(slug=slug, producer__state=ProducerState.LISTED)
            .select_related("producer", "hs6")
            .first()
        )
        if product is None or product.state not in (ProductState.PUBLISHED, ProductState.RETIRED):
            raise Http404
        if product.state == ProductState.RETIRED:
            raise Gone
        return Response(detail(product))


def _query(request: Request) -> str:
    text = clean_name(request.query_params.get("q", ""))
    if len(text) > MAX_QUERY:
        raise ValidationError({"q": [_("At most %(limit)d characters.") % {"limit": MAX_QUERY}]})
    return text


def _filters(request: Request, bounds: dict[str, str]) -> Filters:
    """The filters of the address and the bounds of its words, numbers with a point whatever the language.

    Raises ValidationError.
    """
    data = request._request.GET.copy()
    data.update({name: number for name, number in bounds.items() if _is_plain(number)})
    values: dict[str, Any] = {}
    wrong = {name: [_("Enter a number.")] for name in NUMBERS if name in data and not _is_plain(str(data[name]))}
    for name, field, raw in fields_named(data):
        if name not in wrong:
            try:  # a number as a text would be read as people of the language write numbers
                values[name] = field.clean(Decimal(raw[-1]) if name in NUMBERS else raw)
            except Invalid as error:
                wrong[name] = error.messages
    if wrong:
        raise ValidationError(wrong)
    return as_filters(values)


def _is_plain(text: str) -> bool:
    """Digits, with a decimal point or without: the way in which machines write numbers."""
    whole, _point, rest = text.partition(".")
    return text.isascii() and whole.isdigit() and (not rest or rest.isdigit()) and len(text) < 20
