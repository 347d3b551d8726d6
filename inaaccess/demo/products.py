"""From what a producer's file tells about a product to the content of a revision, as the form would save it."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import User
from catalog import attributes
from catalog.models import Category, Commodity, PhotoPlacement, PriceOffer, ProductRevision
from catalog.offers import MAX_VALID_DAYS, broken_tiers
from inaaccess.demo import pictures
from inaaccess.demo.producers import Company

PLAIN = (
    *("title", "summary", "description", "materials", "materials_origin", "storage", "sample_note", "packing_note"),
    *("lead_time_days", "sample_days", "sample_currency", "shelf_life_days", "brand", "business_models"),
    "target_markets",
)
NUMBERS = ("moq", "capacity_per_month", "sample_quantity", "sample_price", "units_per_carton", "gross_kg", "net_kg")
BY_CODE = {"unit": "unit_id", "hs6": "hs6_id"}


def write(revision: ProductRevision, facts: dict[str, Any], *, company: Company, by: User, age: float) -> None:
    """Write the content into the revision, `age` days before today. Raises ValidationError if it breaks a rule."""
    with transaction.atomic():
        draft = ProductRevision.editing(revision.pk, by=by, seen_version=revision.version)
        _set_fields(draft, facts)
        draft.full_clean()
        draft.offers.all().delete()
        draft.offers.bulk_create(offers_of(draft, facts, today=company.timeline.today, age=age))
        draft.placements.all().delete()
        draft.placements.bulk_create(
            PhotoPlacement(revision=draft, photo=company.photo(name), position=position, alt=pictures.alt(name))
            for position, name in enumerate(facts.get("photos", []))
        )
        draft.edited(by=by)
    revision.refresh_from_db()


def _set_fields(draft: ProductRevision, facts: dict[str, Any]) -> None:
    if "commodity" in facts:
        draft.commodity = Commodity.objects.get(slug=facts["commodity"])
        draft.category, draft.hs6 = draft.commodity.category, draft.commodity.hs6
    if "category" in facts:
        draft.category = Category.objects.get(slug=facts["category"])
    for name in PLAIN:
        if name in facts:
            setattr(draft, name, facts[name])
    for name in NUMBERS:
        if name in facts:
            setattr(draft, name, Decimal(str(facts[name])))
    for name, column in BY_CODE.items():
        if name in facts:
            setattr(draft, column, facts[name])
    if "carton" in facts:
        draft.carton_length_cm, draft.carton_width_cm, draft.carton_height_cm = map(Decimal, facts["carton"])
    stated = facts.get("attributes", {})
    draft.attributes = attributes.clean(draft.template, stated)
    if draft.template and (unknown := set(stated) - set(draft.attributes)):
        raise ValueError(f"{facts['key']}: the template {draft.template.slug} does not know {sorted(unknown)}")


def offers_of(draft: ProductRevision, facts: dict[str, Any], *, today: datetime.date, age: float) -> list[PriceOffer]:
    """The tiers of each price. A price given `age` days ago holds for at most 180 days from then."""
    longest = MAX_VALID_DAYS - int(age) - 1
    offers = [
        PriceOffer(
            revision=draft,
            incoterm_id=price["rule"],
            place=price["place"],
            currency=price.get("currency", "USD"),
            unit_price=Decimal(unit_price),
            from_quantity=Decimal(quantity),
            valid_until=today + datetime.timedelta(days=min(price["days"], longest)),
        )
        for price in facts.get("offers", [])
        for quantity, unit_price in price["tiers"].items()
    ]
    if broken := broken_tiers(offers):
        raise ValueError(f"{facts['key']}: the price from {broken[0].offer.from_quantity} on is {broken[0].reason}")
    return offers
