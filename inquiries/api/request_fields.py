"""A buying request as the API tells it: to its importer, to the staff, and to the producers that are invited."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from catalog.models import Category, Commodity
from inquiries.match_words import SENTENCES, sentences
from inquiries.models import BuyingRequest, Match
from inquiries.models.buying_request_state import (
    LONGEST_NOTE,
    LONGEST_PLACE,
    LONGEST_SPECIFICATION,
    LONGEST_TITLE,
    MOST_CERTIFICATES,
    Frequency,
    Outcome,
    RejectReason,
    RequestState,
)
from inquiries.models.match import MatchState, PassReason
from kit.api_fields import StrictSerializer
from kit.languages import CONTENT_LANGUAGES

WANTED: Final[dict[str, Any]] = {
    "title": "Sandalias de cuero para mujer",
    "commodity": "leather-sandals",
    "category": None,
    "hs": "640399",
    "quantity": "3000.00",
    "unit": "PR",
    "frequency": "month",
    "specification": "Numeración 35 a 40.",
    "certificates": [],
    "incoterm": "FOB",
    "place": "Surabaya",
    "country": "CL",
    "destination_port": "San Antonio",
    "target_price": "9.0000",
    "currency": "USD",
    "deadline": "2027-01-31",
    "language": "es",
}
FORM: Final = "multipart/form-data"
NEEDED: Final = ("title", "quantity", "unit", "frequency", "country", "deadline", "language")
PICTURE: Final = {"picture": "https://inaaccess.example/api/v1/request-pictures/12/"}
OF_ITS_STATE: Final[dict[str, Any]] = {
    "id": 12, "state": "open", "version": 1, "company": "Calzados Cordillera SpA",
    "submitted_at": "2026-11-26T10:00:00Z", "decided_at": "2026-11-27T02:10:00Z", "reject_reason": "",
    "decision_note": "", "outcome": "", "ended_at": None,
}  # fmt: skip
FOUND: Final[dict[str, Any]] = {
    "reasons": [{"code": "commodity", "text": "It is what was asked for: Leather sandals."}],
    "lacking": [{"code": "lead_unknown", "text": "The lead time is not known."}],
}


@extend_schema_serializer(examples=[OpenApiExample("Sandals for Chile", WANTED, request_only=True)])
class RequestWriteSerializer(StrictSerializer):
    """What is wanted. `commodity` and `category` are named by their slugs; texts stay as written, in `language`."""

    title = serializers.CharField(max_length=LONGEST_TITLE)
    commodity = serializers.SlugRelatedField(
        slug_field="slug", queryset=Commodity.objects.all(), required=False, allow_null=True
    )
    category = serializers.SlugRelatedField(
        slug_field="slug", queryset=Category.objects.all(), required=False, allow_null=True
    )
    hs = serializers.CharField(max_length=12, required=False, allow_null=True, help_text="2, 4 or 6 digits of HS 2022")
    quantity = serializers.DecimalField(max_digits=12, decimal_places=2, help_text="In `unit`, each `frequency`")
    unit = serializers.CharField(max_length=3, help_text="UN/ECE Recommendation 20 or 21, as products have it")
    frequency = serializers.ChoiceField(choices=Frequency.choices, default=Frequency.ONCE)
    specification = serializers.CharField(
        max_length=LONGEST_SPECIFICATION, required=False, allow_blank=True, default=""
    )
    certificates = serializers.ListField(
        child=serializers.CharField(max_length=20), max_length=MOST_CERTIFICATES, required=False, default=list
    )
    incoterm = serializers.CharField(max_length=3, required=False, allow_null=True)
    place = serializers.CharField(max_length=LONGEST_PLACE, required=False, allow_blank=True, default="")
    country = serializers.CharField(max_length=2, help_text="ISO 3166-1 alpha-2: where the goods go")
    destination_port = serializers.CharField(max_length=LONGEST_PLACE, required=False, allow_blank=True, default="")
    target_price = serializers.DecimalField(
        max_digits=14, decimal_places=4, required=False, allow_null=True, help_text="Per unit, in `currency`"
    )
    currency = serializers.CharField(max_length=3, required=False, allow_blank=True, default="")
    deadline = serializers.DateField(help_text="The last day (UTC); at most 180 days ahead")
    language = serializers.ChoiceField(choices=CONTENT_LANGUAGES, help_text="Of the texts")


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "With a picture",
            {**{name: WANTED[name] for name in NEEDED}, "picture": "@sandal.jpg"},
            request_only=True,
            media_type=FORM,
        )
    ]
)
class RequestFilesSerializer(RequestWriteSerializer):
    """What is wanted, with a picture of it."""

    picture = serializers.FileField(required=False, help_text="JPEG, PNG or WebP, 15 MB and 52 megapixels at most")


@extend_schema_serializer(
    examples=[
        OpenApiExample("More of them", {"version": 1, "quantity": "4000"}, request_only=True),
        OpenApiExample("Without the picture", {"version": 1, "remove_picture": True}, request_only=True),
    ]
)
class RequestChangeSerializer(RequestWriteSerializer):
    """What is wanted now; only what is sent changes."""

    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1, help_text="The one that you saw")
    remove_picture = serializers.BooleanField(required=False)


@extend_schema_serializer(
    examples=[
        OpenApiExample("Another picture", {"version": 1, "picture": "@sandal.jpg"}, request_only=True, media_type=FORM)
    ]
)
class RequestChangeFilesSerializer(RequestChangeSerializer, RequestFilesSerializer):
    """What is wanted now, with another picture of it."""


class WantedSerializer(serializers.Serializer[Any]):
    """What is wanted, as everybody reads it who may read the request."""

    title = serializers.CharField()
    commodity = serializers.SlugField(source="commodity.slug", default=None, allow_null=True)
    category = serializers.SlugField(source="category.slug", default=None, allow_null=True)
    hs = serializers.CharField(source="hs_id", allow_null=True)
    quantity = serializers.DecimalField(max_digits=12, decimal_places=2)
    unit = serializers.CharField(source="unit_id")
    frequency = serializers.ChoiceField(choices=Frequency.choices)
    specification = serializers.CharField(allow_blank=True)
    certificates = serializers.ListField(child=serializers.CharField())
    incoterm = serializers.CharField(source="incoterm_id", allow_null=True)
    place = serializers.CharField(allow_blank=True)
    country = serializers.CharField()
    destination_port = serializers.CharField(allow_blank=True)
    target_price = serializers.DecimalField(max_digits=14, decimal_places=4, allow_null=True)
    currency = serializers.CharField(allow_blank=True)
    deadline = serializers.DateField()
    language = serializers.ChoiceField(choices=CONTENT_LANGUAGES)
    picture = serializers.SerializerMethodField(help_text="To be fetched with the same token")

    def get_picture(self, request: BuyingRequest) -> str | None:
        if request.picture_key is None:
            return None
        return f"{settings.SITE_URL}{reverse('api:request-picture-detail', kwargs={'pk': request.pk})}"


class BuyingRequestSerializer(WantedSerializer):
    """A buying request with its state."""

    id = serializers.IntegerField(source="pk")
    state = serializers.ChoiceField(choices=RequestState.choices)
    version = serializers.IntegerField(help_text="Grows with each change; a decision names the one that was seen")
    company = serializers.CharField(source="importer.company")
    submitted_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    reject_reason = serializers.CharField(allow_blank=True)
    decision_note = serializers.CharField(allow_blank=True)
    outcome = serializers.CharField(allow_blank=True)
    ended_at = serializers.DateTimeField(allow_null=True)


class FindingSerializer(serializers.Serializer[Any]):
    """One thing that speaks for a product, or that is missing."""

    code = serializers.CharField()
    text = serializers.CharField(help_text="For the reader")


class MatchedProductSerializer(serializers.Serializer[Any]):
    """A product that may fit."""

    id = serializers.IntegerField()
    slug = serializers.CharField(allow_null=True)


class MatchSerializer(serializers.Serializer[Any]):
    """A product that may answer a request; `reasons` speak for it, `lacking` is missing or not known."""

    id = serializers.IntegerField()
    product = MatchedProductSerializer()
    state = serializers.ChoiceField(choices=MatchState.choices)
    score = serializers.IntegerField(help_text="0 to 100")
    reasons = FindingSerializer(many=True)
    lacking = FindingSerializer(many=True)
    invited_at = serializers.DateTimeField(allow_null=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    pass_reason = serializers.CharField(allow_blank=True)


class CloseSerializer(StrictSerializer):
    """What came of it."""

    outcome = serializers.ChoiceField(choices=Outcome.choices)


class DecisionSerializer(StrictSerializer):
    """A decision about what was seen."""

    seen_version = serializers.IntegerField(min_value=1)
    note = serializers.CharField(max_length=LONGEST_NOTE, required=False, allow_blank=True, default="")


class RejectRequestSerializer(DecisionSerializer):
    """Why it is not looked for."""

    reason = serializers.ChoiceField(choices=RejectReason.choices)


class InviteSerializer(StrictSerializer):
    """Which of the matches are invited."""

    matches = serializers.ListField(child=serializers.IntegerField(), min_length=1, max_length=30)


class PassSerializer(StrictSerializer):
    """Why there is no offer."""

    reason = serializers.ChoiceField(choices=PassReason.choices)
    note = serializers.CharField(max_length=LONGEST_NOTE, required=False, allow_blank=True, default="")


def told(request: BuyingRequest) -> dict[str, Any]:
    """A request as BuyingRequestSerializer describes it."""
    return dict(BuyingRequestSerializer(request).data)


def match_told(match: Match) -> dict[str, Any]:
    """A match as MatchSerializer describes it."""

    def findings(codes: list[Any]) -> list[dict[str, str]]:
        known = [entry for entry in codes if entry[0] in SENTENCES]
        return [{"code": entry[0], "text": text} for entry, text in zip(known, sentences(known), strict=True)]

    return {
        "id": match.pk,
        "product": {"id": match.product_id, "slug": match.product.slug},
        "state": match.state,
        "score": match.score,
        "reasons": findings(match.reasons),
        "lacking": findings(match.lacking),
        "invited_at": match.invited_at,
        "answered_at": match.answered_at,
        "pass_reason": match.pass_reason,
    }
