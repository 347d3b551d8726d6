"""The page of an enquiry basket as plain values: products by producer, what each is worth, what is said kindly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import PriceOffer
from catalog.photo_address import photo_url
from catalog.showing import Text, text_for_reader
from catalog.unit_names import quantity
from catalog.vocabulary import vocabulary
from exporters.models import Producer
from inquiries.forms.basket import BasketForms, LineForm
from inquiries.models import Basket, BasketLine
from inquiries.price_offers import price_for, price_to_show, price_words
from kit.money import format_money, quantize


class Worth(NamedTuple):
    """What a quantity costs about, by the price that holds for it now, under its rule and at its place."""

    incoterm: str
    currency: str
    amount: Decimal


@dataclass(frozen=True)
class Row:
    """A product in the basket. `price` and `minimum` are words; a row that is not offered any more is not sent."""

    line: BasketLine
    form: LineForm
    title: Text
    url: str
    thumb: str
    price: str
    minimum: str
    is_short: bool
    worth: Worth | None
    is_offered: bool

    @property
    def summary(self) -> tuple[str, str]:
        """Product with its quantity, and what that is worth."""
        asked = quantity(self.line.quantity, self.line.product.unit_id) or _("quantity not given")
        label = _("%(product)s, %(quantity)s") % {"product": self.title.text, "quantity": asked}
        return label, format_money(self.worth.amount, self.worth.currency) if self.worth else _("on request")


@dataclass(frozen=True)
class Group:
    """The products of one producer: one enquiry."""

    producer: Producer
    place: str
    rows: list[Row] = field(default_factory=list)

    @property
    def is_sent(self) -> bool:
        """Is there a product of which one can ask?"""
        return any(row.is_offered for row in self.rows)


@dataclass(frozen=True)
class BasketPage:
    """What the page shows."""

    groups: list[Group]
    removed: list[BasketLine]
    totals: list[tuple[str, str]]
    products: int
    enquiries: int

    @property
    def rows(self) -> list[Row]:
        """The products that are sent."""
        return [row for group in self.groups for row in group.rows if row.is_offered]


def page_of(basket: Basket, forms: BasketForms, removed: list[BasketLine]) -> BasketPage:
    """The page of a basket whose lines came by `for_page()`. No query but those of the kept reference rows."""
    rows = [_row(form, basket) for form in forms.lines]
    groups = []
    for producer, of_producer in groupby(rows, key=lambda row: row.line.product.producer):
        place = vocabulary().places.get(producer.regency_id)
        groups.append(Group(producer, place.regency if place else "", list(of_producer)))
    sent = [group for group in groups if group.is_sent]
    return BasketPage(
        groups=groups,
        removed=removed,
        totals=totals(row.worth for row in rows if row.is_offered),
        products=len(rows),
        enquiries=len(sent),
    )


def _row(form: LineForm, basket: Basket) -> Row:
    line: BasketLine = form.instance
    product = line.product
    cover = next(iter(product.placements.all()), None)
    today, offers = timezone.now().date(), product.offers.all()
    incoterm = line.incoterm_id or basket.incoterm_id
    holding = price_for(line.quantity, offers, today, incoterm=incoterm)
    offer = price_to_show(line.quantity, offers, incoterm=incoterm)
    return Row(
        line=line,
        form=form,
        title=text_for_reader(product.title),
        url=reverse("product_detail", args=[product.slug]) if product.slug else "",
        thumb=photo_url(cover.photo.key, 320) if cover else "",
        price=price_words(offer, product.unit_id) if offer else _("price on request"),
        minimum=quantity(product.moq, product.unit_id),
        is_short=line.is_below_minimum(),
        worth=worth_of(line, holding),
        is_offered=line.is_offered(),
    )


def worth_of(line: BasketLine, offer: PriceOffer | None) -> Worth | None:
    """What the quantity costs about by a price that holds for it."""
    if offer is None or line.quantity is None:
        return None
    return Worth(offer.incoterm_id, offer.currency, quantize(line.quantity * offer.unit_price, offer.currency))


def totals(worths: Iterable[Worth | None]) -> list[tuple[str, str]]:
    """A sum for each Incoterm and currency: what differs in either is not added."""
    sums: dict[tuple[str, str], Decimal] = {}
    for worth in worths:
        if worth is not None:
            key = (worth.incoterm, worth.currency)
            sums[key] = sums.get(key, Decimal(0)) + worth.amount
    label = _("Approximate %(incoterm)s value")
    return [(label % {"incoterm": key[0]}, format_money(amount, key[1])) for key, amount in sorted(sums.items())]
