"""What a collection says in the API, and what may be sent of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import serializers

from accounts.models import User
from catalog.api.listed import ListedProductSerializer, Told, listed
from catalog.models import Photo, Product
from catalog.photo_address import photo_url
from catalog.search import take
from kit.api_fields import StrictSerializer, TextsField
from markets.collection_showing import cover_key, curator_name
from markets.curating import choices_of
from markets.models import Chosen, Collection, CollectionState, Market, Mission
from markets.models.collection import LONGEST_INTRODUCTION, MOST_ITEMS
from markets.models.collection_item import LONGEST_ITEM_NOTE

PLAIN: Final = ("title", "introduction", "starts_on", "ends_on")


class CollectionListedSerializer(serializers.Serializer[Any]):
    """A collection in a list."""

    slug = serializers.SlugField(help_text="Follows the English title until it was public once, then never changes")
    url = serializers.CharField(help_text="Its page")
    state = serializers.ChoiceField(choices=CollectionState.choices)
    title = TextsField()
    introduction = TextsField()
    market = serializers.CharField(allow_null=True, help_text="ISO 3166-1 alpha-2; null: for all")
    mission = serializers.CharField(allow_null=True, help_text="Code of who curates it; null: the ministry")
    curator = serializers.CharField(help_text="In the reader's language")
    starts_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True, help_text="The last day on which it is public")
    products = serializers.IntegerField(help_text="How many of its products are public")
    cover_url = serializers.CharField(allow_null=True, help_text="WebP, longer side 640 px")
    published_at = serializers.DateTimeField(allow_null=True)
    changed_at = serializers.DateTimeField()


class CollectionItemSerializer(serializers.Serializer[Any]):
    """A product of a collection, in its place."""

    position = serializers.IntegerField(help_text="1 comes first")
    product = serializers.SlugField()
    title = TextsField()
    note = TextsField()
    is_public = serializers.BooleanField(help_text="Published and, for one market, listed there; others see no other")
    listed = ListedProductSerializer(allow_null=True, help_text="As lists of products tell it; null unless public")


class CollectionSerializer(CollectionListedSerializer):
    """A collection with its products; curators see those that are not public too."""

    version = serializers.IntegerField(help_text="To be named by a change")
    cover = serializers.UUIDField(allow_null=True, help_text="Key of the chosen photo")
    own_cover = serializers.BooleanField(help_text="Was a cover uploaded? It stands before the chosen photo")
    items = CollectionItemSerializer(many=True)


class PreviewSerializer(serializers.Serializer[Any]):
    """A link that shows the draft to whoever has it."""

    preview_url = serializers.URLField()
    preview_until = serializers.DateTimeField()


class PlaceSerializer(StrictSerializer):
    """For whom, and by whom."""

    market = serializers.CharField(
        required=False,
        allow_null=True,
        max_length=2,
        help_text="One of your own; null: for all, the ministry's to make",
    )
    mission = serializers.CharField(
        required=False, allow_null=True, max_length=12, help_text="One of your own; null: the ministry"
    )


class StartCollectionSerializer(PlaceSerializer):
    """A new draft."""

    title = TextsField(max_length=120)


class ChosenSerializer(StrictSerializer):
    """A product to put in."""

    product = serializers.SlugField(max_length=100)
    note = TextsField(max_length=LONGEST_ITEM_NOTE, required=False, default=dict)


class ChangeCollectionSerializer(PlaceSerializer):
    """What to change; what is left out stays. `items` is the whole list, in its order."""

    version = serializers.IntegerField(min_value=1, help_text="The version that you saw")
    title = TextsField(max_length=120, required=False)
    introduction = TextsField(max_length=LONGEST_INTRODUCTION, required=False)
    starts_on = serializers.DateField(required=False, allow_null=True)
    ends_on = serializers.DateField(required=False, allow_null=True)
    cover = serializers.UUIDField(required=False, allow_null=True, help_text="Key of a photo of one of its products")
    items = serializers.ListField(child=ChosenSerializer(), required=False, max_length=MOST_ITEMS)


class ArchiveSerializer(serializers.Serializer[Any]):
    """Why it is taken from the public."""

    why = serializers.CharField(max_length=500, required=False, allow_blank=True)


def places(asked: dict[str, Any], user: User, collection: Collection | None = None) -> dict[str, Any]:
    """The market and the mission that were sent, as the verbs take them. Raises ValidationError."""
    choices = choices_of(user, collection)
    found: dict[str, Any] = {}
    if "market" in asked:
        code = (asked["market"] or "").upper()
        if code not in dict(choices.markets):
            raise serializers.ValidationError({"market": [_("This market is not one of yours.")]})
        found["market"] = Market.objects.get(pk=code) if code else None
    if "mission" in asked:
        mission = Mission.objects.filter(code=asked["mission"]).first() if asked["mission"] else None
        if (asked["mission"] and mission is None) or str(mission.pk if mission else "") not in dict(choices.missions):
            raise serializers.ValidationError({"mission": [_("This mission is not one of yours.")]})
        found["mission"] = mission
    return found


def content(asked: dict[str, Any], user: User, collection: Collection) -> dict[str, Any]:
    """What was sent, as `Collection.rewrite` takes it. Raises ValidationError."""
    found = {name: asked[name] for name in PLAIN if name in asked} | places(asked, user, collection)
    if "cover" in asked:
        found["cover"] = Photo.objects.filter(key=asked["cover"]).first() if asked["cover"] else None
        if asked["cover"] and found["cover"] is None:
            raise serializers.ValidationError({"cover": [_("There is no such photo.")]})
    if "items" in asked:
        found["items"] = _chosen(asked["items"])
    return found


def _chosen(items: list[dict[str, Any]]) -> list[Chosen]:
    keys = dict(Product.objects.filter(slug__in=[one["product"] for one in items]).values_list("slug", "pk"))
    unknown = {
        f"items.{number}.product": [_("There is no such product.")]
        for number, one in enumerate(items)
        if one["product"] not in keys
    }
    if unknown:
        raise serializers.ValidationError(unknown)
    return [Chosen(keys[one["product"]], one["note"]) for one in items]


def collections_told(rows: Iterable[Any]) -> list[Told]:
    """A page of collections that `with_faces` read, as CollectionListedSerializer describes them. No query."""
    return [_row(row) for row in rows]


def collection_told(row: Any, *, is_curator: bool) -> Told:
    """One that `with_faces` read, with its products: all of them for its curators."""
    shown = set(row.items.shown().values_list("pk", flat=True))
    items = [item for item in row.items.order_by("position") if is_curator or item.pk in shown]
    products = Product.objects.in_bulk([item.product_id for item in items])
    public = take([item.product_id for item in items if item.pk in shown])
    lists = {product.pk: told for product, told in zip(public, listed(public), strict=True)}
    return {
        **_row(row),
        "version": row.version,
        "cover": str(row.cover.key) if row.cover else None,
        "own_cover": row.own_cover_key is not None,
        "items": [
            {
                "position": item.position,
                "product": products[item.product_id].slug,
                "title": products[item.product_id].title,
                "note": item.note,
                "is_public": item.pk in shown,
                "listed": lists.get(item.product_id) if item.pk in shown else None,
            }
            for item in items
        ],
    }


def _row(row: Any) -> Told:
    key = cover_key(row)
    return {
        "slug": row.slug,
        "url": f"{settings.SITE_URL}{reverse('collection_detail', args=[row.slug])}",
        "state": row.state,
        "title": row.title,
        "introduction": row.introduction,
        "market": row.market_id,
        "mission": row.mission.code if row.mission else None,
        "curator": curator_name(row.mission),
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "products": row.number,
        "cover_url": photo_url(key, 640) if key else None,
        "published_at": row.published_at,
        "changed_at": row.changed_at,
    }
