"""A buying request in the reader's words: what is coded in their language, what was written as it is."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalog.unit_names import quantity, unit_name
from inquiries.match_words import certificate_name
from inquiries.models import BuyingRequest
from kit.countries import country_name
from kit.languages import interface_language, pick
from kit.money import format_money

Fact = tuple[str, str]


def facts_of(request: BuyingRequest) -> list[Fact]:
    """Label and value of all that is said, in a fixed order; no specification, which has its own place."""
    rows = [
        (_("Commodity"), str(request.commodity or "")),
        (_("HS code"), request.hs.dotted if request.hs else _of_commodity(request)),
        (_("Category"), str(request.category or "")),
        (_("Quantity"), amount_of(request)),
        (_("Wanted certificates"), ", ".join(certificate_name(code) for code in request.certificates)),
        (_("Incoterm 2020"), " ".join(filter(None, (request.incoterm_id, request.place)))),
        (_("Destination"), ", ".join(filter(None, (request.destination_port, country_name(request.country))))),
        (_("Target price"), price_of(request)),
        (_("Offers until"), date_format(request.deadline)),
    ]
    return [(label, value) for label, value in rows if value]


def amount_of(request: BuyingRequest) -> str:
    """The quantity with its unit and how often."""
    amount = quantity(request.quantity, request.unit_id)
    return f"{amount}, {request.get_frequency_display()}"


def price_of(request: BuyingRequest) -> str:
    """The target price per unit; "" without one."""
    if request.target_price is None:
        return ""
    said = {"price": format_money(request.target_price, request.currency), "unit": unit_name(request.unit_id)}
    return _("%(price)s per %(unit)s") % said


def title_of(request: BuyingRequest) -> SafeString:
    """The words of the importer, marked with their language."""
    return format_html('<span lang="{}">{}</span>', interface_language(request.language), request.title)


def kind_of(request: BuyingRequest) -> str:
    """What is wanted in the reader's own language, where it is coded; "" where there are words only."""
    return pick(request.commodity.name).text if request.commodity else ""


def _of_commodity(request: BuyingRequest) -> str:
    return request.commodity.hs6.dotted if request.commodity else ""
