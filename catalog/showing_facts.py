"""The facts of an export passport in the reader's words: (label, value) pairs, and the tables beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple

from django.utils import formats
from django.utils.html import format_html
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from catalog import attributes
from catalog.loading import Loading
from catalog.models import BusinessModel, HSCode, Passport, PriceOffer
from catalog.unit_names import quantity, unit_name
from catalog.vocabulary import Place, vocabulary
from exporters.models import Certificate
from kit.languages import content_key, pick
from kit.money import format_money
from kit.units import format_cbm, format_dimensions, format_kg, format_number

Pair = tuple[str, str]
SOON_DAYS: Final = 90
SHORT_NAME: Final = 18


class Tiers(NamedTuple):
    """The prices of one Incoterms rule at one place in one currency; an expired price is None."""

    caption: str
    price_label: str
    rows: list[tuple[str, str | None, date]]


def dotted(code: str | None) -> str:
    """An HS code as customs write it: 640399 → 6403.99."""
    return f"{code[:4]}.{code[4:]}" if code and len(code) > 4 else code or ""


def days(number: int | None) -> str:
    """A number of days; "" when it is not known."""
    if number is None:
        return ""
    return ngettext("%(count)d day", "%(count)d days", number) % {"count": number}


def in_reader_language(texts: dict[str, str] | None) -> str:
    """A text, marked with its language when that is not the reader's."""
    text, language = pick(texts)
    if not text or language == content_key(get_language()):
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


def passport_facts(passport: Passport, place: Place | None, loading: Loading) -> list[Pair]:
    """Every fact that is known, in the order of the passport."""
    rows = [
        (_("HS code"), hs_named(passport.hs6)),
        (_("Origin"), f"{place.regency}, {place.province}, Indonesia" if place else "Indonesia"),
        (_("Materials"), in_reader_language(passport.materials)),
        (_("Origin of materials"), in_reader_language(passport.materials_origin)),
        *attributes.shown(vocabulary().template_of(passport.category_id), passport.attributes),
        (_("Minimum order"), quantity(passport.moq, passport.unit_id)),
        (_("Capacity per month"), quantity(passport.capacity_per_month, passport.unit_id)),
        (_("Lead time"), days(passport.lead_time_days)),
        (_("Samples"), _samples(passport)),
        (_("Note on samples"), in_reader_language(passport.sample_note)),
        (_("Brand"), passport.brand),
        (_("Made as"), _business_models(passport)),
        (_("Shelf life"), days(passport.shelf_life_days)),
        (_("Storage"), in_reader_language(passport.storage)),
        (_("Packing"), _carton_text(passport)),
        (_("Volume of a carton (CBM)"), format_cbm(loading.cbm) if loading.cbm else ""),
        (_("Note on packing"), in_reader_language(passport.packing_note)),
    ]
    return [(label, value) for label, value in rows if value]


def price_tiers(offers: Iterable[PriceOffer], unit_id: str | None, today: date) -> list[Tiers]:
    """The price tiers, a table for each rule, place and currency; those with a price that holds come first."""
    tables: dict[tuple[str, str, str], Tiers] = {}
    unit = unit_name(unit_id)
    for offer in sorted(offers, key=lambda one: (one.incoterm_id, one.place, one.currency, one.from_quantity)):
        key = (offer.incoterm_id, offer.place, offer.currency)
        if key not in tables:
            label = _("%(currency)s per %(unit)s") % {"currency": offer.currency, "unit": unit} if unit else key[2]
            tables[key] = Tiers(f"{offer.incoterm_id} {offer.place} (Incoterms 2020)", label, [])
        amount = format_money(offer.unit_price, offer.currency).partition("\u00a0")[2]
        tables[key].rows.append(
            (quantity(offer.from_quantity, unit_id), None if offer.is_expired(today) else amount, offer.valid_until)
        )
    return sorted(tables.values(), key=lambda table: all(price is None for _from, price, _until in table.rows))


