"""The ten facets of the product list: what may be chosen, what it is called, how many products it would show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from catalog import facets
from catalog import filters as asked
from catalog.facet_counts import Count, Counts
from catalog.filters import Read
from catalog.models import BusinessModel
from catalog.narrowing import BOUNDS
from catalog.showing_facts import dotted
from catalog.target_markets import target_market_choices
from catalog.vocabulary import vocabulary
from kit.languages import pick
from kit.units import format_number

Pairs = list[tuple[str, str]]
LONGEST_CHAPTER: Final = 48
CHAPTER: Final = 2  # digits
CENT: Final = Decimal("0.01")


class Option(NamedTuple):
    """A value to choose in a facet. `amount`: how many products it would show, in words; "" when not known."""

    value: str
    label: str
    checked: bool
    amount: str = ""
    lang: str = ""


class Typed(NamedTuple):
    """A number to type below the values of a facet."""

    name: str
    label: str
    suffix: str
    value: str


class Facet(NamedTuple):
    """A facet of the filter form."""

    title: str
    name: str
    kind: str
    is_open: bool
    options: tuple[Option, ...]
    typed: Typed | None = None


def facets_to_choose(wanted: Read, counts: Counts | None) -> list[Facet]:
    """The facets with their values, those that are chosen marked; values that would show nothing are left out."""
    chosen = wanted.chosen
    typed = _typed_numbers(wanted)

    def facet(title: str, name: str, choices: Iterable[tuple[str, str]], *, is_open: bool = False) -> Facet:
        marked = set(chosen.get(name, ()))
        options = tuple(_options(name, choices, marked, counts))
        box = typed.get(name)
        return Facet(title, name, "checkbox", is_open or bool(marked) or bool(box and box.value), options, box)

    every = [
        facet(_("Category"), "category", _category_choices(chosen.get("category", [])), is_open=True),
        facet(_("Offered in"), "market", target_market_choices()),
        facet(_("Certificate, still valid"), "certificate", asked.certificates()),
        facet("Incoterm", "incoterm", [(code, code) for code in vocabulary().incoterms]),
        facet(_("Price per unit"), "price", band_labels("price").items()),
        facet(_("Minimum order"), "moq", band_labels("moq").items()),
        facet(_("Lead time"), "lead", band_labels("lead").items()),
        facet(_("Province"), "province", _province_choices(chosen.get("province", []))),
        facet(_("HS code"), "hs", _chapter_choices(wanted)),
        facet(_("Made as"), "business", business_labels().items()),
    ]
    return [one for one in every if one.options or one.typed]


def band_labels(name: str) -> dict[str, str]:
    """What the bands of a number are called, by their name in an address."""
    bounds = BOUNDS[name][1]
    step = {"price": CENT, "moq": Decimal(1), "lead": Decimal(1)}[name]
    within, below, above = {
        "price": (_("USD %(low)s–%(high)s"), _("Below USD %(high)s"), _("USD %(low)s or more")),
        "moq": ("%(low)s–%(high)s", _("Below %(high)s"), _("%(low)s or more")),
        "lead": (_("%(low)s–%(high)s days"), _("Below %(high)s days"), _("%(low)s days or more")),
    }[name]
    labels = {}
    for band in facets.bands(bounds):
        low, _to, high = band.partition("-")
        sentence = above if not high else within if low != "0" else below
        last = Decimal(high or 0) - (step if low != "0" else 0)
        labels[band] = sentence % {"low": format_number(Decimal(low)), "high": format_number(last)}
    return labels


def business_labels() -> dict[str, str]:
    """What the business models are called."""
    return {value: str(label).capitalize() if label[0].islower() else str(label) for value, label in _models()}


def told(count: Count) -> str:
    """A count in words: "214", "about 12,000"."""
    number = format_number(Decimal(count.n))
    return _("about %(number)s") % {"number": number} if count.approximate else number


def code_of(name: str, value: str) -> int:
    """The facet code of a value in an address."""
    if name in BOUNDS:
        facet, bounds = BOUNDS[name]
        return facets.code(facet, facets.bands(bounds)[value])
    if name == "category":
        return facets.category(vocabulary().category_keys[value])
    return _CODES[name](value)


_CODES: Final = {
    "hs": facets.hs,
    "market": facets.market,
    "certificate": facets.certificate,
    "incoterm": facets.incoterm,
    "province": facets.province,
    "business": facets.business,
}


def _models() -> list[tuple[str, str]]:
    return [(model.value, str(model.label)) for model in BusinessModel]


def _options(
    name: str, choices: Iterable[tuple[str, str]], marked: set[str], counts: Counts | None
) -> Iterable[Option]:
    lang = "en" if name == "hs" else ""
    for value, label in choices:
        is_counted = counts and not (name == "hs" and len(value) > CHAPTER)
        count = counts.of(name, code_of(name, value)) if counts and is_counted else None
        if value in marked or count is None or count.n:
            yield Option(value, label, value in marked, told(count) if count else "", lang)


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


def _short(name: str) -> str:
    """The name of a chapter as far as its first break, or cut between words."""
    first = name.split(";")[0].split(",")[0]
    return first if len(first) <= LONGEST_CHAPTER else f"{first[:LONGEST_CHAPTER].rsplit(' ', 1)[0]}…"


def _chapter_choices(wanted: Read) -> Pairs:
    """The chapters; and the headings that are chosen beyond the one in the box."""
    chapters = [(code, f"{code} {_short(name)}") for code, name in vocabulary().chapters.items()]
    return [*((digits, dotted(digits)) for digits in _headings(wanted)[1:]), *chapters]


def _headings(wanted: Read) -> list[str]:
    return [digits for digits in wanted.chosen.get("hs", []) if len(digits) > CHAPTER]


def _typed_numbers(wanted: Read) -> Mapping[str, Typed]:
    """The numbers to type, by the facet below which they stand."""

    def typed(name: str, label: str, suffix: str = "") -> Typed:
        values = wanted.chosen.get(name, [])
        return Typed(name, label, suffix, format_number(Decimal(values[0])) if values else "")

    longer = _headings(wanted)
    return {
        "moq": typed("moq_max", _("At most")),
        "price": typed("price_max", _("At most"), "USD"),
        "lead": typed("lead_max", _("At most"), _("days")),
        "hs": Typed("hs", _("2, 4 or 6 digits"), "", dotted(longer[0]) if longer else ""),
    }
