"""Own products in the API: started, revised, taken back, confirmed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import signed_in
from accounts.models import User
from accounts.repeats import KEY_PARAMETER, answer_once, done_once
from catalog.api.content import (
    ContentSerializer,
    ProducerOfProductSerializer,
    RevisionListedSerializer,
    RevisionSerializer,
    changes_of,
    revision_listed,
    revision_told,
)
from catalog.api.listed import Told
from catalog.models import Product, ProductRevision, ProductState
from catalog.models.revision_state import OPEN_STATES
from catalog.revision_changes import change_content
from catalog.step_saving import read
from exporters.api import DeskViewSet
from exporters.models import Producer
from kit.api_fields import TextsField, page_of
from kit.api_views import PAGING, one_of, page_answer, query
from kit.keyset import Keyset

NEWEST_FIRST = Keyset("my products", [("pk", "desc")])


class OwnProductSerializer(serializers.Serializer[Any]):
    """A product of one's own: what is public of it, and what is worked on."""

    id = serializers.IntegerField()
    slug = serializers.SlugField(allow_null=True)
    state = serializers.ChoiceField(choices=ProductState.choices)
    producer = ProducerOfProductSerializer()
    title = TextsField(help_text="Public, else proposed")
    published_at = serializers.DateTimeField(allow_null=True)
    confirmed_on = serializers.DateField(allow_null=True)
    open_revision = RevisionListedSerializer(allow_null=True)


class StartSerializer(ContentSerializer):
    """A new product: whose it is, and what is known of it already."""

    producer = serializers.IntegerField(min_value=1, required=False, help_text="May be left out by who works on one")


class ReviseSerializer(serializers.Serializer[Any]):
    """What a new revision starts from: the public content, or one of the closed revisions."""

    from_revision = serializers.IntegerField(min_value=1, required=False, allow_null=True)


class OwnProductViewSet(DeskViewSet):
    """Products of one's producers."""

    parameters: ClassVar = {
        "list": (query("state", str, enum=ProductState.values), *PAGING),
        "create": (KEY_PARAMETER,),
        "revise": (KEY_PARAMETER,),
    }

    @extend_schema(summary="My products", responses=page_of(OwnProductSerializer))
    def list(self, request: Request) -> Response:
        """Of all producers that one works on, newest first."""
        rows = self._own(request)
        if state := one_of(request, "state", ProductState.values):
            rows = rows.filter(state=state)
        return page_answer(request, NEWEST_FIRST, rows, _products)

    @extend_schema(summary="One of my products", responses=OwnProductSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """With its open revision."""
        return Response(_products([self._get(request, pk)])[0])

    @extend_schema(
        summary="Start a product",
        request=StartSerializer,
        responses={201: RevisionSerializer},
        examples=[
            OpenApiExample(
                "Sandals",
                {"title": {"id": "Sandal kulit", "en": "Leather sandals"}, "commodity": "leather-sandals"},
                request_only=True,
            )
        ],
    )
    def create(self, request: Request) -> Response:
        """Makes an unpublished product and its first draft, with what is sent of the content."""
        user, asked = signed_in(request.user), StartSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        producer = _producer(user, asked.validated_data.get("producer"))

        def start() -> Told:
            revision = Product.objects.start(producer=producer, by=user)
            if changes := changes_of(asked, ["producer"]):
                change_content(revision.pk, changes, seen_version=revision.version, by=user)
            return revision_told(read(revision.pk))

        return answer_once(request, start)

    @extend_schema(summary="Open a revision", request=ReviseSerializer, responses={201: RevisionSerializer})
    def revise(self, request: Request, pk: str) -> Response:
        """Begin a change of a published product, or of one whose revision was closed."""
        product, user = self._get(request, pk), signed_in(request.user)
        asked = ReviseSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        source = _source(product, asked.validated_data.get("from_revision"))
        return answer_once(
            request, lambda: revision_told(read(ProductRevision.begin(product, by=user, source=source).pk))
        )

    @extend_schema(summary="Take a product back", request=None, responses={200: OwnProductSerializer})
    @done_once
    def retire(self, request: Request, pk: str) -> Response:
        """Its page answers 410 from now on."""
        product = self._get(request, pk)
        product.retire(by=signed_in(request.user))
        return self.retrieve(request, pk)

    @extend_schema(summary="Publish again what was retired", request=None, responses={200: OwnProductSerializer})
    @done_once
    def restore(self, request: Request, pk: str) -> Response:
        """What staff suspended, only staff restore."""
        product = self._get(request, pk)
        product.restore(by=signed_in(request.user), was=ProductState.RETIRED)
        return self.retrieve(request, pk)

    @extend_schema(summary="Confirm that the facts hold", request=None, responses={200: OwnProductSerializer})
    @done_once
    def confirm(self, request: Request, pk: str) -> Response:
        """Today, without a new approval."""
        product = self._get(request, pk)
        product.confirm(by=signed_in(request.user))
        return self.retrieve(request, pk)

    def _own(self, request: Request) -> QuerySet[Product]:
        return Product.objects.editable_by(request.user).select_related("producer")

    def _get(self, request: Request, pk: str) -> Product:
        return get_object_or_404(self._own(request), pk=int(pk))


def _products(products: list[Product]) -> list[Told]:
    """Products as OwnProductSerializer describes them. One query."""
    rows = ProductRevision.objects.filter(product__in=[one.pk for one in products], state__in=OPEN_STATES)
    being_worked_on = {row.product_id: row for row in rows}
    for product in products:
        if revision := being_worked_on.get(product.pk):
            revision.product = product
    return [_product(one, being_worked_on.get(one.pk)) for one in products]


def _product(product: Product, revision: ProductRevision | None) -> Told:
    return {
        "id": product.pk,
        "slug": product.slug,
        "state": product.state,
        "producer": {"id": product.producer_id, "trade_name": product.producer.trade_name},
        "title": product.title or (revision.title if revision else {}),
        "published_at": product.published_at,
        "confirmed_on": product.confirmed_on,
        "open_revision": revision_listed(revision) if revision else None,
    }


def _producer(user: User, pk: int | None) -> Producer:
    producers = list(Producer.objects.editable_by(user).order_by("pk")[:20])
    if pk is None and len(producers) == 1:
        return producers[0]
    chosen = Producer.objects.editable_by(user).filter(pk=pk).first() if pk is not None else None
    if chosen is None:
        names = "; ".join(f"{one.pk} ({one.trade_name})" for one in producers)
        raise ValidationError({"producer": [_("Choose one of: %(values)s.") % {"values": names}]})
    return chosen


def _source(product: Product, pk: int | None) -> ProductRevision | None:
    """The closed revision to start from; without a wish the public content, else the last revision."""
    closed = product.revisions.exclude(state__in=OPEN_STATES)
    if pk is None:
        return None if product.content_number else closed.order_by("-number").first()
    source = closed.filter(pk=pk).first()
    if source is None:
        raise ValidationError({"from_revision": [_("This product has no such closed revision.")]})
    return source
