"""Enquiries for tests, made by the verbs that people use."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from catalog.models import Product
from exporters.models import Producer
from inquiries.models import (
    Enquiry,
    EnquiryLine,
    EnquiryRound,
    Importer,
    PaymentTerms,
    Quotation,
    QuotationLine,
    Said,
    Wish,
)
from tests import factories as make


def member_of(producer: Producer) -> Any:
    """An owner of the producer, made when there is none."""
    known = producer.members.order_by("pk").first()
    return known or make.MembershipFactory(producer=producer).user


def ask(*products: Product, importer: Importer, text: str = "Please quote.", **wish: Any) -> EnquiryRound:
    """The importer asks about these products, 600 units of each."""
    lines = [EnquiryLine(product=product, quantity=Decimal(600)) for product in products]
    wish = {"destination_country": importer.country, "language": "es", **wish}
    return EnquiryRound.send(Wish(lines=lines, text=text, **wish), importer=importer, by=importer.user)


def an_enquiry(importer: Importer | None = None, product: Product | None = None, **wish: Any) -> Enquiry:
    """One enquiry about one published product whose producer has an owner."""
    product = product or make.ProductFactory(published=True)
    member_of(product.producer)
    return ask(product, importer=importer or make.ImporterFactory(country="CL"), **wish).enquiries.get()


def quote(enquiry: Enquiry, price: str = "6.80", **facts: Any) -> Quotation:
    """The producer quotes every line of the enquiry."""
    facts = {
        "incoterm": make.IncotermFactory(code="FOB"),
        "place": "Tanjung Perak",
        "currency": "USD",
        "valid_until": timezone.now().date() + datetime.timedelta(days=30),
        "lead_time_days": 28,
        "payment_terms": PaymentTerms.TT_DEPOSIT,
        "deposit_percent": 30,
        **facts,
    }
    lines = [
        QuotationLine(product=line.product, quantity=line.quantity or Decimal(1), unit_price=Decimal(price))
        for line in enquiry.lines.all()
    ]
    return enquiry.quote(Quotation(**facts), lines, by=member_of(enquiry.producer))


def answer(enquiry: Enquiry, text: str = "Terima kasih, kami kirim harga besok.", **said: Any) -> Any:
    """The producer answers."""
    return enquiry.answer(Said(text=text, language="id", **said), by=member_of(enquiry.producer))
