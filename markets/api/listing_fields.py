"""What the API says of a listing, and what each of its verbs may be told."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from catalog.api.content import ProducerOfProductSerializer
from catalog.models import ProductState
from kit.api_fields import TextsField
from kit.text import clean_text
from markets.models import ListingState
from markets.models.listing_state import LAST_RANK, LONGEST_NOTE, MISSIONS_REASONS

NOT_ASKED: Final = "not_requested"
STATES: Final = [*ListingState.choices, (NOT_ASKED, _("not requested"))]


class ListingSerializer(serializers.Serializer[Any]):
    """A product in a market. Before the first decision it is `requested`, or `not_requested` if it may be proposed."""

    market = serializers.CharField(help_text="ISO 3166-1 alpha-2")
    product = serializers.SlugField()
    title = TextsField()
    producer = ProducerOfProductSerializer()
    product_state = serializers.ChoiceField(choices=ProductState.choices)
    state = serializers.ChoiceField(choices=STATES)
    is_public = serializers.BooleanField(help_text="Listed, published, and the product still names the market")
    pitch = TextsField()
    rank = serializers.IntegerField(allow_null=True, help_text="1 comes first; null unless listed")
    promoted_until = serializers.DateField(allow_null=True)
    decline_reason = serializers.CharField(allow_blank=True)
    decline_note = serializers.CharField(allow_blank=True)
    decided_at = serializers.DateTimeField(allow_null=True)
    decided_by = serializers.CharField(allow_null=True, help_text="Of another mission's people: their post")


class PitchSerializer(serializers.Serializer[Any]):
    """Why this product, in this market."""

    pitch = TextsField(max_length=400, required=False)


class RewordSerializer(serializers.Serializer[Any]):
    """The pitch from now on; a language that is left out loses its text."""

    pitch = TextsField(max_length=400)


class OfferInMarketSerializer(PitchSerializer):
    """The pitch, and where it stands."""

    rank = serializers.IntegerField(required=False, min_value=1, max_value=LAST_RANK, help_text="Else at the end")


class DeclineSerializer(serializers.Serializer[Any]):
    """Why not."""

    reason = serializers.ChoiceField(choices=MISSIONS_REASONS)
    note = serializers.CharField(max_length=LONGEST_NOTE, required=False, allow_blank=True)

    def validate_note(self, value: str) -> str:
        return clean_text(value)


class WithdrawSerializer(serializers.Serializer[Any]):
    """Why not any more."""

    why = serializers.CharField(max_length=LONGEST_NOTE, required=False, allow_blank=True)

    def validate_why(self, value: str) -> str:
        return clean_text(value)


class PromoteSerializer(serializers.Serializer[Any]):
    """Until when it comes first: the last day, included; null ends it."""

    until = serializers.DateField(allow_null=True)


class RankSerializer(serializers.Serializer[Any]):
    """Its place."""

    rank = serializers.IntegerField(min_value=1, max_value=LAST_RANK)
