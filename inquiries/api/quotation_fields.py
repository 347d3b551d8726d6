"""How a quotation is told in the API, and what a producer may send of one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from catalog.api.listed import Told
from catalog.content import plain
from catalog.vocabulary import vocabulary
from inquiries.forms.quotations import PREFIX, QuotationForm
from inquiries.freight import Freight, freight_of
from inquiries.models import Enquiry, EnquiryState, PaymentTerms, Quotation, QuotationLine
from inquiries.models.quotation import LONGEST_NOTE, MOST_LINES
from kit.api_fields import StrictSerializer, TextsField
from kit.languages import CONTENT_LANGUAGES
from kit.money import CURRENCY_CHOICES

OFFERED: Final = {
    "incoterm": "FOB", "place": "Tanjung Perak, Surabaya", "currency": "USD", "valid_until": "2027-01-15",
    "lead_time_days": 28, "payment_terms": "tt_deposit", "deposit_percent": 30, "payment_days": None,
    "packing_note": "", "note": "Contoh bisa dikirim minggu ini.", "language": "id",
}  # fmt: skip
OFFERED_LINE: Final = {"product": "leather-sandals-12", "quantity": "600", "unit_price": "6.8"}
A_QUOTATION: Final = {
    "id": 44, "enquiry": 318, "number": "CL-2026-0318-Q1", "version": 1, "is_newest": True, "is_lapsed": False,
    "enquiry_state": "quoted", **OFFERED, "created_at": "2026-11-27T02:10:00Z", "total": "4080",
    "lines": [
        {
            **OFFERED_LINE, "position": 1, "title": {"id": "Sandal kulit", "en": "Leather sandals"}, "unit": "PR",
            "amount": "4080",
        }
    ],
    "freight": {
        "cartons": 25, "cbm": "2.425", "gross_kg": "450", "lines_without_packing": 0,
        "containers": [{"container": "20GP", "percent": 9}],
    },
    "pdf_url": "https://example.test/api/v1/quotations/44/pdf/",
}  # fmt: skip


class QuotationLineSerializer(serializers.Serializer[Any]):
    """A product that is offered."""

    position = serializers.IntegerField()
    product = serializers.CharField(allow_null=True, help_text="Slug; null: it is gone")
    title = TextsField()
    quantity = serializers.DecimalField(max_digits=12, decimal_places=2)
    unit = serializers.CharField(allow_null=True, help_text="Code of UN/ECE Recommendation 20 or 21")
    unit_price = serializers.DecimalField(max_digits=14, decimal_places=4)
    amount = serializers.DecimalField(max_digits=26, decimal_places=6, help_text="Quantity × price, not rounded")


class ContainerShareSerializer(serializers.Serializer[Any]):
    """How much of a container the goods fill."""

    container = serializers.CharField(help_text="Code of the kind of container")
    percent = serializers.IntegerField(help_text="Rounded up; over 100: more than one")


class FreightSerializer(serializers.Serializer[Any]):
    """What the goods of all lines whose packing is known take up. No loading plan."""

    cartons = serializers.IntegerField()
    cbm = serializers.DecimalField(max_digits=12, decimal_places=3, help_text="m³")
    gross_kg = serializers.DecimalField(max_digits=14, decimal_places=3, allow_null=True, help_text="null: not known")
    lines_without_packing = serializers.IntegerField(help_text="Lines that are not in these sums")
    containers = ContainerShareSerializer(many=True)


@extend_schema_serializer(examples=[OpenApiExample("One to accept", A_QUOTATION, response_only=True)])
class QuotationSerializer(serializers.Serializer[Any]):
    """One version of an offer; it is never changed, a newer version takes its place."""

    id = serializers.IntegerField()
    enquiry = serializers.IntegerField(help_text="Its id")
    number = serializers.CharField(help_text="How people name it")
    version = serializers.IntegerField()
    is_newest = serializers.BooleanField(help_text="Only the newest can be accepted or declined")
    is_lapsed = serializers.BooleanField(help_text="Its last day is past (UTC)")
    enquiry_state = serializers.ChoiceField(choices=EnquiryState.choices)
    incoterm = serializers.CharField(help_text="Of Incoterms 2020")
    place = serializers.CharField()
    currency = serializers.CharField()
    valid_until = serializers.DateField(help_text="The last day, included (UTC)")
    lead_time_days = serializers.IntegerField()
    payment_terms = serializers.ChoiceField(choices=PaymentTerms.choices)
    deposit_percent = serializers.IntegerField(allow_null=True)
    payment_days = serializers.IntegerField(allow_null=True)
    packing_note = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    language = serializers.ChoiceField(choices=CONTENT_LANGUAGES, help_text="Of the notes, which are told as written")
    created_at = serializers.DateTimeField()
    total = serializers.DecimalField(max_digits=28, decimal_places=6, help_text="In `currency`, not rounded")
    lines = QuotationLineSerializer(many=True)
    freight = FreightSerializer()
    pdf_url = serializers.URLField(help_text="The quotation on paper, in the language of the request")


class OfferedLineSerializer(StrictSerializer):
    """The price of one product of the enquiry; what is left out is not offered."""

    product = serializers.CharField(max_length=300, help_text="Slug of a product that the enquiry asks about")
    quantity = serializers.DecimalField(max_digits=12, decimal_places=2, help_text="In the product's unit")
    unit_price = serializers.DecimalField(max_digits=14, decimal_places=4)


@extend_schema_serializer(
    examples=[OpenApiExample("FOB", {**OFFERED, "seen": 91, "lines": [OFFERED_LINE]}, request_only=True)]
)
class QuoteSerializer(StrictSerializer):
    """The terms of a quotation and its lines, judged by the form of the page."""

    incoterm = serializers.CharField(max_length=3, help_text="Of Incoterms 2020")
    place = serializers.CharField(max_length=80)
    currency = serializers.ChoiceField(choices=list(CURRENCY_CHOICES))
    valid_until = serializers.DateField(help_text="The last day, included (UTC); 180 days from now at most")
    lead_time_days = serializers.IntegerField()
    payment_terms = serializers.ChoiceField(choices=PaymentTerms.choices)
    deposit_percent = serializers.IntegerField(
        required=False, allow_null=True, help_text="Needed by terms with a deposit, else left out"
    )
    payment_days = serializers.IntegerField(
        required=False, allow_null=True, help_text="Needed by an L/C with a term and an open account, else left out"
    )
    packing_note = serializers.CharField(required=False, allow_blank=True, max_length=300)
    note = serializers.CharField(required=False, allow_blank=True, max_length=LONGEST_NOTE)
    language = serializers.ChoiceField(
        choices=CONTENT_LANGUAGES, required=False, default="id", help_text="Of the notes"
    )
    seen = serializers.IntegerField(
        required=False, min_value=0, max_value=2**63 - 1, help_text="`newest_message` as you read it"
    )
    lines = serializers.ListField(child=OfferedLineSerializer(), min_length=1, max_length=MOST_LINES)

    def form_for(self, enquiry: Enquiry) -> QuotationForm:
        """The form of the page with what was sent, found right. Raises ValidationError."""
        said = dict(self.validated_data)
        said.pop("seen", None)
        rows = _rows(said.pop("lines"), enquiry)
        flat = {name: "" if value is None else value for name, value in said.items()}
        form = QuotationForm({**flat, **rows}, enquiry=enquiry)  # type: ignore[arg-type]
        if not form.is_valid():
            raise serializers.ValidationError(_errors(form))
        return form


def _rows(lines: list[dict[str, Any]], enquiry: Enquiry) -> dict[str, Any]:
    """The rows as the form takes them: by the keys of the products that were asked about, each once."""
    keys = {line.product.slug: line.product.pk for line in enquiry.lines.all() if line.product is not None}
    wrong, rows, known = {}, {f"{PREFIX}-TOTAL_FORMS": len(lines), f"{PREFIX}-INITIAL_FORMS": len(lines)}, set[str]()
    for number, line in enumerate(lines):
        slug = line["product"]
        if slug not in keys:
            wrong[f"lines.{number}.product"] = [_("This product is not part of the enquiry.")]
        elif slug in known:
            wrong[f"lines.{number}.product"] = [_("This product is there twice.")]
        known.add(slug)
        rows |= {f"{PREFIX}-{number}-{name}": value for name, value in line.items()}
        rows[f"{PREFIX}-{number}-product"] = keys.get(slug, 0)
    if wrong:
        raise serializers.ValidationError(wrong)
    return rows


def _errors(form: QuotationForm) -> dict[str, list[str]]:
    told = {"non_field_errors" if name == "__all__" else name: errors for name, errors in form.errors.items()}
    for number, errors in enumerate(form.lines.errors):
        told |= {f"lines.{number}.{name}": sentences for name, sentences in errors.items()}
    return {name: [str(one) for one in sentences] for name, sentences in told.items()}


def quotations_told(page: list[Quotation]) -> list[Told]:
    """A page of quotations that `for_showing` read, as QuotationSerializer describes them. One query."""
    newest = Quotation.objects.latest_of_each().filter(enquiry__in={one.enquiry_id for one in page})
    versions = dict(newest.values_list("enquiry", "version"))
    return [quotation_told(one, newest=versions[one.enquiry_id]) for one in page]


def quotation_told(quotation: Quotation, *, newest: int) -> Told:
    """A quotation that `for_showing` read; `newest` is the enquiry's latest version. No query."""
    lines = list(quotation.lines.all())
    terms = ("place", "currency", "valid_until", "lead_time_days", "payment_terms", "deposit_percent", "payment_days")
    notes = ("packing_note", "note", "language", "created_at")
    return {
        "id": quotation.pk,
        "enquiry": quotation.enquiry_id,
        "number": quotation.number,
        "version": quotation.version,
        "is_newest": quotation.version == newest,
        "is_lapsed": quotation.is_lapsed(),
        "enquiry_state": quotation.enquiry.state,
        "incoterm": quotation.incoterm_id,
        **{name: getattr(quotation, name) for name in (*terms, *notes)},
        "total": plain(sum((line.amount() for line in lines), Decimal(0))),
        "lines": [_line(line) for line in lines],
        "freight": _freight(freight_of(lines, vocabulary().containers)),
        "pdf_url": f"{settings.SITE_URL}{reverse('api:quotation-pdf', kwargs={'pk': quotation.pk})}",
    }


def _line(line: QuotationLine) -> Told:
    return {
        "position": line.position,
        "product": line.product.slug if line.product else None,
        "title": line.title,
        "quantity": plain(line.quantity),
        "unit": line.unit_id,
        "unit_price": plain(line.unit_price),
        "amount": plain(line.amount()),
    }


def _freight(freight: Freight) -> Told:
    return {
        "cartons": freight.cartons,
        "cbm": plain(freight.cbm),
        "gross_kg": plain(freight.gross_kg),
        "lines_without_packing": freight.unknown,
        "containers": [{"container": share.code, "percent": share.percent} for share in freight.shares],
    }
