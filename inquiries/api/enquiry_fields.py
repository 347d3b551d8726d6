"""How an enquiry is told in the API: to its importer, to its producer, and to staff. Never an e-mail or a telephone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from catalog.api.listed import Told
from catalog.content import plain
from inquiries.alternatives import alternatives_to
from inquiries.api.message_fields import EnquiryMessageSerializer, messages_told
from inquiries.api.quotation_fields import QuotationSerializer, quotation_told
from inquiries.models import (
    DeclineReason,
    Enquiry,
    EnquiryLine,
    EnquiryState,
    HeldReason,
    Need,
    RefusalReason,
    SenderBlock,
    Side,
    Stage,
    Turn,
)
from inquiries.models.abuse import SenderBlockQuerySet
from inquiries.models.enquiry_words import EnquiryQuerySet
from inquiries.thread_pages import page_of
from kit.api_fields import TextsField
from kit.languages import CONTENT_LANGUAGES

WITHOUT_ANSWER: Final = {EnquiryState.REFUSED, EnquiryState.EXPIRED}
A_LISTED: Final = {
    "id": 318, "number": "CL-2026-0318", "state": "sent", "turn": "producer", "turn_since": "2026-11-26T14:00:00Z",
    "due_at": "2026-12-03T10:00:00Z", "is_overdue": False, "expires_at": "2026-12-26T14:00:00Z", "round": 120,
    "buying_request": None, "market": "CL", "importer": {"company": "Calzados del Sur", "country": "CL"},
    "producer": {"id": 7, "trade_name": "Sandal Mojokerto", "slug": "sandal-mojokerto"},
    "products": [{"slug": "leather-sandals-12", "title": {"id": "Sandal kulit", "en": "Leather sandals"}}],
    "sent_at": "2026-11-26T14:00:00Z", "last_message_at": "2026-11-26T14:00:00Z", "first_answered_at": None,
    "closed_at": None,
}  # fmt: skip
A_LINE: Final = {
    "position": 1, "product": "leather-sandals-12", "title": {"id": "Sandal kulit", "en": "Leather sandals"},
    "quantity": "600", "unit": "PR", "is_below_minimum": False, "target_price": "6.5", "currency": "USD",
    "incoterm": "CIF", "place": "San Antonio", "destination_port": "San Antonio", "certificates": [], "samples": 2,
    "note": "",
}  # fmt: skip


class AskingCompanySerializer(serializers.Serializer[Any]):
    """Who asks."""

    company = serializers.CharField()
    country = serializers.CharField(help_text="ISO 3166-1 alpha-2")


class AskedProducerSerializer(serializers.Serializer[Any]):
    """Who is asked."""

    id = serializers.IntegerField()
    trade_name = serializers.CharField()
    slug = serializers.CharField(allow_null=True)


class AskedProductSerializer(serializers.Serializer[Any]):
    """A product that is asked about, as it was called then."""

    slug = serializers.CharField(allow_null=True, help_text="null: it is gone")
    title = TextsField()


@extend_schema_serializer(examples=[OpenApiExample("It waits for an answer", A_LISTED, response_only=True)])
class EnquiryListedSerializer(serializers.Serializer[Any]):
    """An enquiry in a list: who asks whom, and who owes the next word until when."""

    id = serializers.IntegerField()
    number = serializers.CharField(help_text="How people name it")
    state = serializers.ChoiceField(choices=EnquiryState.choices)
    turn = serializers.ChoiceField(choices=Turn.choices, help_text="Who owes the next word")
    turn_since = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True, help_text="The producer answers by then; null: not its turn")
    is_overdue = serializers.BooleanField()
    expires_at = serializers.DateTimeField(allow_null=True, help_text="Without an answer it ends then")
    round = serializers.IntegerField(
        allow_null=True, help_text="The same for what was sent together; null to producers, who do not know of it"
    )
    buying_request = serializers.IntegerField(allow_null=True, help_text="The one that it answers with an offer")
    market = serializers.CharField(allow_null=True, help_text="ISO 3166-1 alpha-2; null: the ministry looks after it")
    importer = AskingCompanySerializer()
    producer = AskedProducerSerializer()
    products = AskedProductSerializer(many=True)
    sent_at = serializers.DateTimeField()
    last_message_at = serializers.DateTimeField()
    first_answered_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)


class EnquiryLineSerializer(serializers.Serializer[Any]):
    """What is asked about one product; the codes are for each side to read in its own language."""

    position = serializers.IntegerField()
    product = serializers.CharField(allow_null=True, help_text="Slug; null: it is gone")
    title = TextsField(help_text="As it was called when it was asked about")
    quantity = serializers.DecimalField(max_digits=12, decimal_places=2, allow_null=True)
    unit = serializers.CharField(allow_null=True, help_text="Code of UN/ECE Recommendation 20 or 21")
    is_below_minimum = serializers.BooleanField(help_text="Less than the minimum order; nothing is refused for it")
    target_price = serializers.DecimalField(max_digits=14, decimal_places=4, allow_null=True, help_text="Per unit")
    currency = serializers.CharField(allow_blank=True)
    incoterm = serializers.CharField(allow_null=True)
    place = serializers.CharField(allow_blank=True)
    destination_port = serializers.CharField(allow_blank=True)
    certificates = serializers.ListField(child=serializers.CharField(), help_text="Codes of certificate types")
    samples = serializers.IntegerField(allow_null=True)
    note = serializers.CharField(allow_blank=True, help_text="As written")


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "It waits for an answer",
            {
                **A_LISTED, "destination_country": "CL", "text": "Por favor cotice.", "language": "es",
                "wanted_on": "2027-02-01", "needs": ["quotation", "samples"], "held_reason": "", "refusal_reason": "",
                "decline_reason": "", "closing_note": "", "newest_message": None, "lines": [A_LINE], "messages": [],
                "earlier_messages": None, "quotations": [], "alternatives": [], "is_blocked": False,
            },
            response_only=True,
        )
    ]
)  # fmt: skip
class EnquirySerializer(EnquiryListedSerializer):
    """An enquiry with what is asked, what was written and what was offered."""

    destination_country = serializers.CharField(help_text="ISO 3166-1 alpha-2")
    text = serializers.CharField(allow_blank=True, help_text="As written, to every producer that was asked")
    language = serializers.ChoiceField(choices=CONTENT_LANGUAGES, help_text="Of the text and of the notes")
    wanted_on = serializers.DateField(allow_null=True)
    needs = serializers.ListField(child=serializers.ChoiceField(choices=Need.choices))
    held_reason = serializers.ChoiceField(choices=HeldReason.choices, allow_blank=True, help_text="Told to staff only")
    refusal_reason = serializers.ChoiceField(choices=RefusalReason.choices, allow_blank=True)
    decline_reason = serializers.ChoiceField(choices=DeclineReason.choices, allow_blank=True)
    closing_note = serializers.CharField(allow_blank=True)
    newest_message = serializers.IntegerField(allow_null=True, help_text="To be named as `seen` by who answers it")
    lines = EnquiryLineSerializer(many=True)
    messages = EnquiryMessageSerializer(many=True, help_text="The newest 50, in their order")
    earlier_messages = serializers.URLField(allow_null=True, help_text="Those before them, the newest first; else null")
    quotations = QuotationSerializer(many=True, help_text="The newest version first")
    alternatives = serializers.ListField(
        child=serializers.CharField(),
        help_text="To the importer who has no answer: slugs of products of others to ask about instead",
    )
    is_blocked = serializers.BooleanField(help_text="To the producer: it takes no new enquiries from this importer")


def for_telling(rows: EnquiryQuerySet) -> EnquiryQuerySet:
    """With what `enquiry_told` tells of the enquiry itself. Three queries."""
    return rows.for_list().select_related("round")


def listed(enquiries: Iterable[Enquiry], side: str) -> list[Told]:
    """Enquiries that `for_list` read, as EnquiryListedSerializer describes them to a side. No query."""
    return [_listed(one, side) for one in enquiries]


def enquiry_told(enquiry: Enquiry, side: str) -> Told:
    """One enquiry with its thread, as a side may read it. Seven queries, one more when there is no answer."""
    page = page_of(enquiry, side)
    quotations = list(enquiry.quotations.for_showing().order_by("-version"))
    sent = enquiry.round
    return {
        **_listed(enquiry, side),
        "destination_country": sent.destination_country,
        "text": sent.text,
        "language": sent.language,
        "wanted_on": sent.wanted_on,
        "needs": sent.needs,
        "held_reason": enquiry.held_reason if side == Side.MISSION else "",
        "refusal_reason": enquiry.refusal_reason,
        "decline_reason": enquiry.decline_reason,
        "closing_note": enquiry.closing_note,
        "newest_message": page.seen or None,
        "lines": [_line(one) for one in enquiry.lines.all()],
        "messages": messages_told(page.messages),
        "earlier_messages": _earlier(enquiry, side, page.earlier),
        "quotations": [quotation_told(one, newest=quotations[0].version) for one in quotations],
        "alternatives": _alternatives(enquiry) if side == Side.IMPORTER else [],
        "is_blocked": side == Side.PRODUCER and own_blocks(enquiry).exists(),
    }


def own_blocks(enquiry: Enquiry) -> SenderBlockQuerySet:
    """The producer's own block of this importer that is in force, if there is one."""
    return SenderBlock.objects.in_force().filter(importer=enquiry.importer_id, producer=enquiry.producer_id)


