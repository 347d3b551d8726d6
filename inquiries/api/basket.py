"""The enquiry basket in the API: the draft of whoever is signed in, its products, and the sending."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import ratelimit
from accounts.http import signed_in
from accounts.models import Scope
from accounts.permissions import HasScope
from accounts.repeats import KEY_PARAMETER, answer_once
from catalog.models import Product
from catalog.vocabulary import vocabulary
from inquiries import sending
from inquiries.models import Basket, BasketLine, EnquiryLine, EnquiryRound, Need
from inquiries.models.asked_terms import LONGEST_NOTE, MOST_CERTIFICATES, MOST_SAMPLES, validate_certificate_codes
from inquiries.models.basket import LONGEST_MESSAGE
from kit.api_views import ApiViewSet, in_path
from kit.countries import validate_country
from kit.money import CURRENCY_CHOICES
from kit.text import validate_text
from kit.units import is_whole


def _line_of_text(**more: Any) -> serializers.CharField:
    return serializers.CharField(max_length=80, allow_blank=True, required=False, validators=[validate_text], **more)


def _text(longest: int) -> serializers.CharField:
    return serializers.CharField(max_length=longest, allow_blank=True, required=False, validators=[validate_text])


class CertificatesField(serializers.ListField):
    """Codes of certificate types."""

    child = serializers.CharField(max_length=20)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": MOST_CERTIFICATES, "required": False, **kwargs})

    def to_internal_value(self, data: Any) -> list[str]:
        codes: list[str] = super().to_internal_value(data)
        validate_certificate_codes(codes)
        return list(dict.fromkeys(codes))


class IncotermCodeField(serializers.CharField):
    """The code of a rule of Incoterms 2020, or null."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"source": "incoterm_id", "allow_null": True, "required": False, "max_length": 3, **kwargs})

    def to_internal_value(self, data: Any) -> str:
        code = super().to_internal_value(data)
        if code not in vocabulary().incoterms:
            raise serializers.ValidationError(_("Unknown Incoterm."))
        return code


class BasketTermsSerializer(serializers.Serializer[Any]):
    """The terms that hold for every product of the basket."""

    destination_country = serializers.CharField(
        max_length=2, allow_blank=True, required=False, validators=[validate_country], help_text="ISO 3166-1 alpha-2"
    )
    destination_port = _line_of_text()
    incoterm = IncotermCodeField()
    place = _line_of_text()
    wanted_on = serializers.DateField(allow_null=True, required=False)
    certificates = CertificatesField()
    needs = serializers.ListField(child=serializers.ChoiceField(choices=Need.choices), max_length=3, required=False)
    message = _text(LONGEST_MESSAGE)


class BasketLineTermsSerializer(serializers.Serializer[Any]):
    """What is asked about a product; what is left out is as said for the whole basket."""

    quantity = serializers.DecimalField(
        max_digits=12, decimal_places=2, min_value=Decimal("0.01"), allow_null=True, required=False,
        help_text="In the product's unit",
    )  # fmt: skip
    target_price = serializers.DecimalField(
        max_digits=14,
        decimal_places=4,
        min_value=Decimal("0.0001"),
        allow_null=True,
        required=False,
        help_text="Per unit",
    )
    currency = serializers.ChoiceField(choices=list(CURRENCY_CHOICES), allow_blank=True, required=False)
    samples = serializers.IntegerField(min_value=1, max_value=MOST_SAMPLES, allow_null=True, required=False)
    incoterm = IncotermCodeField()
    place = _line_of_text()
    destination_port = _line_of_text()
    certificates = CertificatesField()
    note = _text(LONGEST_NOTE)

    def save_to(self, line: BasketLine) -> BasketLine:
        """Store what was said on the line. Raises ValidationError where it does not fit what is there."""
        fill(line, self.validated_data)
        line.save()
        return line


class NewBasketLineSerializer(BasketLineTermsSerializer):
    """A product to put in."""

    product = serializers.SlugField(max_length=120)


class BasketLineSerializer(BasketLineTermsSerializer):
    """A product in the basket."""

    id = serializers.IntegerField(source="pk")
    product = serializers.SlugField(source="product.slug")
    producer = serializers.SlugField(source="product.producer.slug")
    unit = serializers.CharField(source="product.unit_id", allow_null=True)
    minimum_quantity = serializers.DecimalField(source="product.moq", max_digits=12, decimal_places=2, allow_null=True)
    is_offered = serializers.BooleanField(help_text="false: no longer in the catalogue, and not sent")


class BasketSerializer(BasketTermsSerializer):
    """One's enquiry basket."""

    lines = BasketLineSerializer(many=True)


class SentSerializer(serializers.Serializer[Any]):
    """What was sent: one enquiry for each producer."""

    id = serializers.IntegerField(source="pk")
    sent_at = serializers.DateTimeField()
    enquiries = serializers.ListField(child=serializers.IntegerField(), help_text="Their ids")


