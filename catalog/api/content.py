"""The export passport in the API of the producer's side: what may be written, and how a revision is told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext as _
from rest_framework import serializers

from catalog import completeness, requirements
from catalog.api.detail import ContainerLoadSerializer, PhotoSizeSerializer, packing, shown_photo
from catalog.api.listed import Told
from catalog.content import plain, snapshot
from catalog.models import BusinessModel, Category, Commodity, Product, ProductRevision, ProductState, Reason
from catalog.models.revision_state import RevisionState
from kit.api_fields import TextsField
from kit.money import CURRENCY_CHOICES


def number(digits: int, places: int, words: str = "") -> serializers.DecimalField:
    """An optional number above zero; a JSON number or a text with a point."""
    return serializers.DecimalField(digits, places, required=False, allow_null=True, help_text=words)


def text(limit: int, *, words: str = "", is_nullable: bool = False) -> serializers.CharField:
    """An optional short text."""
    return serializers.CharField(
        max_length=limit, required=False, allow_null=is_nullable, allow_blank=not is_nullable, help_text=words
    )


class OfferSerializer(serializers.Serializer[Any]):
    """A price per unit under a rule, at a place, from a quantity on, until a day (180 days ahead at most)."""

    incoterm = serializers.CharField(max_length=3, help_text="Incoterms 2020")
    place = serializers.CharField(max_length=80)
    currency = serializers.ChoiceField(choices=list(CURRENCY_CHOICES), help_text="ISO 4217")
    unit_price = serializers.DecimalField(14, 4)
    from_quantity = serializers.DecimalField(12, 2, help_text="Whole like the minimum order")
    valid_until = serializers.DateField()


class PlacedPhotoSerializer(serializers.Serializer[Any]):
    """A photo in its place; the first is the cover."""

    photo = serializers.UUIDField(help_text="Key, as my/photos tells it")
    alt = TextsField(max_length=160, required=False)


class ContentSerializer(serializers.Serializer[Any]):
    """The export passport. Quantities in `unit`, weights in kg, lengths in cm, times in days.

    A field that is not sent stays as it is; lists and texts are replaced whole; null empties.
    """

    title = TextsField(max_length=120, required=False)
    summary = TextsField(max_length=300, required=False)
    description = TextsField(max_length=5000, required=False)
    category = serializers.SlugRelatedField(
        slug_field="slug", queryset=Category.objects.all(), required=False, allow_null=True
    )
    commodity = serializers.SlugRelatedField(
        slug_field="slug", queryset=Commodity.objects.all(), required=False, allow_null=True,
        help_text="Another commodity fills `hs6` and `category`, unless they are sent too",
    )  # fmt: skip
    hs6 = text(12, words="HS 2022, six digits", is_nullable=True)
    attributes = serializers.DictField(required=False, help_text="Facts that the category asks for, by key")
    unit = text(3, words="UN/ECE Recommendation 20 or 21", is_nullable=True)
    moq = number(12, 2, "Minimum order quantity; a whole number when the unit is one of pieces or packs")
    capacity_per_month = number(14, 2)
    lead_time_days = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=730)
    offers = OfferSerializer(many=True, required=False)
    sample_quantity = number(10, 2)
    sample_price = number(12, 2, "0: free of charge")
    sample_currency = serializers.ChoiceField(choices=list(CURRENCY_CHOICES), required=False, allow_blank=True)
    sample_days = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=365)
    sample_note = TextsField(max_length=300, required=False)
    units_per_carton = number(10, 2)
    carton_length_cm = number(6, 1)
    carton_width_cm = number(6, 1)
    carton_height_cm = number(6, 1)
    gross_kg = number(8, 3)
    net_kg = number(8, 3)
    packing_note = TextsField(max_length=300, required=False)
    materials = TextsField(max_length=300, required=False)
    materials_origin = TextsField(max_length=200, required=False)
    shelf_life_days = serializers.IntegerField(required=False, allow_null=True, min_value=1, max_value=7300)
    storage = TextsField(max_length=200, required=False)
    brand = text(80)
    business_models = serializers.ListField(
        child=serializers.ChoiceField(choices=BusinessModel.choices), required=False, max_length=3
    )
    target_markets = serializers.ListField(
        child=serializers.CharField(max_length=2), required=False, max_length=33, help_text="ISO 3166-1 alpha-2"
    )
    photos = PlacedPhotoSerializer(many=True, required=False)
    certificates = serializers.ListField(
        child=serializers.IntegerField(min_value=1), required=False, max_length=200,
        help_text="Those of the producer that apply to the product: at once, without a new approval",
    )  # fmt: skip

    def to_internal_value(self, data: Any) -> Any:
        """Refuse what is not a field: a misspelt name would be lost in silence."""
        if isinstance(data, dict) and (unknown := set(data) - set(self.fields)):
            raise serializers.ValidationError({str(name)[:40]: [_("Unknown field.")] for name in sorted(unknown)})
        return super().to_internal_value(data)


class MissingSerializer(serializers.Serializer[Any]):
    """A part that is not there yet."""

    field = serializers.CharField()
    message = serializers.CharField()
    is_required = serializers.BooleanField(help_text="Required to submit")


class CompletenessSerializer(serializers.Serializer[Any]):
    """How complete it is."""

    percent = serializers.IntegerField()
    missing = MissingSerializer(many=True)


class RequirementSerializer(serializers.Serializer[Any]):
    """A certificate that the category requires before a reviewer approves; one of `types` is enough."""

    types = serializers.ListField(child=serializers.CharField())
    state = serializers.ChoiceField(choices=requirements.STATES)
    certificate = serializers.IntegerField(allow_null=True, help_text="The one that counts most, if any")
    note = serializers.CharField(allow_blank=True)
    source = serializers.CharField()  # type: ignore[assignment]
    checked_on = serializers.DateField()


class ChangeAskedSerializer(serializers.Serializer[Any]):
    """What a reviewer asked for, beside one field."""

    field = serializers.CharField()
    reason = serializers.ChoiceField(choices=Reason.choices)
    comment = serializers.CharField()
    asked_at = serializers.DateTimeField()
    is_changed = serializers.BooleanField(help_text="Did the field change since?")


class ProductOfRevisionSerializer(serializers.Serializer[Any]):
    """The product that a revision is about."""

    id = serializers.IntegerField()
    slug = serializers.SlugField(allow_null=True)
    state = serializers.ChoiceField(choices=ProductState.choices)


class ProducerOfProductSerializer(serializers.Serializer[Any]):
    """Whose it is."""

    id = serializers.IntegerField()
    trade_name = serializers.CharField()


class RevisionListedSerializer(serializers.Serializer[Any]):
    """A revision in a list."""

    id = serializers.IntegerField()
    product = ProductOfRevisionSerializer()
    producer = ProducerOfProductSerializer()
    number = serializers.IntegerField()
    state = serializers.ChoiceField(choices=RevisionState.choices)
    version = serializers.IntegerField(help_text="Counts the changes of the content; name it when you change it")
    title = TextsField()
    saved_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(allow_null=True)
    decided_at = serializers.DateTimeField(allow_null=True)


class PhotoOfRevisionSerializer(PlacedPhotoSerializer):
    """A placed photo with its sizes."""

    url = serializers.CharField()
    sizes = PhotoSizeSerializer(many=True)


class RevisionSerializer(RevisionListedSerializer):
    """A revision: the whole passport, what is missing, and what reviewers asked for."""

    content = ContentSerializer()
    photos = PhotoOfRevisionSerializer(many=True)
    carton_cbm = serializers.DecimalField(12, 3, allow_null=True)
    containers = ContainerLoadSerializer(many=True)
    completeness = CompletenessSerializer()
    requirements = RequirementSerializer(many=True, help_text="Certificates that an approval needs")
    requests = ChangeAskedSerializer(many=True)
    rejection = serializers.CharField(allow_blank=True, help_text="Why it was rejected")
    confirmed_on = serializers.DateField(allow_null=True)


KEYS_OF_ROWS: Final = ("category", "commodity")


def revision_listed(revision: ProductRevision) -> Told:
    """A revision as RevisionListedSerializer describes it; needs its product and producer."""
    product = revision.product
    return {
        "id": revision.pk,
        "product": {"id": product.pk, "slug": product.slug, "state": product.state},
        "producer": {"id": product.producer_id, "trade_name": product.producer.trade_name},
        "number": revision.number,
        "state": revision.state,
        "version": revision.version,
        "title": revision.title,
        "saved_at": revision.saved_at,
        "submitted_at": revision.submitted_at,
        "decided_at": revision.decided_at,
    }


def revision_told(revision: ProductRevision) -> Told:
    """A revision as RevisionSerializer describes it; read it with its parts."""
    standings = requirements.of(revision)
    found = completeness.of(revision, [one for one in standings if not one.is_met])
    return {
        **revision_listed(revision),
        "content": content_told(revision),
        "photos": [
            {"photo": str(placed.photo.key), **shown_photo(placed)} for placed in revision.placements.all()
        ],
        **packing(revision),
        "completeness": completeness_told(found),
        "requirements": [_requirement(one) for one in standings],
        "requests": requests_told(revision),
        "rejection": revision.rejection,
        "confirmed_on": revision.confirmed_on,
    }  # fmt: skip


def content_told(passport: Product | ProductRevision) -> Told:
    """The passport as ContentSerializer reads it: what is told may be sent back."""
    told = snapshot(passport)
    told.pop("confirmed_on")
    told |= {"category": passport.category.slug if passport.category else None}
    told |= {"commodity": passport.commodity.slug if passport.commodity else None}
    product = passport if isinstance(passport, Product) else passport.product
    told["certificates"] = list(product.coverages.order_by("certificate").values_list("certificate", flat=True))
    return told


def completeness_told(found: completeness.Completeness) -> Told:
    """What is missing, in the reader's words."""
    missing = [
        {"field": part.field, "message": str(part.message), "is_required": part.required} for part in found.missing
    ]
    return {"percent": found.percent, "missing": missing}


