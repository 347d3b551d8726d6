"""An embassy's markets at a glance: numbers on the first page of the desk, and the list behind each."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from accounts.models import User
from catalog.models import PriceOffer
from exporters.models import Certificate
from kit.bars import Bars, bars_of
from kit.csv_export import csv_response
from kit.keyset import Keyset
from kit.money import format_money
from markets import glance, scope
from markets.admin.page import desk_page, page_links, page_of
from markets.models import Market, MarketListing

LEADING: Final = 5  # of each list, on the first page
CHARTED: Final = 8


class Cell(NamedTuple):
    """A cell of a list: the heading of its column, its text, and where it leads."""

    heading: str
    text: object
    url: str = ""


@dataclass(frozen=True)
class GlanceList:
    """A list that a number of the first page leads to. `words` selects its rows, `cells` writes one of them."""

    title: Promise
    note: Promise
    words: Callable[[User], QuerySet[Any]]
    order: Keyset
    cells: Callable[[Any], list[Cell]]


@dataclass(frozen=True)
class Glance:
    """The markets of one person: numbers with their lists, the searches in vain, and what leads."""

    figures: list[tuple[int, str, str]]
    waiting: Bars
    searches: Bars
    leading: list[MarketListing]


def _certificate(row: Certificate) -> list[Cell]:
    return [
        Cell(_("Certificate"), row.type, reverse("admin:certificate_review", args=[row.pk])),
        Cell(_("Producer"), row.producer.trade_name),
        Cell(_("Number"), row.number),
        Cell(_("Last day"), row.expires_on),
    ]


def _price(row: PriceOffer) -> list[Cell]:
    product = row.product
    assert product is not None  # noqa: S101  the words select prices of products only
    return [
        Cell(_("Product"), product, reverse("product_detail", args=[product.slug])),
        Cell(_("Producer"), product.producer.trade_name),
        Cell(_("Terms"), f"{row.incoterm_id} {row.place}"),
        Cell(_("Price"), format_money(row.unit_price, row.currency)),
        Cell(_("Last day"), row.valid_until),
    ]


def _listing(row: MarketListing) -> list[Cell]:
    return [
        Cell(_("Product"), row.product, reverse("admin:listing_decide", args=[row.market_id, row.product_id])),
        Cell(_("Producer"), row.product.producer.trade_name),
        Cell(_("Market"), row.market),
        Cell(_("Rank"), row.rank),
        Cell(_("Promoted until"), row.promoted_until),
    ]


LISTS: Final = {
    "certificates": GlanceList(
        gettext_lazy("Certificates running out"),
        gettext_lazy("Of products that are offered in your markets; they end within 30 days and are not renewed yet."),
        lambda user: glance.certificates_ending(user).select_related("type", "producer"),
        Keyset("glance certificates", [("expires_on", "asc"), ("pk", "asc")]),
        _certificate,
    ),
    "prices": GlanceList(
        gettext_lazy("Prices running out"),
        gettext_lazy(
            "Of products that are offered in your markets; within 30 days they are shown as “on request”, "
            "unless the producer renews them."
        ),
        lambda user: glance.prices_ending(user).select_related("product__producer"),
        Keyset("glance prices", [("valid_until", "asc"), ("pk", "asc")]),
        _price,
    ),
    "leading": GlanceList(
        gettext_lazy("Products that lead"),
        gettext_lazy("What is offered in your markets, as the missions ranked it."),
        lambda user: glance.leading_products(user).select_related("product__producer", "market"),
        Keyset("glance leading", [("rank", "asc"), ("pk", "asc")]),
        _listing,
    ),
}


@require_safe
@permission_required("markets.decide_listing", raise_exception=True)
def glance_list(request: SignedInRequest, which: str) -> HttpResponseBase:
    """Certificates or prices that run out, or the products that lead; `format=csv` downloads all of them."""
    if which not in LISTS:
        raise Http404
    shown = LISTS[which]
    rows = shown.words(request.user)
    if request.GET.get("format") == "csv":
        return csv_response(f"my-markets-{which}", *_table(shown, rows.order_by(*shown.order.fields)))
    page = page_of(request, shown.order, rows)
    context = {
        "title": shown.title,
        "note": shown.note,
        "rows": [[_shown(cell) for cell in shown.cells(row)] for row in page.items],
        "total": rows.count(),
        **page_links(request, page),
    }
    return desk_page(request, "glance_list", context)


@require_safe
@permission_required("markets.decide_listing", raise_exception=True)
def market_searches(request: SignedInRequest) -> HttpResponseBase:
    """What buyers looked for in vain in the person's markets; `format=csv` downloads it."""
    rows = glance.asked_in_vain(request.user)
    names = {market.pk: str(market) for market in scope.markets_to_decide(request.user)}
    told = [(row["text"], row["total"], ", ".join(names[code] for code in row["markets"]), row["last"]) for row in rows]
    if request.GET.get("format") == "csv":
        header = [_("Words"), _("Visits"), _("Markets"), _("Last asked")]
        return csv_response("my-markets-searches", header, told)
    context = {
        "title": _("Searches without results"),
        "rows": [(*row, f"{reverse('admin:search_explain')}?{urlencode({'q': row[0]})}") for row in told],
        "chart": _searches(rows),
    }
    return desk_page(request, "market_searches", context)


def of(user: User, waiting: Iterable[tuple[Market, int]]) -> Glance:
    """The markets of `user`; `waiting` is how many listings wait in each."""
    waiting = [row for row in waiting if row[1]]
    searches = glance.asked_in_vain(user)
    figures = [
        (sum(number for _market, number in waiting), _("listings wait"), reverse("admin:listing_markets")),
        _figure("certificates", _("certificates run out within 30 days"), user),
        _figure("prices", _("prices run out within 30 days"), user),
        (len(searches), _("searches found nothing, 90 days"), reverse("admin:market_searches")),
        _figure("leading", _("products are offered"), user),
    ]
    leading = glance.leading_products(user).select_related("product", "market").order_by("rank", "pk")
    busiest = sorted(waiting, key=lambda row: -row[1])[:CHARTED]
    return Glance(
        figures, bars_of(_("Listings that wait, by market"), busiest), _searches(searches), list(leading[:LEADING])
    )


def _figure(which: str, label: str, user: User) -> tuple[int, str, str]:
    return LISTS[which].words(user).count(), label, reverse("admin:glance_list", args=[which])


def _searches(rows: Iterable[dict[str, Any]]) -> Bars:
    first = [(row["text"], row["total"]) for row in rows][:CHARTED]
    return bars_of(_("Searches without results in your markets, 90 days"), first)


def _table(shown: GlanceList, rows: QuerySet[Any]) -> tuple[list[str], Iterator[list[object]]]:
    """Heading and lines of the download; the heading needs a row's cells, or is empty with nothing to say."""
    first = rows.first()
    header = [cell.heading for cell in shown.cells(first)] if first else [str(shown.title)]
    return header, ([cell.text for cell in shown.cells(row)] for row in rows.iterator(chunk_size=500))


def _shown(cell: Cell) -> Cell:
    """The cell as a page writes it: days in words, an empty one as a dash."""
    text = date_format(cell.text) if isinstance(cell.text, datetime.date) else cell.text
    return cell._replace(text="–" if text in (None, "") else text)
