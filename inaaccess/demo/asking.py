"""What the demo's importer asked, and how the producers answered (enquiries.toml)."""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from exporters.models import Producer
from inaaccess.demo.clock import Timeline
from inaaccess.demo.stories import Story
from inquiries.models import (
    Enquiry,
    EnquiryAttachment,
    EnquiryLine,
    EnquiryRound,
    MessageKind,
    PaymentTerms,
    Quotation,
    QuotationLine,
    Said,
    Side,
    Wish,
)
from kit.uploads import delete_document

FILE = Path(__file__).resolve().parent / "enquiries.toml"
NUMBERS = ("quantity", "target_price")


def described() -> list[dict[str, Any]]:
    """The sendings, as the file tells them."""
    rounds: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["rounds"]
    return rounds


def tell(stories: Mapping[str, Story], people: Mapping[str, User], timeline: Timeline) -> None:
    """Put them on the timeline with what followed; their products must be public by then."""
    for facts in described():
        sending = _Sending(facts, stories, people["importer"], timeline)
        timeline.add(sending.send, days=facts["age"])
        for number, enquiry in enumerate(facts["enquiries"]):
            for event in enquiry.get("events", []):
                timeline.add(partial(sending.happen, number, event), days=event["age"])


def forget(producers: QuerySet[Producer]) -> None:
    """Take away what was asked of these producers, with its files."""
    enquiries = Enquiry.objects.filter(producer__in=producers)
    for path in EnquiryAttachment.objects.filter(message__enquiry__in=enquiries).values_list("file_path", flat=True):
        transaction.on_commit(partial(delete_document, path))
    enquiries.delete()
    EnquiryRound.objects.filter(enquiries__isnull=True).delete()


class _Sending:
    """One round, and what happened to its enquiries."""

    def __init__(self, facts: dict[str, Any], stories: Mapping[str, Story], importer: User, timeline: Timeline) -> None:
        self.facts, self.stories, self.importer, self.timeline = facts, stories, importer, timeline

    def send(self) -> None:
        """Ask all the producers at once."""
        wanted = self.facts.get("wanted_in")
        wish = Wish(
            lines=[self._line(line) for enquiry in self.facts["enquiries"] for line in enquiry["lines"]],
            destination_country="CL",
            text=self.facts["text"],
            language="es",
            wanted_on=self.timeline.today + datetime.timedelta(days=wanted) if wanted else None,
            needs=self.facts.get("needs", ["quotation"]),
        )
        self.sent = EnquiryRound.send(wish, importer=self.importer.importer, by=self.importer)

    def happen(self, number: int, event: dict[str, Any]) -> None:
        """A message of one side, or a quotation."""
        first = self.stories[self.facts["enquiries"][number]["lines"][0]["product"]]
        enquiry = self.sent.enquiries.get(producer=first.company.producer)
        by = first.company.owner
        if event.get("side") == Side.IMPORTER:
            said = Said(text=event["text"], language="es")
            enquiry.write(said, side=Side.IMPORTER, by=self.importer)
        elif price := event.get("quote"):
            self._quote(enquiry, Decimal(price), event["text"], by)
        else:
            said = self._said(event)
            verb = enquiry.refuse if said.kind == MessageKind.CANNOT_SUPPLY else enquiry.answer
            verb(said, by=by)

    def _line(self, facts: dict[str, Any]) -> EnquiryLine:
        rest = {name: value for name, value in facts.items() if name not in {*NUMBERS, "product", "incoterm"}}
        numbers = {name: Decimal(facts[name]) for name in NUMBERS if name in facts}
        product = self.stories[facts["product"]].product
        return EnquiryLine(product=product, incoterm_id=facts.get("incoterm"), **numbers, **rest)

    def _said(self, event: dict[str, Any]) -> Said:
        rest = {name: value for name, value in event.items() if name not in {"age", "sample_price"}}
        price = Decimal(event["sample_price"]) if "sample_price" in event else None
        return Said(language="id", sample_price=price, **rest)

    def _quote(self, enquiry: Enquiry, price: Decimal, note: str, by: User) -> None:
        quotation = Quotation(
            incoterm_id="FOB",
            place="Tanjung Perak, Surabaya",
            currency="USD",
            valid_until=self.timeline.today + datetime.timedelta(days=30),
            lead_time_days=28,
            payment_terms=PaymentTerms.TT_DEPOSIT,
            deposit_percent=30,
            note=note,
            language="id",
        )
        lines = [
            QuotationLine(product=line.product, quantity=line.quantity or Decimal(1), unit_price=price)
            for line in enquiry.lines.select_related("product")
        ]
        enquiry.quote(quotation, lines, by=by)
