"""A product that an importer keeps in mind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.workflow import Refused
from catalog.models import Product
from inquiries.models.importer import Importer

if TYPE_CHECKING:
    from collections.abc import Collection

MOST_SAVED: Final = 500


class SavedProductQuerySet(models.QuerySet["SavedProduct"]):
    """Words about saved products."""

    def owned_by(self, importer: Importer) -> SavedProductQuerySet:
        """Those of one company."""
        return self.filter(importer=importer)

    def among(self, products: Collection[int]) -> SavedProductQuerySet:
        """Those of these products."""
        return self.filter(product__in=products)


class SavedProduct(models.Model):
    """A product that an importer keeps in mind: theirs alone to see, so nothing of it stands in the audit trail."""

    importer = models.ForeignKey(
        Importer, on_delete=models.CASCADE, related_name="saved_products", verbose_name=_("importer")
    )
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+", verbose_name=_("product"))
    saved_at = models.DateTimeField(_("saved"), auto_now_add=True)

    objects = SavedProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved product")
        verbose_name_plural = _("saved products")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["importer", "product"], name="inquiries_savedproduct_once")]

    def __str__(self) -> str:
        return f"{self.importer_id} – {self.product_id}"

    @classmethod
    def keep(cls, product: Product, *, importer: Importer) -> SavedProduct:
        """Save a product; once saved it stays as it is. Raises Refused (too_many_saved)."""
        with transaction.atomic():
            Importer.objects.select_for_update().get(pk=importer.pk)  # one after the other, for the limit
            if saved := cls.objects.filter(importer=importer, product=product).first():
                return saved
            if cls.objects.filter(importer=importer).count() >= MOST_SAVED:
                raise Refused(
                    _("You have saved %(most)d products. Remove some to save others.") % {"most": MOST_SAVED},
                    code="too_many_saved",
                )
            return cls.objects.create(importer=importer, product=product)

    @classmethod
    def drop(cls, product: Product, *, importer: Importer) -> None:
        """Keep it no longer. One that is not saved stays so."""
        cls.objects.filter(importer=importer, product=product).delete()
