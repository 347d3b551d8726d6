"""Reference data: what the portal has to know before anybody uses it. Sources and licences: README.md here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from django.db import connection, transaction

from inaaccess.reference import facts, places, reviewing, trade
from inaaccess.reference.tables import Loaded


class Part(Protocol):
    def __call__(self, *, overwrite: bool) -> Loaded: ...


PARTS: dict[str, Part] = {  # in the order in which they need one another
    "provinces": places.provinces,
    "regencies": places.regencies,
    "hs_codes": trade.hs_codes,
    "units": trade.units,
    "incoterms": trade.incoterms,
    "containers": trade.containers,
    "categories": trade.categories,
    "commodities": trade.commodities,
    "attribute_templates": facts.attribute_templates,
    "certificate_types": trade.certificate_types,
    "certificate_requirements": trade.certificate_requirements,
    "markets": places.markets,
    "market_rules": places.market_rules,
    "missions": places.missions,
    "accreditations": places.accreditations,
    "export_figures": facts.export_figures,
    "holidays": facts.holidays,
    "canned_comments": reviewing.canned_comments,
    "checklists": reviewing.checklists,
}


MANY_ROWS = (
    "catalog_category",
    "catalog_commodity",
    "catalog_hscode",
    "exporters_province",
    "exporters_regency",
)


def load(
    parts: Iterable[str] = PARTS, *, overwrite: bool = False, tell: Callable[[Loaded], object] = lambda loaded: None
) -> None:
    """Load these parts, all or nothing. Idempotent.

    Tables that nobody edits (provinces, regencies, HS codes, Incoterms) always follow the file. In those that staff
    edit, missing rows are made and present ones stay as they are; `overwrite` puts the file's facts back.
    """
    chosen = set(parts)
    made = 0
    with transaction.atomic():
        for name, part in PARTS.items():
            if name in chosen:
                loaded = part(overwrite=overwrite)
                made += loaded.made
                tell(loaded)
        if made:
            with connection.cursor() as cursor:  # until PostgreSQL does it by itself, it takes these tables for empty
                cursor.execute(f"ANALYZE {', '.join(MANY_ROWS)}")
