"""Money is a Decimal beside an ISO 4217 code; amounts of different currencies are never added here."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from django.utils import formats, translation
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

MAX_PLACES: Final = 4
"""A unit price may be finer than the coins of its currency (USD 0.0425 a piece)."""


class Currency(NamedTuple):
    """A currency we offer: its name, and the digits after its decimal sign (ISO 4217, 2024)."""

    name: StrPromise
    digits: int


CURRENCIES: Final[dict[str, Currency]] = {
    "USD": Currency(_("US dollar"), 2),
    "EUR": Currency(_("Euro"), 2),
    "IDR": Currency(_("Indonesian rupiah"), 2),
    "ARS": Currency(_("Argentine peso"), 2),
    "BRL": Currency(_("Brazilian real"), 2),
    "CLP": Currency(_("Chilean peso"), 0),
    "COP": Currency(_("Colombian peso"), 2),
    "MXN": Currency(_("Mexican peso"), 2),
    "PEN": Currency(_("Peruvian sol"), 2),
    "AUD": Currency(_("Australian dollar"), 2),
    "BBD": Currency(_("Barbados dollar"), 2),
    "BOB": Currency(_("Bolivian boliviano"), 2),
    "BSD": Currency(_("Bahamian dollar"), 2),
    "BZD": Currency(_("Belize dollar"), 2),
    "CNY": Currency(_("Chinese yuan"), 2),
    "CRC": Currency(_("Costa Rican colón"), 2),
    "CUP": Currency(_("Cuban peso"), 2),
    "DOP": Currency(_("Dominican peso"), 2),
    "GBP": Currency(_("Pound sterling"), 2),
    "GTQ": Currency(_("Guatemalan quetzal"), 2),
    "GYD": Currency(_("Guyanese dollar"), 2),
    "HNL": Currency(_("Honduran lempira"), 2),
    "HTG": Currency(_("Haitian gourde"), 2),
    "JMD": Currency(_("Jamaican dollar"), 2),
    "JPY": Currency(_("Japanese yen"), 0),
    "MYR": Currency(_("Malaysian ringgit"), 2),
    "NIO": Currency(_("Nicaraguan córdoba"), 2),
    "PAB": Currency(_("Panamanian balboa"), 2),
    "PYG": Currency(_("Paraguayan guaraní"), 0),
    "SGD": Currency(_("Singapore dollar"), 2),
    "SRD": Currency(_("Surinamese dollar"), 2),
    "TTD": Currency(_("Trinidad and Tobago dollar"), 2),
    "UYU": Currency(_("Uruguayan peso"), 2),
    "VES": Currency(_("Venezuelan bolívar"), 2),
    "XCD": Currency(_("East Caribbean dollar"), 2),
}


def list_choices() -> Iterable[tuple[str, StrPromise]]:
    """The currencies as choices of a field, the usual ones first."""
    return [(code, currency.name) for code, currency in CURRENCIES.items()]


CURRENCY_CHOICES: Final = list_choices()


def minor_digits(currency: str) -> int:
    """Digits after the decimal sign; 2 for a currency we do not offer."""
    return CURRENCIES[currency].digits if currency in CURRENCIES else 2


def quantize(amount: Decimal, currency: str) -> Decimal:
    """The amount in whole coins of its currency, rounded half up; for totals, not for unit prices."""
    return amount.quantize(Decimal(1).scaleb(-minor_digits(currency)), ROUND_HALF_UP)


def format_money(amount: Decimal, currency: str, language: str | None = None) -> str:
    """An amount as a reader of `language` (default: the active one) writes it: “USD 6.80”, in Spanish “USD 6,80”.

    Shows all digits of the currency's coins, and up to 4 where the price is finer, rounded half up.
    """
    exact = amount.quantize(Decimal(1).scaleb(-MAX_PLACES), ROUND_HALF_UP).normalize()
    places = max(minor_digits(currency), -int(exact.as_tuple().exponent))
    with translation.override(language) if language else nullcontext():
        number = formats.number_format(exact, decimal_pos=places, force_grouping=True)
    return f"{currency}\u00a0{number}"