class _OfBasket(ApiViewSet):
    """For everybody who is signed in: nobody sees another's basket."""

    permission_classes = [HasScope]
    scope: ClassVar[str | None] = Scope.INQUIRIES_WRITE


class OwnBasketViewSet(_OfBasket):
    """The draft as a whole."""

    parameters: ClassVar = {"send": (KEY_PARAMETER,)}

    @extend_schema(summary="My enquiry basket", responses=BasketSerializer)
    def retrieve(self, request: Request) -> Response:
        """The terms for all products, and the products in the order of their producers."""
        user = signed_in(request.user)
        return Response(_told(Basket.objects.of_user(user).first() or Basket(user=user)))

    @extend_schema(
        summary="Change the terms of my enquiry basket",
        request=BasketTermsSerializer,
        responses=BasketSerializer,
        examples=[OpenApiExample("To Chile", {"destination_country": "CL", "incoterm": "CIF"}, request_only=True)],
    )
    def partial_update(self, request: Request) -> Response:
        """What is left out stays."""
        asked = BasketTermsSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        basket = Basket.objects.start_for(signed_in(request.user))
        for name, value in asked.validated_data.items():
            setattr(basket, name, value)
        if asked.validated_data:
            basket.save(update_fields=[*asked.validated_data])
        basket.touch()
        return Response(_told(basket))

    @extend_schema(summary="Send my enquiry basket", request=None, responses={201: SentSerializer})
    def send(self, request: Request) -> Response:
        """One enquiry to each producer; what was sent leaves the basket. Importers only."""
        user = signed_in(request.user)

        def work() -> Any:
            basket = Basket.objects.start_for(user)
            if not basket.destination_country:
                raise ValidationError({"destination_country": [_("Choose where the goods are to go.")]})
            sent = sending.send(basket, by=user, address=ratelimit.client_address(request._request))
            return _sent(sent)

        return answer_once(request, work)


class OwnBasketLineViewSet(_OfBasket):
    """The products in it."""

    parameters: ClassVar = {"create": (KEY_PARAMETER,)}
    path_parameters = (in_path("id", int),)

    @extend_schema(
        summary="Put a product into my enquiry basket",
        request=NewBasketLineSerializer,
        responses={201: BasketLineSerializer},
        examples=[OpenApiExample("Sandals", {"product": "leather-sandals", "quantity": "600"}, request_only=True)],
    )
    def create(self, request: Request) -> Response:
        """A product that is in it already gets the terms that are given."""
        asked = NewBasketLineSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        product = Product.objects.published().filter(slug=asked.validated_data.pop("product")).first()
        if product is None:
            raise ValidationError({"product": [_("There is nothing here, or it is not yours to see.")]})

        def work() -> Any:
            line = Basket.objects.start_for(signed_in(request.user)).add(product)
            return BasketLineSerializer(asked.save_to(line)).data

        return answer_once(request, work)

    @extend_schema(
        summary="Change what I ask about a product", request=BasketLineTermsSerializer, responses=BasketLineSerializer
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """What is left out stays."""
        asked = BasketLineTermsSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        with transaction.atomic():
            line = asked.save_to(self._own(request, pk))
            line.basket.touch()
        return Response(BasketLineSerializer(line).data)

    @extend_schema(summary="Take a product out of my enquiry basket", responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """At once and for good."""
        self._own(request, pk).delete()
        return Response(status=204)

    def _own(self, request: Request, pk: str) -> BasketLine:
        rows = BasketLine.objects.in_it().filter(basket__user=signed_in(request.user))
        return get_object_or_404(rows.select_related("product__producer", "basket"), pk=int(pk))


def fill(line: BasketLine | EnquiryLine, said: Mapping[str, Any]) -> None:
    """Put on the line what was said about its product. Raises ValidationError where it does not fit what is there."""
    for name, value in said.items():
        setattr(line, name, value)
    if line.target_price is not None and not line.currency:
        raise ValidationError({"currency": [_("The target price needs its currency.")]})
    unit = vocabulary().units.get((line.product.unit_id if line.product else "") or "")
    if line.quantity is not None and unit is not None and unit.is_counted and not is_whole(line.quantity):
        raise ValidationError({"quantity": [_("Give a whole number: this product is sold by the piece.")]})


def _told(basket: Basket) -> Any:
    rows = BasketLine.objects.in_it().filter(basket=basket.pk).select_related("product__producer")
    lines = rows.order_by("product__producer__trade_name", "product__producer", "pk")
    return {**BasketTermsSerializer(basket).data, "lines": BasketLineSerializer(lines, many=True).data}


def _sent(sent: EnquiryRound) -> Any:
    told = {"pk": sent.pk, "sent_at": sent.sent_at, "enquiries": list(sent.enquiries.values_list("pk", flat=True))}
    return SentSerializer(told).data
