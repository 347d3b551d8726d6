"""The product list around its cards: filters to choose, chips to remove, sentences about what was left out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from catalog import filters as asked
from catalog.cards import cards
from catalog.filters import Ignored, Read, read
from catalog.list_facets import Pairs, band_labels, business_labels, facets_to_choose, told
from catalog.no_results import nothing_found
from catalog.search import BadCursor, Found, Sort, TooSlow, find
from catalog.showing_facts import dotted
from catalog.target_markets import target_market_choices
from catalog.vocabulary import vocabulary
from kit.languages import pick
from kit.units import format_number


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
        "facets": facets_to_choose(wanted, found.counts),
        "counted_at": found.counts.counted_at if found.counts else None,
        "meant": _meant(wanted, found, path),
        "nothing": None
        if found.products
        else nothing_found(wanted, found, _narrowing_chips(wanted), _elsewhere(wanted, path)),
        "status": 503 if found.is_given_up else 200,
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
    correcting = not wanted.is_exact
    try:
        return find(wanted.query, wanted.filters, after or None, sort=wanted.sort, correcting=correcting), False
    except BadCursor:
        return find(wanted.query, wanted.filters, sort=wanted.sort, correcting=correcting), True
    except TooSlow:
        note = _("This search took too long and was stopped. Add a word or a filter, or try again in a minute.")
        return Found([], None, None, notes=[note], is_given_up=True), False


def total_text(found: Found, query: str) -> str:
    """How many there are, in words."""
    if found.total is None:
        return ""
    number = format_number(found.total)
    if found.is_capped and found.counts:
        return _("The best %(count)s of %(all)s matches") % {"count": number, "all": told(found.counts.chosen.total)}
    if found.is_capped:
        return _("The best %(count)s matches") % {"count": number}
    if not query and found.counts and found.counts.chosen.total.approximate:
        return _("About %(count)s products") % {"count": number}
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


def canonical(data: QueryDict) -> str:
    """What an address asks for, always written alike: words and known filters, no order or place. "" for nothing."""
    wanted = read(data)
    pairs = _pairs(wanted, filters=False, sort=False)
    pairs += [(name, value) for name in sorted(wanted.chosen) for value in sorted(wanted.chosen[name])]
    return urlencode([pair for pair in pairs if pair[0] != "exact"])


def in_words(query: str) -> list[str]:
    """What a canonical address asks for, for the reader."""
    wanted = read(QueryDict(query))
    said = [f"“{wanted.query}”"] if wanted.query else []
    return said + [label for _name, _value, label in _narrowing_chips(wanted)]


def _pairs(wanted: Read, *, query: bool = True, filters: bool = True, sort: bool = True) -> Pairs:
    """The parameters that make this list, without the parts that a form brings itself."""
    pairs = [("q", wanted.query)] if query and wanted.query else []
    if filters:
        pairs += [(name, value) for name, values in wanted.chosen.items() for value in values]
    if sort and wanted.sort != Sort.RELEVANCE:
        pairs.append(("sort", wanted.sort.value))
    if query and wanted.query and wanted.is_exact:
        pairs.append(("exact", "1"))
    return pairs


def _elsewhere(wanted: Read, path: str) -> Callable[[Collection[str]], str]:
    """The address of this list without some of its parameters."""
    pairs = [pair for pair in _pairs(wanted) if pair[0] != "exact"]
    return lambda names: _address(path, [pair for pair in pairs if pair[0] not in names])


def _meant(wanted: Read, found: Found, path: str) -> dict[str, Any] | None:
    """The query put right, with the address of the other one; None when it was right."""
    if found.meant is None:
        return None
    others = _pairs(wanted, query=False)
    url = _address(path, [("q", found.meant), *others])
    exact = _address(path, [("q", wanted.query), *others, ("exact", "1")])
    return {"query": found.meant, "asked": wanted.query, "is_shown": found.is_corrected, "url": url, "exact_url": exact}


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
    chips = [(f"“{wanted.query}”", _address(path, _pairs(wanted, query=False)))] if wanted.query else []
    for name, value, label in _narrowing_chips(wanted):
        chips.append((label, _address(path, [pair for pair in pairs if pair != (name, value)])))
    return chips


def _narrowing_chips(wanted: Read) -> list[tuple[str, str, str]]:
    """Each value that narrows the list: parameter, value, what it is called."""
    return [
        (name, value, _chip(name, value, labels))
        for name, values in wanted.chosen.items()
        for labels in [_labels(name)]
        for value in values
    ]


def _labels(name: str) -> Mapping[str, str]:
    """What the values of a filter are called on their chips."""
    if name == "category":
        return dict(asked.categories())
    if name == "certificate":
        return dict(asked.certificates())
    if name == "market":
        return {code: _("Offered in %(market)s") % {"market": named} for code, named in target_market_choices()}
    if name == "business":
        return business_labels()
    if name in ("moq", "price", "lead"):
        return {band: _BAND_CHIPS[name] % {"band": label} for band, label in band_labels(name).items()}
    return dict(asked.provinces()) if name == "province" else {}


_BAND_CHIPS = {
    "price": gettext_lazy("Price: %(band)s"),
    "moq": gettext_lazy("Minimum order: %(band)s"),
    "lead": gettext_lazy("Lead time: %(band)s"),
}


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
