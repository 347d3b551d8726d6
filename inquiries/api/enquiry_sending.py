"""What an importer sends through the API: a round of enquiries, one to each producer."""

from __future__ import annotations

from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from catalog.models import Product
from inquiries.api.basket import BasketLineTermsSerializer, fill
from inquiries.api.enquiry_fields import EnquiryListedSerializer
from inquiries.api.written import WrittenField
from inquiries.models import EnquiryLine, Need, Wish
from inquiries.models.enquiry_round import MOST_LINES
from inquiries.models.message import LONGEST_TEXT
from kit.api_fields import StrictSerializer
from kit.countries import validate_country
from kit.languages import CONTENT_LANGUAGES, content_key
from promotion.models import Campaign

A_ROUND: Final = {
    "destination_country": "CL", "text": "Buscamos sandalias para la temporada.", "language": "es",
    "wanted_on": "2027-02-01", "needs": ["quotation", "samples"],
    "lines": [
        {
            "product": "leather-sandals-12", "quantity": "600", "target_price": "6.50", "currency": "USD",
            "incoterm": "CIF", "place": "San Antonio", "destination_port": "San Antonio", "samples": 2,
        },
        {"product": "batik-scarf-31", "quantity": "200", "note": "Tonos azules"},
    ],
}  # fmt: skip


class AskedLineSerializer(StrictSerializer, BasketLineTermsSerializer):
    """A product, and what is asked about it; `quantity` in its unit, `target_price` per that unit."""

    product = serializers.CharField(max_length=300, help_text="Slug of a public product")


@extend_schema_serializer(examples=[OpenApiExample("Two producers", A_ROUND, request_only=True)])
class SendEnquiriesSerializer(StrictSerializer):
    """A round: the words for everybody, and a line for each product."""

    lines = serializers.ListField(child=AskedLineSerializer(), min_length=1, max_length=MOST_LINES)
    destination_country = serializers.CharField(
        max_length=2, validators=[validate_country], help_text="ISO 3166-1 alpha-2"
    )
    text = WrittenField(max_length=LONGEST_TEXT, required=False, allow_blank=True, default="", help_text="As written")
    language = serializers.ChoiceField(
        choices=CONTENT_LANGUAGES, required=False, help_text="Of the text and the notes; else that of the request"
    )
    wanted_on = serializers.DateField(required=False, allow_null=True, help_text="When the goods are wanted")
    needs = serializers.ListField(
        child=serializers.ChoiceField(choices=Need.choices), required=False, max_length=3, help_text="Else a quotation"
    )
    campaign = serializers.CharField(
        required=False, allow_blank=True, max_length=12, help_text="Code of the short link that led here"
    )

    def validate_wanted_on(self, value: Any) -> Any:
        if value is not None and value < timezone.now().date():
            raise serializers.ValidationError(_("This day is past."))
        return value

    def validate_campaign(self, value: str) -> str:
        code = value.upper()
        if code and not Campaign.objects.filter(code=code).exists():
            raise serializers.ValidationError(_("There is no such campaign."))
        return code

    def wish(self) -> Wish:
        """What was sent, as the verb takes it. Raises ValidationError with the faults of each line by its path."""
        said = self.validated_data
        return Wish(
            lines=_lines(said["lines"]),
            destination_country=said["destination_country"],
            text=said["text"],
            language=said.get("language") or content_key(),
            wanted_on=said.get("wanted_on"),
            needs=said.get("needs") or [Need.QUOTATION],
            campaigns=[said["campaign"]] if said.get("campaign") else [],
        )


class EnquiriesSentSerializer(serializers.Serializer[Any]):
    """What was sent together."""

    round = serializers.IntegerField()
    sent_at = serializers.DateTimeField()
    enquiries = EnquiryListedSerializer(many=True, help_text="One for each producer")


def _lines(said: list[dict[str, Any]]) -> list[EnquiryLine]:
    slugs = [one["product"] for one in said]
    rows = Product.objects.published().filter(slug__in=slugs).select_related("producer")
    products = {row.slug: row for row in rows}
    wrong: dict[str, Any] = {}
    lines = []
    for number, one in enumerate(said):
        product = products.get(one["product"])
        if product is None:
            wrong[f"lines.{number}.product"] = [_("There is no such product.")]
        elif one["product"] in slugs[:number]:
            wrong[f"lines.{number}.product"] = [_("This product is there twice.")]
        else:
            line = EnquiryLine(product=product)
            try:
                fill(line, {name: value for name, value in one.items() if name != "product"})
            except serializers.ValidationError as error:
                wrong |= {f"lines.{number}.{name}": text for name, text in error.detail.items()}  # type: ignore[union-attr]
            lines.append(line)
    if wrong:
        raise serializers.ValidationError(wrong)
    return lines
