"""Saved products in the API."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.repeats import KEY_PARAMETER, answer_once
from catalog.models import Product, ProductState
from inquiries.api.own import OwnViewSet
from inquiries.models import SavedProduct
from kit.api_fields import page_of
from kit.api_views import PAGING, in_path, page_answer
from kit.keyset import Keyset

NEWEST_FIRST: Final = Keyset("my saved products", [("pk", "desc")])


class SaveProductSerializer(serializers.Serializer[Any]):
    """Which product."""

    product = serializers.SlugField(max_length=120)


class SavedProductSerializer(serializers.Serializer[Any]):
    """A product that one saved; the product itself is at `products/<slug>/`."""

    product = serializers.SlugField(source="product.slug")
    is_offered = serializers.SerializerMethodField(help_text="Is it still in the catalogue?")
    saved_at = serializers.DateTimeField()

    def get_is_offered(self, saved: SavedProduct) -> bool:
        return saved.product.state == ProductState.PUBLISHED


class OwnSavedProductViewSet(OwnViewSet):
    """What one saved; nobody else sees it."""

    parameters: ClassVar = {"list": PAGING, "create": (KEY_PARAMETER,)}
    path_parameters = (in_path("slug"),)

    @extend_schema(summary="My saved products", responses=page_of(SavedProductSerializer))
    def list(self, request: Request) -> Response:
        """Newest first."""
        rows = SavedProduct.objects.owned_by(self.importer(request)).select_related("product")
        return page_answer(request, NEWEST_FIRST, rows, lambda page: list(SavedProductSerializer(page, many=True).data))

    @extend_schema(
        summary="Save a product",
        request=SaveProductSerializer,
        responses={201: SavedProductSerializer},
        examples=[OpenApiExample("Sandals", {"product": "leather-sandals"}, request_only=True)],
    )
    def create(self, request: Request) -> Response:
        """One that is saved already stays as it is."""
        importer, asked = self.importer(request), SaveProductSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        product = Product.objects.published().filter(slug=asked.validated_data["product"]).first()
        if product is None:
            raise ValidationError({"product": [_("There is nothing here, or it is not yours to see.")]})
        return answer_once(request, lambda: SavedProductSerializer(SavedProduct.keep(product, importer=importer)).data)

    @extend_schema(summary="Forget a saved product", responses={204: None})
    def destroy(self, request: Request, slug: str) -> Response:
        """Whether it is still offered or not."""
        importer = self.importer(request)
        saved = get_object_or_404(SavedProduct.objects.owned_by(importer), product__slug=slug)
        SavedProduct.drop(saved.product, importer=importer)
        return Response(status=204)
