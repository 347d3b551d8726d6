"""What may stand in the address of a product list: the filters are validated here, and only here.

A page reads them with `read`, which keeps every good value and names the others; the API refuses the whole
(`ProductFilter(data).errors`). Neither touches a queryset: `catalog.search.find` does the work.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from decimal import Decimal
from typing import Any, ClassVar, Final, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import Filter, FilterSet

from catalog import facets
from catalog.commodities import hs_digits
from catalog.models import ProductSearch
from catalog.narrowing import BOUNDS
from catalog.query_bounds import take_bounds
from catalog.search import Filters, Sort
from catalog.search_query import MAX_QUERY
from catalog.target_markets import TARGET_MARKETS
from catalog.vocabulary import vocabulary
from kit.languages import pick
from kit.numbers import NumberField
from kit.text import clean_name

MOST_VALUES: Final = 20


def categories() -> list[tuple[str, str]]:
    """Categories by slug, the upper level each before its children."""
    rows = vocabulary()
    ordered = [one for top in rows.top_categories() for one in (top, *rows.children_of(top.pk))]
    return [(category.slug, pick(category.name).text) for category in ordered]


def certificates() -> list[tuple[str, str]]:
    """Certificate types that give a badge."""
    rows = vocabulary().certificate_types.values()
    return [(row.code, pick(row.name).text or row.code) for row in rows if row.gives_badge]


def _badge_types() -> set[str]:
    return {row.code for row in vocabulary().certificate_types.values() if row.gives_badge}


def provinces() -> list[tuple[str, str]]:
    """Provinces in alphabetical order."""
    return list(vocabulary().provinces.items())


def _bands(name: str) -> dict[str, int]:
    return facets.bands(BOUNDS[name][1])


class KnownField(forms.Field):
    """A value out of a reference table; `known` gives the values of the moment."""

    def __init__(self, known: Callable[[], Container[str]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known = known

    def clean(self, value: Any) -> str:
        if value not in self.known():
            raise ValidationError(_("Unknown value: %(value)s."), code="unknown", params={"value": str(value)[:40]})
        return str(value)


class HSField(forms.CharField):
    """A chapter, heading or subheading of the HS: 2, 4 or 6 digits, with or without dots."""

    def clean(self, value: Any) -> str:
        digits = hs_digits(super().clean(value)) or ""
        if value and len(digits) not in (2, 4, 6):
            raise ValidationError(_("An HS code has 2, 4 or 6 digits."), code="hs")
        return digits


class SeveralField(forms.Field):
    """Several values of one kind, each judged by `one`; `clean_each` says which hold."""

    widget = forms.SelectMultiple

    def __init__(self, one: forms.Field, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.one = one

    def clean_each(self, values: list[str]) -> tuple[list[Any], list[str]]:
        """The good values without repetition, and the bad ones as they came."""
        good, bad = [], []
        for value in values[:MOST_VALUES]:
            try:
                good.append(self.one.clean(value))
            except ValidationError:
                bad.append(value)
        return list(dict.fromkeys(one for one in good if one)), [*bad, *values[MOST_VALUES:]]

    def clean(self, value: Any) -> list[Any]:
        good, bad = self.clean_each(list(value or []))
        if bad:
            raise ValidationError(_("Unknown value: %(value)s."), code="unknown", params={"value": bad[0][:40]})
        return good


class Several(Filter):
    """A filter with alternatives."""

    field_class = SeveralField


def _several(label: Any, one: forms.Field) -> Several:
    return Several(label=label, one=one)


def _number(label: Any, top: int, *, whole: bool = False) -> Filter:
    class Number(Filter):
        field_class = NumberField

    places = {"decimal_places": 0} if whole else {"decimal_places": 4}
    return Number(label=label, validators=[MinValueValidator(Decimal("0.0001")), MaxValueValidator(top)], **places)


class ProductFilter(FilterSet):
    """The filters of a product list; validates, never filters."""

    category = _several(gettext_lazy("Category"), KnownField(lambda: vocabulary().category_keys))
    hs = _several(gettext_lazy("HS code"), HSField(max_length=12))
    market = _several(gettext_lazy("Offered in"), KnownField(lambda: TARGET_MARKETS))
    certificate = _several(gettext_lazy("Certificate, still valid"), KnownField(_badge_types))
    incoterm = _several(gettext_lazy("Incoterm"), KnownField(lambda: vocabulary().incoterms))
    province = _several(gettext_lazy("Province"), KnownField(lambda: vocabulary().provinces))
    price = _several(gettext_lazy("Price per unit"), KnownField(lambda: _bands("price")))
    moq = _several(gettext_lazy("Minimum order"), KnownField(lambda: _bands("moq")))
    lead = _several(gettext_lazy("Lead time"), KnownField(lambda: _bands("lead")))
    business = _several(gettext_lazy("Made as"), KnownField(lambda: facets.BUSINESS_MODELS))
    moq_max = _number(gettext_lazy("Largest minimum order"), 10**10)
    price_max = _number(gettext_lazy("Highest price per unit (USD)"), 10**10)
    lead_max = _number(gettext_lazy("Longest lead time (days)"), 730, whole=True)

    NUMBERS: ClassVar = ("moq_max", "price_max", "lead_max")

    class Meta:
        model = ProductSearch
        fields: ClassVar[list[str]] = []


class Ignored(NamedTuple):
    """A value of the address that means nothing here."""

    label: str
    value: str


class Read(NamedTuple):
    """An address as the list understands it. `chosen` holds the good values as text, by parameter.

    `is_exact`: the query as it is, not put right.
    """

    query: str
    filters: Filters
    sort: Sort
    chosen: dict[str, list[str]]
    ignored: list[Ignored]
    is_exact: bool = False


def read(data: QueryDict) -> Read:
    """The good values of an address, and those that were ignored; bounds among the words are filters. Never fails."""
    values: dict[str, Any] = {}
    ignored = []
    query, bounds = take_bounds(clean_name(data.get("q", ""))[:MAX_QUERY])
    if bounds:
        data = data.copy()
        data.update(bounds)
    for name, field, raw in fields_named(data):
        if isinstance(field, SeveralField):
            values[name], bad = field.clean_each(raw)
        else:
            values[name], bad = _clean_last(field, raw)
        ignored += [Ignored(str(field.label), clean_name(value)[:40]) for value in bad]
    sort, bad_sorts = _sort(data)
    ignored += [Ignored(_("Sort by"), clean_name(value)[:40]) for value in bad_sorts]
    return Read(query, as_filters(values), sort, _as_text(values), ignored, is_exact=data.get("exact") == "1")


def as_filters(values: dict[str, Any]) -> Filters:
    """Cleaned form values as `find` takes them."""
    by_slug = vocabulary().category_keys
    lead = values.get("lead_max")
    return Filters(
        categories=tuple(by_slug[slug] for slug in values.get("category") or ()),
        hs=tuple(values.get("hs") or ()),
        markets=tuple(values.get("market") or ()),
        certificates=tuple(values.get("certificate") or ()),
        incoterms=tuple(values.get("incoterm") or ()),
        provinces=tuple(values.get("province") or ()),
        prices=tuple(values.get("price") or ()),
        moqs=tuple(values.get("moq") or ()),
        leads=tuple(values.get("lead") or ()),
        business_models=tuple(values.get("business") or ()),
        moq_max=values.get("moq_max"),
        price_max=values.get("price_max"),
        lead_max=int(lead) if lead is not None else None,
    )


def fields_named(data: QueryDict) -> Iterator[tuple[str, forms.Field, list[str]]]:
    """The filters that the address names, with their fields, made once for the process."""
    for name, judged in ProductFilter.base_filters.items():
        raw = [value for value in data.getlist(name) if value.strip()]
        if raw:
            yield name, judged.field, raw


def _clean_last(field: forms.Field, raw: list[str]) -> tuple[Any, list[str]]:
    try:
        return field.clean(raw[-1]), []
    except ValidationError:
        return None, [raw[-1]]


def _sort(data: QueryDict) -> tuple[Sort, list[str]]:
    asked = data.get("sort", "").strip()
    if asked in Sort.values:
        return Sort(asked), []
    return Sort.RELEVANCE, [asked] if asked else []


def _as_text(values: dict[str, Any]) -> dict[str, list[str]]:
    """The good values as they go back into an address: plain numbers, read alike in every language."""
    texts = {}
    for name, value in values.items():
        if isinstance(value, list):
            texts[name] = [str(one) for one in value]
        elif value is not None:
            texts[name] = [_plain(value)]
    return {name: found for name, found in texts.items() if found}


def _plain(number: Decimal) -> str:
    """Digits with a point, never with three decimals: those would read as thousands to a Spanish reader."""
    text = f"{number.normalize():f}"
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text
