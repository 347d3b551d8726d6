"""Every page that there is, from the access table: who opens it, what it must answer, in each language by turns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from operator import attrgetter
from typing import Any, NamedTuple

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import override

from kit.languages import INTERFACE_LANGUAGES
from tests.access_table import TABLE, Row
from tests.world import ROLES, World

NO_PAGES = {
    "healthz", "readyz", "metrics", "photo", "certificate_file", "admin:certificate_file", "commodity_suggest",
    "hs_suggest", "search_suggest", "sitemap_index", "sitemap_section", "robots", "security_txt",
    "admin:certificate_first_page", "admin:audit_csv", "market_feed", "market_catalogue_csv",
    "market_catalogue_jsonl", "product_sheet", "short_link", "admin:share_picture", "admin:document_file",
    "buying_request_picture", "request_invitation_picture", "admin:request_picture",
    "enquiry_attachment", "quotation_pdf", "mail_bounces", "collection_preview_cover",
}  # fmt: skip
WHO_FIRST = ("visitor", "own_producer", "mission_own", "ministry", *ROLES)  # who sees the fullest page
SHOWN = (200, 410, 404)  # the first that a row promises to somebody


class Visit(NamedTuple):
    """A page as one person sees it."""

    name: str
    role: str
    status: int = 200
    kwargs: tuple[tuple[str, Any], ...] = ()
    query: str = ""
    language: str = "en"

    def __str__(self) -> str:
        return f"{self.name}{self.query} {self.role} {self.status} {self.language}".replace("=", "-")

    @property
    def is_public(self) -> bool:
        return self.role == "visitor" and self.status == 200

    @property
    def is_plain_table(self) -> bool:
        """One of the many tables of the staff that are all drawn by the same template."""
        return self.name.endswith("_changelist")

    def path(self, world: World) -> str:
        with override(self.language):
            return reverse(self.name, kwargs={key: _value(world, value) for key, value in self.kwargs}) + self.query


def _value(world: World, value: Any) -> Any:
    return attrgetter(value[1:])(world) if isinstance(value, str) and value.startswith("=") else value


def _of_table() -> Iterator[Visit]:
    for row in TABLE:
        if row.method == "GET" and row.name not in NO_PAGES and not _is_api(row):
            for status in SHOWN:
                if role := next((role for role in WHO_FIRST if row.status[role] == status), None):
                    yield Visit(row.name, role, status, tuple(row.kwargs.items()))
                    break


def _is_api(row: Row) -> bool:
    return (":" in row.name and not row.name.startswith("admin:")) or row.name.startswith("api")


def _of_tables() -> Iterator[Visit]:
    """The staff's plain tables, as the one who may see all of them."""
    for model in admin.site._registry:
        yield Visit(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist", "superuser")


def _revision(step: str, which: str) -> Visit:
    return Visit(f"revision_{step}", "own_producer", kwargs=(("pk", f"={which}.pk"),))


MORE = [
    Visit("product_list", "visitor", query="?q=sandal&category=footwear&incoterm=FOB&market=CL&moq_max=500"),
    Visit("product_list", "visitor", query="?q=zzzzzz"),
    Visit("product_list", "visitor", query="?moq_max=many&after=forged&category=unknown"),
    Visit("home", "importer"),
    Visit("search_save", "importer", query="?q=sandal&market=CL"),
    Visit("product_list", "importer", query="?q=sandal"),
    Visit("basket", "importer"),
    Visit("desk", "own_producer"),
    Visit("desk", "officer_own"),
    Visit("desk", "importer"),
    *(_revision(step, "changes_requested") for step in ("what", "terms", "packing", "photos", "certificates")),
    _revision("preview", "submitted"),
    Visit("desk_product", "own_producer", kwargs=(("pk", "=draft.product.pk"),)),
    Visit("admin:index", "mission_own"),
    Visit("admin:index", "ministry"),
    Visit("admin:review_queue", "ministry", query="?view=all"),
    Visit("admin:review_revision", "mission_own", kwargs=(("pk", "=in_review.pk"),)),
    Visit("admin:market_listings", "mission_own", kwargs=(("iso2", "CL"),), query="?view=listed"),
    Visit("admin:market_listings", "mission_own", kwargs=(("iso2", "CL"),), query="?view=propose"),
    Visit("admin:listing_decide", "mission_own", kwargs=(("iso2", "CL"), ("pk", "=asking.pk"))),
    Visit("admin:collections", "mission_own", query="?view=published"),
    Visit("admin:collection_edit", "mission_own", kwargs=(("pk", "=collection.pk"),)),
    Visit("admin:collection_edit", "ministry", kwargs=(("pk", "=archived.pk"),)),
    Visit("admin:markets_market_change", "ministry", kwargs=(("object_id", "CL"),)),
    Visit("product_detail", "visitor", kwargs=(("slug", "=product.slug"),), query="?market=CL"),
    Visit("admin:markets_marketrule_change", "mission_own", kwargs=(("object_id", "=rule.pk"),)),
    Visit("admin:markets_marketrule_add", "mission_own", query="?market=CL&hs=6403&kind=tariff"),
    Visit("admin:catalog_commodity_change", "ministry", kwargs=(("object_id", "=commodity.pk"),)),
]
ALL = dict.fromkeys([*_of_table(), *_of_tables(), *MORE])
VISITS = [visit._replace(language=language) for visit, language in zip(ALL, cycle(INTERFACE_LANGUAGES), strict=False)]
