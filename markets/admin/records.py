"""The tables of workflow: staff look, search and filter; states change through the buttons, which call verbs."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib import admin
from django.db.models import JSONField, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.http import signed_in
from accounts.staff_admin import ReadOnlyAdmin
from catalog.models import Product, ProductRevision
from catalog.showing_facts import hs_named
from exporters.models import Certificate, Producer
from kit.fields import TranslatedField
from kit.languages import CONTENT_LANGUAGE_NAMES, CONTENT_LANGUAGES
from markets import scope
from markets.admin.lookalikes import lookalikes_of
from markets.histories import of_producer, of_product
from markets.models import Collection, MarketListing

HIDDEN = {
    "content_at_request", "translated_by", "file_path", "author_ids", "logo_bytes", "cover_bytes", "own_cover_bytes",
    "preview_nonce", "trade_name_skeleton", "legal_name_skeleton",
}  # fmt: skip
TITLES = [f"title__{language}" for language in CONTENT_LANGUAGES]


@lru_cache
def written_out(label: str, name: str) -> Callable[[Any], str]:
    """A column kept as JSON, in words: the texts by language, the attributes by name. `label` is of the model."""
    field = apps.get_model(label)._meta.get_field(name)

    @admin.display(description=field.verbose_name)
    def shown(row: Any) -> str:
        names = CONTENT_LANGUAGE_NAMES if isinstance(field, TranslatedField) else {}
        parts = [(str(names.get(key, key)), text) for key, text in getattr(row, name).items()]
        return format_html_join("", "<p>{}: {}</p>", parts) if parts else "–"

    shown.__name__ = name
    return shown


class ObjectButton(NamedTuple):
    """A verb that may be called on the object, and its page."""

    label: str
    url: str


class RecordAdmin(ReadOnlyAdmin):
    """A scoped table; `buttons` are the verbs that this person may call on this object now."""

    change_form_template = "admin/record.html"

    def buttons(self, request: HttpRequest, row: Any) -> list[ObjectButton]:
        """The verbs of the object, for its page."""
        return []

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [
            written_out(self.opts.label, field.name) if isinstance(field, JSONField) else field.name
            for field in self.model._meta.fields
            if field.name not in HIDDEN
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        buttons = self.buttons(request, row) if row is not None else []
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "buttons": buttons})


@admin.register(Product)
class ProductAdmin(RecordAdmin):
    """Public contents; suspended and restored by the ministry."""

    list_display = ("__str__", "producer", "category", "hs_code", "state", "changed_at")
    list_filter = ("state", ("category", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("producer", "category", "hs6")
    search_fields = ("producer__trade_name", "slug", "hs6__code", *TITLES)
    ordering = ("-pk",)

    @admin.display(description=gettext_lazy("HS code"), ordering="hs6")
    def hs_code(self, row: Product) -> str:
        return hs_named(row.hs6)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Product]:
        return scope.products_seen_by(request.user)

    def history_of(self, thing: Product) -> Q:
        return of_product(thing)

    def buttons(self, request: HttpRequest, row: Product) -> list[ObjectButton]:
        return suspension_buttons(request, row, "catalog.suspend_product", "product")


@admin.register(Producer)
class ProducerAdmin(RecordAdmin):
    """Producers with what only staff see; suspended and restored by the ministry."""

    list_display = ("trade_name", "regency", "state", "nib", "created_at", "listed_at")
    list_filter = ("state", "export_experience", "regency__province")
    list_select_related = ("regency__province",)
    search_fields = ("trade_name", "legal_name", "nib", "regency__name")
    ordering = ("trade_name", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Producer]:
        return scope.producers_seen_by(request.user)

    def history_of(self, thing: Producer) -> Q:
        return of_producer(thing)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With NIB, NPWP and contacts: who reads them is written down. Names like its own are shown above."""
        found: dict[str, Any] = {}
        if (row := self.get_object(request, object_id)) is not None:
            reader = signed_in(request.user)
            audit.record("read", row, by=reader)
            found["lookalikes"] = lookalikes_of(row, reader)
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **found})

    def buttons(self, request: HttpRequest, row: Producer) -> list[ObjectButton]:
        return suspension_buttons(request, row, "exporters.suspend_producer", "producer")


@admin.register(ProductRevision)
class RevisionAdmin(RecordAdmin):
    """Every revision that was handed in; reviewed on its own page."""

    list_display = ("__str__", "producer", "number", "state", "submitted_at", "claimed_by", "decided_at")
    list_filter = ("state",)
    list_select_related = ("product__producer", "claimed_by")
    search_fields = ("product__producer__trade_name", *TITLES)
    ordering = ("-pk",)

    @admin.display(description=gettext_lazy("producer"), ordering="product__producer__trade_name")
    def producer(self, row: ProductRevision) -> str:
        """Whose product it is."""
        return str(row.product.producer)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ProductRevision]:
        return scope.revisions_to_review(request.user)

    def buttons(self, request: HttpRequest, row: ProductRevision) -> list[ObjectButton]:
        return [ObjectButton(_("Review page"), reverse("admin:review_revision", args=[row.pk]))]


@admin.register(MarketListing)
class ListingAdmin(RecordAdmin):
    """Decisions about products in markets; taken on the listings desk."""

    list_display = ("product", "market", "state", "rank", "promoted_until", "decided_by", "decided_at")
    list_filter = ("state", ("market", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("product", "market", "decided_by")
    search_fields = ("product__producer__trade_name", *(f"product__{title}" for title in TITLES))
    ordering = ("market", "rank", "product_id", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[MarketListing]:
        return scope.listings_of(request.user)

    def buttons(self, request: HttpRequest, row: MarketListing) -> list[ObjectButton]:
        url = reverse("admin:listing_decide", kwargs={"iso2": row.market_id, "pk": row.product_id})
        return [ObjectButton(_("Decide on the listings desk"), url)]


@admin.register(Collection)
class CollectionAdmin(RecordAdmin):
    """Collections; written and published on their own pages."""

    list_display = ("__str__", "market", "mission", "state", "starts_on", "ends_on", "changed_by", "changed_at")
    list_filter = ("state", ("market", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("market", "mission", "changed_by")
    search_fields = ("slug", *TITLES)
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Collection]:
        return Collection.objects.editable_by(signed_in(request.user))

    def buttons(self, request: HttpRequest, row: Collection) -> list[ObjectButton]:
        return [ObjectButton(_("Open the collection"), reverse("admin:collection_edit", args=[row.pk]))]


@admin.register(Certificate)
class CertificateAdmin(RecordAdmin):
    """Certificates; verified or rejected on the certificates desk."""

    list_display = ("__str__", "producer", "state", "issued_on", "expires_on", "submitted_at")
    list_filter = ("state", ("type", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("producer", "type")
    search_fields = ("number", "issuer", "producer__trade_name")
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Certificate]:
        return scope.certificates_to_verify(request.user)

    def buttons(self, request: HttpRequest, row: Certificate) -> list[ObjectButton]:
        return [ObjectButton(_("Open on the certificates desk"), reverse("admin:certificate_review", args=[row.pk]))]


def suspension_buttons(request: HttpRequest, row: Product | Producer, power: str, kind: str) -> list[ObjectButton]:
    """Suspend or restore, whichever is possible now; none without the power."""
    if not signed_in(request.user).has_perm(power):
        return []
    if row.may("suspend"):
        return [ObjectButton(_("Suspend"), reverse(f"admin:{kind}_suspend", args=[row.pk]))]
    if row.state == "suspended":
        return [ObjectButton(_("Restore"), reverse(f"admin:{kind}_restore", args=[row.pk]))]
    return []
