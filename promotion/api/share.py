"""The share kit in the API: the texts to copy, the short link, and where the product's sheets are."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import signed_in
from accounts.models import Scope
from accounts.permissions import HasPower
from accounts.repeats import KEY_PARAMETER, answer_once
from catalog.api.listed import Told
from catalog.page_row import PageRow, read_page
from kit.api_fields import StrictSerializer, TextsField
from kit.api_views import ApiViewSet, in_path
from kit.languages import CONTENT_LANGUAGES, interface_language
from markets.models import MarketListing
from promotion.api.sent import asked
from promotion.models import ShareText
from promotion.models.share_text import LONGEST
from promotion.scope import listings_to_share
from promotion.share_draft import languages_for
from promotion.share_kit import campaign_to_share, texts_of

WRITTEN: Final = {
    "texts": {"es": "Sandalias de cuero, hechas a mano en Mojokerto.\n\nhttps://inaaccess.example/s/7KQ2MP"}
}


class KitTextSerializer(serializers.Serializer[Any]):
    """What to say in one language."""

    language = serializers.ChoiceField(choices=CONTENT_LANGUAGES)
    text = serializers.CharField(help_text="Ready to copy")
    is_draft = serializers.BooleanField(help_text="Only from the product's own facts: read it before you share it")
    written_by = serializers.CharField(source="written_by.name", default=None, allow_null=True)
    written_at = serializers.DateTimeField(allow_null=True)
    sheet_url = serializers.CharField(help_text="The product on one page of paper (PDF)")


class ShareKitSerializer(serializers.Serializer[Any]):
    """All that is needed to share a product in a market."""

    market = serializers.CharField(help_text="ISO 3166-1 alpha-2")
    product = serializers.SlugField()
    campaign = serializers.CharField(allow_null=True, help_text="Code of the newest running one of the product")
    short_url = serializers.CharField(allow_null=True, help_text="Its short link; stands in the drafts")
    texts = KitTextSerializer(many=True, help_text="The market's own languages first, then English")


@extend_schema_serializer(examples=[OpenApiExample("In Spanish", WRITTEN, request_only=True)])
class ShareTextsSerializer(StrictSerializer):
    """The texts by language; a language that is not sent stays as it is."""

    texts = TextsField(max_length=LONGEST)


class ShareKitViewSet(ApiViewSet):
    """What to share of a product that is offered in a market of one's own."""

    permission_classes = [HasPower]
    power: ClassVar = "promotion.run_campaign"
    scope: ClassVar[str | None] = Scope.MARKETS_WRITE
    path_parameters = (in_path("iso2", description="ISO 3166-1 alpha-2"), in_path("slug", description="The product"))
    parameters: ClassVar = {"partial_update": (KEY_PARAMETER,)}

    @extend_schema(summary="Share kit of a listing", responses=ShareKitSerializer)
    def retrieve(self, request: Request, iso2: str, slug: str) -> Response:
        """In each language of the market the text that a colleague kept, else a draft."""
        return Response(self._told(request, *self._get(iso2, slug)))

    @extend_schema(summary="Keep texts to share", request=ShareTextsSerializer, responses={200: ShareKitSerializer})
    def partial_update(self, request: Request, iso2: str, slug: str) -> Response:
        """In place of what was kept before, for you and your colleagues."""
        listing, row = self._get(iso2, slug)
        texts: dict[str, str] = asked(ShareTextsSerializer, request)["texts"]
        if unknown := sorted(set(texts) - set(languages_for(listing.market))):
            message = _("Nobody reads this language in the market: %(language)s.") % {"language": unknown[0]}
            raise serializers.ValidationError({"texts": [message]})
        if not texts:
            raise serializers.ValidationError({"texts": [_("Give the text by language.")]})

        def keep() -> Told:
            for language, text in sorted(texts.items()):
                ShareText.objects.write(listing, language=language, text=text, by=signed_in(request.user))
            return self._told(request, listing, row)

        return answer_once(request, keep, status=200)

    def _get(self, iso2: str, slug: str) -> tuple[MarketListing, PageRow]:
        rows = listings_to_share(self.request.user).select_related("market", "product")
        listing = get_object_or_404(rows, market=iso2.upper(), product__slug=slug)
        row = read_page(slug)
        if row is None:
            raise Http404
        return listing, row

    def _told(self, request: Request, listing: MarketListing, row: PageRow) -> Told:
        campaign = campaign_to_share(signed_in(request.user), listing)
        texts = [
            {
                **one._asdict(),
                "is_draft": one.is_draft,
                "sheet_url": _sheet_url(slug=str(row.product.slug), key=one.language),
            }
            for one in texts_of(listing, row, campaign)
        ]
        kit = {
            "market": listing.market_id,
            "product": row.product.slug,
            "campaign": campaign.code if campaign else None,
            "short_url": campaign.short_url if campaign else None,
            "texts": texts,
        }
        return dict(ShareKitSerializer(kit).data)


def _sheet_url(*, slug: str, key: str) -> str:
    with translation.override(interface_language(key)):
        return f"{settings.SITE_URL}{reverse('product_sheet', args=[slug])}"
