"""Public producers in the API: no NIB, no address, nobody's e-mail or telephone."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, ClassVar, Final

from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import Scope
from accounts.permissions import PublicRead
from catalog.api.listed import ListedProductSerializer, Told, listed
from catalog.photo_address import photo_url
from catalog.producers import ORDER, product_counts
from catalog.search import of_producer
from catalog.vocabulary import vocabulary
from exporters.models import Certificate, ExportExperience, Producer
from kit.api_fields import TextsField, page_of
from kit.api_views import PAGING, ApiViewSet, in_path, next_address, one_of, page_answer, page_size, query
from kit.languages import pick

PUBLIC: Final = (
    "slug", "trade_name", "story", "founded", "employees", "export_experience", "exports_to", "languages_spoken",
    "website",
)  # fmt: skip


class ProducerSerializer(serializers.Serializer[Any]):
    """A listed producer. `display` holds words in the reader's language."""

    slug = serializers.SlugField()
    url = serializers.CharField(help_text="Its page")
    trade_name = serializers.CharField()
    regency = serializers.CharField(source="regency_id", help_text="Code of the home ministry")
    province = serializers.CharField()
    story = TextsField()
    founded = serializers.IntegerField(allow_null=True)
    employees = serializers.IntegerField(allow_null=True)
    export_experience = serializers.ChoiceField(choices=ExportExperience.choices, allow_blank=True)
    exports_to = serializers.ListField(child=serializers.CharField(), help_text="ISO 3166-1 alpha-2")
    languages_spoken = serializers.ListField(child=serializers.CharField())
    website = serializers.CharField(allow_blank=True, help_text="https address")
    logo = serializers.CharField(allow_blank=True)
    cover = serializers.CharField(allow_blank=True)
    certificates = serializers.ListField(child=serializers.CharField(), help_text="Types of valid certificates")
    products = serializers.IntegerField(help_text="How many are public")
    display = serializers.DictField(child=serializers.CharField())


class ProducerViewSet(ApiViewSet):
    """Producers that the public sees."""

    permission_classes = [PublicRead]
    scope: ClassVar[str | None] = Scope.CATALOGUE_READ
    max_age = 60
    parameters: ClassVar = {
        "list": (query("province", description="Two digits, as the home ministry codes it"), *PAGING),
        "products": PAGING,
    }
    path_parameters = (in_path("slug"),)

    @extend_schema(summary="Producers", responses=page_of(ProducerSerializer))
    def list(self, request: Request) -> Response:
        """By trade name."""
        rows = Producer.objects.listed()
        if province := one_of(request, "province", vocabulary().provinces):
            rows = rows.filter(regency__province=province)
        return page_answer(request, ORDER, rows, told)

    @extend_schema(summary="One producer", responses=ProducerSerializer)
    def retrieve(self, request: Request, slug: str) -> Response:
        """Its public profile."""
        return Response(told([get_object_or_404(Producer.objects.listed(), slug=slug)])[0])

    @extend_schema(summary="Products of a producer", responses=page_of(ListedProductSerializer))
    def products(self, request: Request, slug: str) -> Response:
        """Its public products, the best first."""
        producer = get_object_or_404(Producer.objects.listed(), slug=slug)
        found = of_producer(producer.pk, request.query_params.get("after"), page_size(request))
        return Response({"results": listed(found.products), "next": next_address(request, found.next_after)})


def told(producers: list[Producer]) -> list[Told]:
    """Producers as ProducerSerializer describes them. Two queries."""
    ids = [producer.pk for producer in producers]
    counts = product_counts(ids)
    held: dict[int, set[str]] = defaultdict(set)
    for pk, code in Certificate.objects.valid().filter(producer__in=ids).order_by().values_list("producer", "type"):
        held[pk].add(code)
    return [_told(one, sorted(held[one.pk]), sum(counts.get(one.pk, {}).values())) for one in producers]


def _told(producer: Producer, certificates: list[str], products: int) -> Told:
    place = vocabulary().places.get(producer.regency_id)
    return {
        **{name: getattr(producer, name) for name in PUBLIC},
        "url": reverse("producer_detail", args=[producer.slug]),
        "regency": producer.regency_id,
        "province": place.province_code if place else "",
        "logo": photo_url(producer.logo_key, 320),
        "cover": photo_url(producer.cover_key, 640),
        "certificates": certificates,
        "products": products,
        "display": {
            "story": pick(producer.story).text,
            "place": f"{place.regency}, {place.province}" if place else "",
            "export_experience": str(producer.get_export_experience_display()),
        },
    }
