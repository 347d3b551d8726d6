"""Several products of a market at once: offered or withdrawn, each by its own verb and told by itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.workflow import Refused
from catalog.models import Product
from kit.languages import CONTENT_LANGUAGE_NAMES, interface_language
from kit.text import clean_text
from markets import scope
from markets.admin.listings import ListingRow, for_desk, matching, row_of
from markets.admin.page import desk_page
from markets.models import ListingState, Market, MarketListing
from markets.models.listing_state import LONGEST_NOTE
from markets.pitch import LONGEST_PITCH, draft_pitch, pitch_languages

MOST: Final = 200
VERBS: Final = ("list", "withdraw")


class PitchesForm(forms.Form):
    """A pitch for each of `products`, a text a language; begins with drafts from the products' own words."""

    def __init__(
        self, products: Iterable[Product], market: Market, *, ticked: Collection[int], data: QueryDict | None = None
    ) -> None:
        self.products, self.ticked = list(products), ticked
        self.languages = pitch_languages(market)
        self.drafts = {product.pk: draft_pitch(product, self.languages) for product in self.products}
        initial = {f"{pk}-{key}": text for pk, texts in self.drafts.items() for key, text in texts.items()}
        super().__init__(data, initial=initial)
        for product in self.products:
            for key in self.languages:
                said = {"language": CONTENT_LANGUAGE_NAMES[key], "product": product}
                self.fields[f"{product.pk}-{key}"] = forms.CharField(
                    label=_("Pitch in %(language)s: %(product)s") % said,
                    max_length=LONGEST_PITCH,
                    required=False,
                    widget=forms.Textarea(attrs={"rows": 3, "lang": interface_language(key)}),
                )

    def clean(self) -> dict[str, Any]:
        """A text of what is not ticked is not judged."""
        for product in self.products:
            for key in self.languages:
                if product.pk not in self.ticked:
                    self.errors.pop(f"{product.pk}-{key}", None)
        return super().clean() or {}

    @property
    def rows(self) -> list[Pitching]:
        """The products with their fields, in the order of the page."""
        return [
            Pitching(
                row=row_of(product, None),
                is_ticked=product.pk in self.ticked,
                lacking=[CONTENT_LANGUAGE_NAMES[key] for key in self.languages if key not in self.drafts[product.pk]],
                fields=[self[f"{product.pk}-{key}"] for key in self.languages],
            )
            for product in self.products
        ]

    def pitch_of(self, product: Product) -> dict[str, str]:
        """What is to be said of it, without the languages that stay empty."""
        texts = {key: clean_text(self.cleaned_data[f"{product.pk}-{key}"]) for key in self.languages}
        return {key: text for key, text in texts.items() if text}


@dataclass(frozen=True)
class Pitching:
    """A product whose pitch is being written; `lacking`: the languages in which its producer wrote nothing."""

    row: ListingRow
    is_ticked: bool
    lacking: list[Any]
    fields: list[forms.BoundField]


@dataclass(frozen=True)
class Told:
    """What became of one product. `kind` is the badge: ok, info (it was so already) or bad."""

    product: Product
    kind: str
    message: str


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("markets.decide_listing", raise_exception=True)
def listing_bulk(request: SignedInRequest, iso2: str) -> HttpResponse:
    """The pitches of the chosen products on one page, then each one offered; or each one withdrawn."""
    market = get_object_or_404(scope.markets_to_decide(request.user), pk=iso2)
    if request.method != "POST":
        products = list(_asked_for(request, market))
        return _pitch_page(request, market, PitchesForm(products, market, ticked={row.pk for row in products}))
    action, chosen = request.POST.get("do", ""), _keys(request.POST)
    if action not in VERBS or not chosen:
        problem = _("Tick at least one product first.") if action in VERBS else _("Choose what to do.")
        return _told_page(request, market, [], problem=problem)
    if action == "withdraw":
        return _withdraw(request, market, chosen)
    return _offer(request, market, chosen)


