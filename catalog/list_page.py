"""The product list around its cards: filters to choose, chips to remove, sentences about what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog import filters as asked
from catalog.cards import cards
from catalog.filters import Ignored, Read, read
from catalog.search import BadCursor, Found, Sort, find
from catalog.showing_facts import dotted
from catalog.target_markets import target_market_choices
from catalog.vocabulary import vocabulary
from kit.languages import pick
from kit.units import format_number

Pairs = list[tuple[str, str]]


class Option(NamedTuple):
    """A value to choose in a facet."""

    value: str
    label: str
    checked: bool


class Facet(NamedTuple):
    """A facet of the filter form."""

    title: str
    name: str
    kind: str
    is_open: bool
    options: tuple[Option, ...]


def list_context(data: QueryDict) -> dict[str, Any]:
    """All that the page `product_list` shows for an address."""
    wanted = read(data)
    after = data.get("after", "")
    found, is_forged = _find(wanted, after)
    after = "" if is_forged else after
    path = reverse("product_list")
    return {
        "heading": _heading(wanted),
        "query": wanted.query,
        "found": found,
        "cards": cards(found.products),
        "total": total_text(found, wanted.query),
        "notes": ignored_notes(wanted.ignored, is_forged=is_forged),
        "infos": found.notes,
        "total_shown": None if found.is_capped else found.total,
        "chips": _chips(wanted, path),
        "clear_url": path,
        "facets": facets_to_choose(wanted),
        "numbers": numbers_to_choose(wanted),
        "active_count": sum(len(values) for values in wanted.chosen.values()),
        "sorts": [(sort.value, sort.label, sort == wanted.sort) for sort in Sort],
        "action": path,
        "kept_by_search": _pairs(wanted, query=False),
        "kept_by_filters": _pairs(wanted, filters=False),
        "kept_by_sort": _pairs(wanted, sort=False),
        "next_url": _address(path, [*_pairs(wanted), ("after", found.next_after)]) if found.next_after else "",
        "first_url": _address(path, _pairs(wanted)) if after else "",
    }


def _find(wanted: Read, after: str) -> tuple[Found, bool]:
    """The page, and whether its position was forged: then it is the first one."""
    try:
        return find(wanted.query, wanted.filters, after or None, sort=wanted.sort), False
    except BadCursor:
        return find(wanted.query, wanted.filters, sort=wanted.sort), True


def total_text(found: Found, query: str) -> str:
    """How many there are, in words."""
    if found.total is None:
        return ""
    number = format_number(found.total)
    if found.is_capped and query:
        return _("The best %(count)s matches") % {"count": number}
    if found.is_capped:
        return _("More than %(count)s products") % {"count": number}
    return ngettext("%(count)s product", "%(count)s products", found.total) % {"count": number}


def ignored_notes(ignored: Iterable[Ignored], *, is_forged: bool = False) -> list[str]:
    """A sentence for each value of the address that meant nothing."""
    notes = [
        _("“%(value)s” is not a value for “%(label)s” and was ignored.") % {"value": one.value, "label": one.label}
        for one in ignored
    ]
    if is_forged:
        notes.append(_("The page that was asked for does not exist; this is the first one."))
    return notes


# --- addresses -----------------------------------------------------------------------------------


def _pairs(wanted: Read, *, query: bool = True, filters: bool = True, sort: bool = True) -> Pairs:
    """The parameters that make this list, without the parts that a form brings itself."""
    pairs = [("q", wanted.query)] if query and wanted.query else []
    if filters:
        pairs += [(name, value) for name, values in wanted.chosen.items() for value in values]
    if sort and wanted.sort != Sort.RELEVANCE:
        pairs.append(("sort", wanted.sort.value))
    return pairs


def _address(path: str, pairs: Iterable[tuple[str, str | None]]) -> str:
    text = urlencode([(name, value) for name, value in pairs if value])
    return f"{path}?{text}" if text else path


# --- what is chosen ------------------------------------------------------------------------------


def _heading(wanted: Read) -> str:
    if len(wanted.filters.categories) == 1:
        return pick(vocabulary().categories[wanted.filters.categories[0]].name).text
    return _("Products")


def _chips(wanted: Read, path: str) -> Pairs:
    pairs = _pairs(wanted)
    chips = [(f"“{wanted.query}”", _address(path, pairs[1:]))] if wanted.query else []
    for name, values in wanted.chosen.items():
        labels = _labels(name)
        for value in values:
            rest = [pair for pair in pairs if pair != (name, value)]
            chips.append((_chip(name, value, labels), _address(path, rest)))
    return chips


def _labels(name: str) -> Mapping[str, str]:
    """What the values of a filter are called on their chips."""
    if name == "category":
        return dict(asked.categories())
    if name == "certificate":
        return dict(asked.certificates())
    if name == "market":
        return {code: _("Offered in %(market)s") % {"market": named} for code, named in target_market_choices()}
    return dict(asked.provinces()) if name == "province" else {}


def _chip(name: str, value: str, labels: Mapping[str, str]) -> str:
    if name == "hs":
        return f"HS {dotted(value)}"
    if name in ("moq_max", "price_max", "lead_max"):
        number = format_number(Decimal(value))
        sentences = {
            "moq_max": _("Minimum order up to %(number)s"),
            "price_max": _("Up to USD %(number)s"),
            "lead_max": _("Within %(number)s days"),
        }
        return sentences[name] % {"number": number}
    return labels.get(value, value)


# --- what may be chosen --------------------------------------------------------------------------


def facets_to_choose(wanted: Read) -> list[Facet]:
    """The facets with their values, those that are chosen marked."""
    chosen = wanted.chosen

    def facet(title: str, name: str, choices: Iterable[tuple[str, str]], *, is_open: bool = False) -> Facet:
        marked = set(chosen.get(name, ()))
        options = tuple(Option(value, label, value in marked) for value, label in choices)
        return Facet(title, name, "checkbox", is_open or bool(marked), options)

    return [
        facet(_("Category"), "category", _category_choices(chosen.get("category", [])), is_open=True),
        facet(_("Offered in"), "market", target_market_choices()),
        facet(_("Certificate, still valid"), "certificate", asked.certificates()),
        facet("Incoterm", "incoterm", [(code, code) for code in vocabulary().incoterms]),
        facet(_("Province"), "province", _province_choices(chosen.get("province", []))),
    ]


def _category_choices(chosen: list[str]) -> Pairs:
    """The upper level; under a chosen category its children, too."""
    rows = vocabulary()
    opened = {rows.path_to(rows.category_keys[slug])[0].pk for slug in chosen}
    choices = []
    for top in rows.top_categories():
        choices.append((top.slug, pick(top.name).text))
        if top.pk in opened:
            choices += [(child.slug, f"– {pick(child.name).text}") for child in rows.children_of(top.pk)]
    return choices


def _province_choices(chosen: list[str]) -> Pairs:
    rows = vocabulary()
    return [(code, name) for code, name in rows.provinces.items() if code in rows.busy_provinces or code in chosen]


def numbers_to_choose(wanted: Read) -> list[dict[str, str]]:
    """The filters with a number to type."""
    fields = [
        ("moq_max", _("Minimum order"), _("At most"), ""),
        ("price_max", _("Price per unit"), _("At most"), "USD"),
        ("lead_max", _("Lead time"), _("At most"), _("days")),
        ("hs", _("HS code"), _("2, 4 or 6 digits"), ""),
    ]
    return [
        {
            "name": name,
            "title": title,
            "label": label,
            "suffix": suffix,
            "value": _typed(name, wanted.chosen.get(name, [])),
        }
        for name, title, label, suffix in fields
    ]


def _typed(name: str, values: list[str]) -> str:
    if not values:
        return ""
    return dotted(values[0]) if name == "hs" else format_number(Decimal(values[0]))
