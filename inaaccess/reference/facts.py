"""Facts beside the tables of the trade: attribute templates, published export figures, holidays."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from typing import Any

from accounts.models import Holiday
from catalog.models import AttributeField, AttributeTemplate, Category, Commodity, ExportFigure
from inaaccess.reference.tables import FOLDER, Loaded, put, read

TEMPLATES = FOLDER.parent.parent / "catalog" / "reference" / "attribute_templates.json"


def export_figures(*, overwrite: bool) -> Loaded:
    """The export values of Kota Mojokerto in 2021, as published; an ambiguous one has no amount."""
    commodities = dict(Commodity.objects.values_list("slug", "pk"))
    wanted = (
        ExportFigure(
            place=row["place"],
            year=int(row["year"]),
            name_id=row["product_id"],
            name_en=row["product_en"],
            commodity_id=commodities.get(row["commodity_slug"]),
            value_as_published=row["value_as_published"],
            amount=Decimal(row["amount"]) if row["amount"] else None,
            currency=row["currency"],
            destination_note=row["destination_note"],
            ambiguity_note=row["ambiguity_note"],
            source=row["source"],
        )
        for row in read("export_figures.csv")
    )
    return put(ExportFigure.objects.all(), wanted, key=["place", "year", "name_en"], overwrite=overwrite)


def holidays(*, overwrite: bool) -> Loaded:
    """Indonesian holidays on a fixed date; those that move are announced each year and added by staff."""
    wanted = (
        Holiday(day=datetime.date.fromisoformat(row["day"]), country=row["country"], name=row["name"])
        for row in read("holidays.csv")
    )
    return put(Holiday.objects.all(), wanted, key=["day", "country"], overwrite=overwrite)


def attribute_templates(*, overwrite: bool) -> Loaded:
    """The typed facts of each kind of product, and which categories ask for them."""
    described: list[dict[str, Any]] = json.loads(TEMPLATES.read_text(encoding="utf-8"))["templates"]
    templates = [AttributeTemplate(slug=one["slug"], name=one["name"]) for one in described]
    loaded = put(AttributeTemplate.objects.all(), templates, key=["slug"], overwrite=overwrite)
    fields = [
        AttributeField(template_id=one["slug"], position=position, **facts)
        for one in described
        for position, facts in enumerate(one["fields"], start=1)
    ]
    put(AttributeField.objects.all(), fields, key=["template_id", "key"], overwrite=overwrite)
    for one in described:
        waiting = Category.objects.filter(slug__in=one["categories"])
        if not overwrite:
            waiting = waiting.filter(template__isnull=True)
        waiting.exclude(template=one["slug"]).update(template=one["slug"])
    return loaded