def container_loads(loading: Loading, unit_id: str | None) -> list[Pair]:
    """How many units fit into the usual containers, by volume and by payload; nothing while the carton is unknown."""
    return [(one.name, quantity(one.units, unit_id)) for one in loading.containers if one.units]


def latest(valid: Sequence[Certificate]) -> list[Certificate]:
    """Valid certificates without those that another of them renews."""
    renewed = {certificate.renews_id for certificate in valid}
    return [certificate for certificate in valid if certificate.pk not in renewed]


def certificate_rows(certificates: Iterable[Certificate], today: date) -> list[dict[str, object]]:
    """Valid certificates for the table, the newest of those that renew one another; who lapses soon says so."""
    types = vocabulary().certificate_types
    rows: list[dict[str, object]] = []
    for certificate in latest(list(certificates)):
        left = (certificate.expires_on - today).days if certificate.expires_on else None
        is_soon = left is not None and left <= SOON_DAYS
        state = ngettext("expires in %(count)d day", "expires in %(count)d days", left or 0) % {"count": left or 0}
        kind = types.get(certificate.type_id) or certificate.type
        rows.append(
            {
                "name": pick(kind.name).text or kind.code,
                "number": certificate.number if kind.gives_badge else "",
                "issuer": certificate.issuer,
                "valid_until": certificate.expires_on,
                "kind": "warn" if is_soon else "ok",
                "state": state if is_soon else _("verified"),
            }
        )
    return rows


def badge_names(certificates: Iterable[Certificate]) -> list[str]:
    """The badges of valid certificates, each once."""
    types = vocabulary().certificate_types
    held = [one.type_id for one in certificates if one.type_id in types and types[one.type_id].gives_badge]
    return [badge_name(code) for code in dict.fromkeys(held)]


def badge_name(code: str) -> str:
    """A certificate type in few words for a badge: its name when that is short, else its code."""
    kind = vocabulary().certificate_types.get(code)
    name = pick(kind.name).text if kind else ""
    return name if 0 < len(name) <= SHORT_NAME else re.sub(r"^ISO(?=\d)", "ISO ", code)


def hs_named(hs6: HSCode | None) -> str:
    """The code and its name, marked as English: the Harmonized System is kept in no other language. "" without one."""
    if hs6 is None:
        return ""
    return format_html('{} <span class="muted" lang="en">{}</span>', hs6.dotted, hs6.name)


def _samples(passport: Passport) -> str:
    parts = [
        quantity(passport.sample_quantity, passport.unit_id),
        format_money(passport.sample_price, passport.sample_currency)
        if passport.sample_price and passport.sample_currency
        else (_("free of charge") if passport.sample_price == 0 else ""),
        ngettext("sent within %(count)d day", "sent within %(count)d days", passport.sample_days)
        % {"count": passport.sample_days}
        if passport.sample_days
        else "",
    ]
    return "; ".join(part for part in parts if part)


def _business_models(passport: Passport) -> str:
    labels = dict(BusinessModel.choices)
    return ", ".join(str(labels[name]) for name in passport.business_models if name in labels)


def _carton_text(passport: Passport) -> str:
    parts = []
    if passport.units_per_carton:
        parts.append(_("%(quantity)s a carton") % {"quantity": quantity(passport.units_per_carton, passport.unit_id)})
    if passport.carton_length_cm and passport.carton_width_cm and passport.carton_height_cm:
        parts.append(format_dimensions(passport.carton_length_cm, passport.carton_width_cm, passport.carton_height_cm))
    if passport.gross_kg:
        parts.append(_("%(weight)s gross") % {"weight": format_kg(passport.gross_kg)})
    if passport.net_kg:
        parts.append(_("%(weight)s net") % {"weight": format_kg(passport.net_kg)})
    return ", ".join(parts)


def confirmed_text(passport: Passport) -> str:
    """When the producer last confirmed the facts; "" when never."""
    if passport.confirmed_on is None:
        return ""
    return _("Facts confirmed by the producer on %(day)s.") % {"day": formats.date_format(passport.confirmed_on)}


def number(value: int | None) -> str:
    """A count in the reader's format; "" when unknown."""
    return format_number(value) if value is not None else ""
