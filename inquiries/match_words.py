"""What speaks for a product and what is missing, in the reader's words: a sentence for each code of judging.py."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from catalog.models import Commodity
from catalog.showing_facts import dotted
from catalog.unit_names import quantity, unit_name
from catalog.vocabulary import Vocabulary, vocabulary
from kit.countries import country_name
from kit.languages import pick
from kit.money import format_money

SENTENCES: Final[Mapping[str, Promise]] = {
    "commodity": _("It is what was asked for: %(commodity)s."),
    "hs6": _("It has the same HS code, %(hs)s."),
    "hs4": _("It is of the same HS heading, %(hs)s."),
    "hs2": _("It is of the same HS chapter, %(hs)s."),
    "words": _("Its texts say what was asked for: “%(words)s”."),
    "category": _("It is of the category that was asked for: %(category)s."),
    "capacity": _("The capacity suffices: %(capacity)s a month, %(quantity)s are wanted."),
    "capacity_below": _("The capacity is too small: %(capacity)s a month, %(quantity)s are wanted."),
    "capacity_unknown": _("The capacity is not known."),
    "unit_differs": _("It is sold by another unit (%(unit)s), so quantity and price cannot be compared."),
    "moq_above": _("The minimum order is %(moq)s, only %(quantity)s are wanted."),
    "certificate": _("It holds a wanted certificate: %(certificate)s."),
    "certificate_missing": _("A wanted certificate is missing: %(certificate)s."),
    "listed": _("It is offered in %(country)s."),
    "asks": _("Its producer wants to sell in %(country)s."),
    "market_not_asked": _("Its producer did not ask for %(country)s."),
    "lead": _("It can be ready in time: lead time %(days)s, deadline %(deadline)s."),
    "lead_late": _("It cannot be ready in time: lead time %(days)s, deadline %(deadline)s."),
    "lead_unknown": _("The lead time is not known."),
    "price": _("The price is within the target: %(price)s (%(incoterm)s), wanted up to %(target)s."),
    "price_above": _("The price is above the target: %(price)s (%(incoterm)s), wanted up to %(target)s."),
    "price_unknown": _("It has no price that holds."),
    "price_unrated": _("The price is %(price)s (%(incoterm)s); without an exchange rate it cannot be compared."),
}


def sentences(codes: Iterable[Iterable[Any]]) -> list[str]:
    """The findings of a match as sentences; what is no finding of ours is left out."""
    rows = vocabulary()
    told = []
    for entry in codes:
        code, params = entry
        if code in SENTENCES:
            told.append(str(SENTENCES[code]) % _in_words(params, rows))
    return told


def commodity_name(pk: int | None) -> str:
    """A commodity in the reader's language; "" when there is none. No query while the thesaurus is at hand."""
    if pk is None:
        return ""
    names = vocabulary().commodities.get(pk)
    return pick(names).text if names else str(Commodity.objects.filter(pk=pk).first() or "")


def certificate_name(code: str, rows: Vocabulary | None = None) -> str:
    """A certificate type in the reader's language; its code when it is gone."""
    kind = (rows or vocabulary()).certificate_types.get(code)
    return (pick(kind.name).text if kind else "") or code


def _in_words(params: Mapping[str, Any], rows: Vocabulary) -> dict[str, str]:
    unit = params.get("unit")
    written: dict[str, Callable[[Any], str]] = {
        "commodity": commodity_name,
        "hs": dotted,
        "category": lambda pk: pick(rows.categories[pk].name).text if pk in rows.categories else "",
        "capacity": lambda number: quantity(Decimal(number), unit, rows),
        "quantity": lambda number: quantity(Decimal(number), unit, rows),
        "moq": lambda number: quantity(Decimal(number), unit, rows),
        "unit": lambda code: unit_name(code, rows) or "–",
        "certificate": lambda code: certificate_name(code, rows),
        "country": lambda code: country_name(code, get_language()),
        "days": lambda days: ngettext("%(count)d day", "%(count)d days", days) % {"count": days},
        "deadline": lambda day: date_format(datetime.date.fromisoformat(day)),
        "price": lambda amount: format_money(Decimal(amount), params["currency"]),
        "target": lambda amount: format_money(Decimal(amount), params["target_currency"]),
    }
    return {name: written[name](value) if name in written else str(value) for name, value in params.items()}