def _earlier(enquiry: Enquiry, side: str, after: str | None) -> str | None:
    """The address of the messages before a position."""
    if after is None:
        return None
    name = "api:my-enquiry-messages" if side == Side.PRODUCER else "api:enquiry-messages"
    return f"{settings.SITE_URL}{reverse(name, kwargs={'pk': enquiry.pk})}?{urlencode({'after': after})}"


def _listed(enquiry: Enquiry, side: str) -> Told:
    importer, producer = enquiry.importer, enquiry.producer
    lines = enquiry.lines.all()
    return {
        "id": enquiry.pk,
        "number": enquiry.number,
        "state": enquiry.state,
        "turn": enquiry.turn,
        "turn_since": enquiry.turn_since,
        "due_at": enquiry.due_at,
        "is_overdue": enquiry.is_overdue(),
        "expires_at": enquiry.expires_at,
        "round": None if side == Side.PRODUCER else enquiry.round_id,
        "buying_request": enquiry.buying_request_id,
        "market": enquiry.market_id,
        "importer": {"company": importer.company, "country": importer.country},
        "producer": {"id": producer.pk, "trade_name": producer.trade_name, "slug": producer.slug},
        "products": [{"slug": _slug(line), "title": line.title} for line in lines],
        "sent_at": enquiry.sent_at,
        "last_message_at": enquiry.last_message_at,
        "first_answered_at": enquiry.first_answered_at,
        "closed_at": enquiry.closed_at,
    }


def _alternatives(enquiry: Enquiry) -> list[str]:
    is_silent = enquiry.stage >= Stage.ALTERNATIVES
    if enquiry.state not in WITHOUT_ANSWER and not is_silent:
        return []
    return [product.slug for product in alternatives_to(enquiry) if product.slug]


def _slug(line: EnquiryLine) -> str | None:
    return line.product.slug if line.product else None


def _line(line: EnquiryLine) -> Told:
    return {
        "position": line.position,
        "product": _slug(line),
        "title": line.title,
        "quantity": plain(line.quantity),
        "unit": line.unit_id,
        "is_below_minimum": line.is_below_moq(),
        "target_price": plain(line.target_price),
        "currency": line.currency,
        "incoterm": line.incoterm_id,
        "place": line.place,
        "destination_port": line.destination_port,
        "certificates": line.certificates,
        "samples": line.samples,
        "note": line.note,
    }
