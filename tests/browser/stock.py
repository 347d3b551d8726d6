"""What a small world lacks for a page to show all its parts: pictures, tiers, badges, requests, a second page."""

from __future__ import annotations

from decimal import Decimal

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from catalog import content, indexing, rebuilding
from catalog.models import Category, Commodity, Photo, Product, ProductRevision
from kit.uploads.pictures import FILE_NAMES, picture_path
from tests import factories as make
from tests.kit import picture_corpus
from tests.world import World

MORE_THAN_A_PAGE = 26
LONG = "Tahan air, dijahit tangan, alas kulit sapi asli dengan tali batik tulis khas Mojokerto; dipakai berjam-jam. "


def enrich(world: World) -> None:
    """Add to the world of the access table; the rows that it names keep their state."""
    _publish_more(world)
    _complete(world)
    _ask_for_changes(world)
    draw_photos()
    rebuilding.reindex_all()
    indexing.set_markets(world.product.pk, {"CL": 1})


def _publish_more(world: World) -> None:
    cloth = Commodity.objects.get(slug="batik-fabric-cotton")
    what = {"commodity": cloth, "hs6": cloth.hs6, "category": cloth.category, "producer": world.other}
    for number in range(MORE_THAN_A_PAGE):
        title = {"id": f"Kain batik seri {number}", "en": f"Batik fabric of series {number}"}
        make.ProductFactory(published=True, slug=f"series-{number}", title=title, **what)


def _complete(world: World) -> None:
    world.producer.story = {"id": LONG * 3, "en": "Leather sandals since 2009. " * 9}
    world.producer.founded, world.producer.employees = 2009, 12
    world.producer.languages_spoken = ["id", "en"]
    world.producer.save()
    make.CertificateFactory(producer=world.producer, expired=True, verified=True)
    make.CertificateFactory(producer=world.producer, rejected=True)
    for holder in (world.product, world.draft, world.in_review):
        _complete_passport(holder)
    world.product.coverages.create(certificate=world.verified, product=world.product)


def _complete_passport(passport: Product | ProductRevision) -> None:
    passport.description = {"id": LONG * 6}
    passport.category = Category.objects.get(slug="sandals-flip-flops")
    passport.attributes = {"upper": "Kulit sapi"}
    passport.materials = {"id": "Kulit sapi, karet"}
    passport.save()
    parts = {passport.HOLDER: passport}
    producer = passport.producer if isinstance(passport, Product) else passport.product.producer
    make.PriceOfferFactory(unit_price=Decimal("6.40"), from_quantity=Decimal(1000), **parts)
    make.PriceOfferFactory(place="Valparaíso", incoterm__code="CIF", expired=True, unit_price=Decimal("7.90"), **parts)
    for _photo in range(2):
        make.PhotoPlacementFactory(photo__producer=producer, **parts)


def _ask_for_changes(world: World) -> None:
    asked: ProductRevision = world.changes_requested
    asked.content_at_request = content.snapshot(asked)
    asked.save()
    for field, reason in (("photos", "photo_unclear"), ("moq", "moq_missing"), ("title", "text_translation")):
        asked.change_requests.create(
            field=field, reason=reason, comment=LONG, version=asked.version, by=world.people["ministry"]
        )


def draw_photos() -> None:
    """Files for the photos that factories made, one picture for all of them."""
    picture = picture_corpus.draw(1280, 960)
    files = {
        size: picture_corpus.save(picture.resize((longer, longer * 3 // 4)), "JPEG" if name.endswith("jpg") else "WEBP")
        for (size, name), longer in zip(FILE_NAMES.items(), (320, 640, 1280, 1280, 1280), strict=True)
    }
    for key in Photo.objects.values_list("key", flat=True):
        for size, data in files.items():
            default_storage.delete(picture_path(key, size))
            default_storage.save(picture_path(key, size), ContentFile(data))