def _asked_for(request: SignedInRequest, market: Market) -> QuerySet[Product]:
    """The ticked ones that wait; with `all`, the first 200 of those that wait and match `q`."""
    waiting = scope.products_waiting(request.user, market)
    if request.GET.get("all"):
        waiting = matching(waiting, clean_text(request.GET.get("q", ""))[:80], "")
    else:
        waiting = waiting.filter(pk__in=_keys(request.GET))
    return for_desk(waiting).order_by("-pk")[:MOST]


def _offer(request: SignedInRequest, market: Market, chosen: list[int]) -> HttpResponse:
    """Those ticked, in the order of the page; nobody is offered while one of the texts is wrong."""
    shown = _keys(request.POST, "shown") or chosen
    found = for_desk(scope.products_to_decide(request.user, market)).in_bulk(shown)
    form = PitchesForm([found[pk] for pk in shown if pk in found], market, ticked=set(chosen), data=request.POST)
    if not form.is_valid():
        return _pitch_page(request, market, form, status=422)
    ticked = [product for product in form.products if product.pk in form.ticked]
    rows = {row.product_id: row for row in MarketListing.objects.filter(market=market, product__in=ticked)}
    told = []
    for product in ticked:
        listing = rows.get(product.pk) or MarketListing(product=product, market=market)
        told.append(_list(listing, product, form.pitch_of(product), by=request.user))
    return _told_page(request, market, told, missing=len(chosen) - len(told))


def _list(listing: MarketListing, product: Product, pitch: dict[str, str], *, by: User) -> Told:
    said = (_("offered"), _("it was offered already"))
    return _tell(listing, product, lambda: listing.list(by=by, pitch=pitch), ListingState.LISTED, said)


def _withdraw(request: SignedInRequest, market: Market, chosen: list[int]) -> HttpResponse:
    note = clean_text(request.POST.get("note", ""))[:LONGEST_NOTE]
    listings = scope.listings_of(request.user).filter(market=market, product__in=chosen).order_by("rank", "product_id")
    said = (_("withdrawn"), _("it was withdrawn already"))
    told = []
    for listing in listings.select_related("product__producer", "market"):
        verb = _withdrawal(listing, note, by=request.user)
        told.append(_tell(listing, listing.product, verb, ListingState.WITHDRAWN, said))
    return _told_page(request, market, told, missing=len(chosen) - len(told))


def _withdrawal(listing: MarketListing, note: str, *, by: User) -> Callable[[], None]:
    return lambda: listing.withdraw(by=by, why=note)


def _tell(
    listing: MarketListing, product: Product, verb: Callable[[], None], wanted: ListingState, said: tuple[str, str]
) -> Told:
    """Call the verb; what stands as it was wanted by now is no fault (a second press, or a colleague)."""
    done, before = said
    try:
        verb()
    except (Refused, ValidationError) as refusal:
        if not isinstance(refusal, Refused):
            return Told(product, "bad", " ".join(refusal.messages))
        if listing.pk and listing.state == wanted:
            return Told(product, "info", before)
        return Told(product, "bad", str(refusal.message))
    return Told(product, "ok", done)


def _keys(data: QueryDict, name: str = "product") -> list[int]:
    """The products named, each once, at most 200."""
    said = dict.fromkeys(int(pk) for pk in data.getlist(name) if pk.isdecimal() and len(pk) < 19)
    return list(said)[:MOST]


def _pitch_page(request: SignedInRequest, market: Market, form: PitchesForm, *, status: int = 200) -> HttpResponse:
    context = {"title": _("%(market)s: offer several products") % {"market": market}, "market": market, "form": form}
    return desk_page(request, "listing_bulk", context, status=status)


def _told_page(
    request: SignedInRequest, market: Market, told: list[Told], *, missing: int = 0, problem: str = ""
) -> HttpResponse:
    context = {
        "title": _("What became of them"),
        "market": market,
        "told": told,
        "missing": missing,
        "problem": problem,
    }
    return desk_page(request, "listing_bulk_told", context, status=422 if problem else 200)
