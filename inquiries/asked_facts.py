"""What an enquiry asks, line by line, in the reader's words; for the producer beside what its own product says."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from catalog.models import CertificateCoverage, PriceOffer
from catalog.offers import is_valid
from catalog.photo_address import photo_url
from catalog.unit_names import per_unit, quantity
from catalog.vocabulary import vocabulary
from exporters.models import Certificate
from inquiries.models import Enquiry, EnquiryLine, Need
from inquiries.price_offers import price_for, price_words, rather
from kit.countries import country_name
from kit.languages import CONTENT_LANGUAGE_NAMES, Picked, content_key, pick
from kit.money import format_money

Pair = tuple[str, str]
USUAL: Final = "USD"


@dataclass(frozen=True)
class Wanted:
    """A certificate that is asked for. `is_held` None: nobody looked."""

    name: str
    is_held: bool | None = None


@dataclass(frozen=True)
class AskedLine:
    """One product with its terms. `below` says kindly that less than the minimum order is asked for."""

    title: Picked
    photo: str
    slug: str
    facts: list[Pair]
    wanted: list[Wanted]
    note: str
    written_in: str = ""
    below: str = ""


def written_in(text: str, language: str) -> str:
    """Names the language of a free text when that is not the reader's own; else ""."""
    if not text or language == content_key():
        return ""
    return _("Written in %(language)s") % {"language": CONTENT_LANGUAGE_NAMES[language]}


def asked_lines(enquiry: Enquiry) -> list[AskedLine]:
    """As the importer reads them. The enquiry was read `for_page`."""
    return [
        _line(line, asked_terms(line), [Wanted(_type(code)) for code in line.certificates], enquiry.language)
        for line in enquiry.lines.all()
    ]


def asked_of_producer(enquiry: Enquiry) -> list[AskedLine]:
    """As the producer reads them, with its own minimum, price and certificates. One query at most."""
    held, today = _held(enquiry), timezone.now().date()
    found = []
    for line in enquiry.lines.all():
        wanted = [Wanted(_type(code), code in held[line.product_id or 0]) for code in line.certificates]
        found.append(_line(line, [*asked_terms(line), *_own(line, today)], wanted, enquiry.language))
    return found


def asked_of_all(enquiry: Enquiry) -> list[Pair]:
    """What is asked about the whole: by when, and what the importer would like back."""
    sent = enquiry.round
    labels = dict(Need.choices)
    wanted = ", ".join(str(labels[need]) for need in sent.needs if need in labels)
    return [
        (_("Would like"), wanted),
        (_("Needed by"), date_format(sent.wanted_on) if sent.wanted_on else ""),
        (_("Destination"), country_name(sent.destination_country)),
    ]


def asked_terms(line: EnquiryLine) -> list[Pair]:
    """What is asked about one product; what nobody said is left out."""
    price = ""
    if line.target_price is not None:
        price = per_unit(format_money(line.target_price, line.currency), line.unit_id)
    terms = [
        (_("Quantity"), quantity(line.quantity, line.unit_id)),
        (_("Target price"), price),
        (_("Delivery"), " ".join(filter(None, [line.incoterm_id, line.place]))),
        (_("Port or city"), line.destination_port),
        (_("Samples"), str(line.samples or "")),
    ]
    return [(label, value) for label, value in terms if value]


def own_price(line: EnquiryLine, offers: Iterable[PriceOffer], today: datetime.date) -> PriceOffer | None:
    """The price that holds today for the quantity of a line, rather under its Incoterm, then in its currency.

    For less than the first tier, or an unknown quantity, that of the first tier; None without any valid price.
    """
    offers, currency = list(offers), line.currency or USUAL
    if found := price_for(line.quantity, offers, today, incoterm=line.incoterm_id, currency=currency):
        return found
    valid = [offer for offer in offers if is_valid(offer, today)]
    first = rather(valid, line.incoterm_id, currency)
    return min(first, key=lambda offer: (offer.from_quantity, offer.unit_price), default=None)


def _line(line: EnquiryLine, facts: list[Pair], wanted: list[Wanted], language: str) -> AskedLine:
    product = line.product
    placements = list(product.placements.all()) if product else []
    return AskedLine(
        title=pick(line.title),
        photo=photo_url(placements[0].photo.key, 320) if placements else "",
        slug=product.slug or "" if product and product.state == "published" else "",
        facts=[(label, value) for label, value in facts if value],
        wanted=wanted,
        note=line.note,
        written_in=written_in(line.note, language),
        below=_below(line),
    )


def _own(line: EnquiryLine, today: datetime.date) -> list[Pair]:
    product = line.product
    if product is None:
        return []
    offer = own_price(line, product.offers.all(), today)
    return [
        (_("Your minimum"), quantity(product.moq, product.unit_id)),
        (_("Your price"), price_words(offer, product.unit_id) if offer else _("none that holds today")),
    ]


def _below(line: EnquiryLine) -> str:
    if line.product is None or not line.is_below_moq():
        return ""
    return _("Less than the minimum order of %(quantity)s.") % {
        "quantity": quantity(line.product.moq, line.product.unit_id)
    }


def _held(enquiry: Enquiry) -> Mapping[int, set[str]]:
    """The codes of the certificates that hold today, by product. One query, none when no certificate is asked for."""
    found: dict[int, set[str]] = defaultdict(set)
    lines = [line for line in enquiry.lines.all() if line.certificates and line.product_id]
    if lines:
        covered = CertificateCoverage.objects.filter(
            product__in=[line.product_id for line in lines], certificate__in=Certificate.objects.valid()
        )
        for product, code in covered.values_list("product", "certificate__type"):
            found[product].add(code)
    return found


def _type(code: str) -> str:
    known = vocabulary().certificate_types.get(code)
    return str(known) if known else code