def _requirement(standing: requirements.Standing) -> Told:
    return {
        "types": [one.pk for one in standing.types],
        "state": standing.state,
        "certificate": standing.certificate.pk if standing.certificate else None,
        "note": standing.note,
        "source": standing.source,
        "checked_on": standing.checked_on,
    }


def requests_told(revision: ProductRevision) -> list[Told]:
    """What the reviewers asked for last, and whether each field changed since."""
    then, asked = revision.content_at_request or {}, list(revision.requests_now())
    now = snapshot(revision) if asked else {}
    return [
        {
            "field": one.field, "reason": one.reason, "comment": one.comment, "asked_at": one.asked_at,
            "is_changed": then.get(one.field) != now.get(one.field),
        }
        for one in asked
    ]  # fmt: skip


def changes_of(serializer: ContentSerializer, names: Iterable[str] = ()) -> Told:
    """What was sent, as `revision_changes.change_content` takes it: rows by their keys."""
    left_out = set(names)
    changes = {name: value for name, value in serializer.validated_data.items() if name not in left_out}
    for name in KEYS_OF_ROWS:
        if changes.get(name) is not None:
            changes[name] = changes[name].pk
    return changes


def comparable(value: Any) -> Any:
    """A sent value in the shape in which it is told."""
    if isinstance(value, dict):
        return {key: comparable(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [comparable(inner) for inner in value]
    return plain(value)
