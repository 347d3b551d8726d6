"""What a list without products says: which filter to drop and what that would give, and kinds of products nearby."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Final, NamedTuple

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.commodities import find_commodities
from catalog.facet_counts import Count, count
from catalog.filters import Read
from catalog.list_facets import told
from catalog.models import Commodity, Product
from catalog.narrowing import Filters, text_condition
from catalog.search import Found
from catalog.search_query import parse
from kit.limited_reads import TooSlow

MOST_NEARBY: Final = 4
TYPED: Final = {"price": "price_max", "moq": "moq_max", "lead": "lead_max"}


class Way(NamedTuple):
    """A way on from an empty list: what to do, where that leads, how many products are there in words."""

    label: str
    url: str
    amount: str = ""


class Nothing(NamedTuple):
    """What an empty list says. `is_unmet`: the words find nothing, with no filter but the `market`; "" without one."""

    drops: list[Way]
    nearby: list[Way]
    is_unmet: bool
    market: str = ""


def nothing_found(
    wanted: Read,
    found: Found,
    chips: list[tuple[str, str, str]],
    without: Callable[[Collection[str]], str],
) -> Nothing:
    """The ways on. `chips`: parameter, value and name of what narrows the list; `without` gives addresses."""
    if found.counts is None:
        return Nothing([], nearby(wanted.query), is_unmet=False)
    try:
        drops = _drops(wanted, found, chips, without)
        markets = wanted.filters.markets
        is_unmet = bool(wanted.query) and not _is_met(wanted)
        return Nothing(drops, nearby(wanted.query), is_unmet, markets[0] if len(markets) == 1 else "")
    except TooSlow:
        return Nothing([], [], is_unmet=False)


def nearby(query: str) -> list[Way]:
    """Kinds of products that are called alike and that somebody offers."""
    if not query:
        return []
    near = [found.commodity for found in find_commodities(query, 3 * MOST_NEARBY)]
    public = Product.objects.filter(commodity=OuterRef("pk"), search__isnull=False)
    offered = Commodity.objects.filter(Exists(public), pk__in=[commodity.pk for commodity in near])
    keys = set(offered.values_list("pk", flat=True))
    names = [str(commodity) for commodity in near if commodity.pk in keys and str(commodity) != query]
    base = reverse("product_list")
    return [Way(name, f"{base}?{urlencode({'q': name})}") for name in names[:MOST_NEARBY]]


def _drops(
    wanted: Read, found: Found, chips: list[tuple[str, str, str]], without: Callable[[Collection[str]], str]
) -> list[Way]:
    """Each facet whose choice may be dropped, the one that gives most first; then all of them, or the words."""
    assert found.counts is not None  # noqa: S101  the caller has looked
    ways = []
    for facet, tally in found.counts.without.items():
        names = {facet, TYPED.get(facet, facet)}
        label = ", ".join(chip for name, _value, chip in chips if name in names)
        ways.append((tally.total, _("Without “%(filter)s”") % {"filter": label}, without(names)))
    if wanted.query and len(ways) > 1:
        every = {name for name, _value, _chip in chips}
        ways.append((_total_of_text(wanted.query, Filters()), _("Without any filter"), without(every)))
    if wanted.query and ways:
        words = _("Without “%(filter)s”") % {"filter": wanted.query}
        ways.append((count(wanted.filters, [], timezone.now().date()).chosen.total, words, without({"q"})))
    ways.sort(key=lambda way: -way[0].n)
    return [Way(label, url, _products(total)) for total, label, url in ways if total.n]


def _is_met(wanted: Read) -> bool:
    """Whether the words find something when only the market is kept."""
    if wanted.filters in (Filters(), Filters(markets=wanted.filters.markets)):
        return False
    return bool(_total_of_text(wanted.query, Filters(markets=wanted.filters.markets)).n)


def _total_of_text(query: str, filters: Filters) -> Count:
    asked = parse(query)
    return count(filters, [text_condition(asked)] if asked else [], timezone.now().date()).chosen.total


def _products(total: Count) -> str:
    return ngettext("%(count)s product", "%(count)s products", total.n) % {"count": told(total)}
