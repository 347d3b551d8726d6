"""How much an importer has said about their company: the more, the sooner producers answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from inquiries.models import Importer

PARTS: Final[tuple[tuple[tuple[str, ...], Promise], ...]] = (
    (("company", "country"), gettext_lazy("Company and country")),
    (("tax_number",), gettext_lazy("Tax number")),
    (("website",), gettext_lazy("Website")),
    (("buys_categories", "buys_hs"), gettext_lazy("What you buy")),
    (("languages",), gettext_lazy("Languages that you read")),
)


class Completeness(NamedTuple):
    """Percent of the parts that are there, and what the others are called."""

    percent: int
    missing: list[str]


def completeness_of(importer: Importer) -> Completeness:
    """Of a part with several fields one is enough. No query."""
    missing = [str(label) for fields, label in PARTS if not any(getattr(importer, name) for name in fields)]
    return Completeness(round(100 * (len(PARTS) - len(missing)) / len(PARTS)), missing)
