"""A product in an enquiry basket, with what is asked about it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Product, ProductState
from exporters.models import ProducerState
from inquiries.models.asked_terms import AskedTerms


class BasketLineQuerySet(models.QuerySet["BasketLine"]):
    """Words about lines."""

    def in_it(self) -> BasketLineQuerySet:
        """Those that were not taken out."""
        return self.filter(removed_at=None)

    def removed(self) -> BasketLineQuerySet:
        """Those that were taken out and can be put back."""
        return self.filter(removed_at__isnull=False)

    def offered(self) -> BasketLineQuerySet:
        """Those that can be sent: in it, and of a product that is public now."""
        return self.in_it().filter(product__in=Product.objects.published())

    def for_page(self) -> BasketLineQuerySet:
        """With all that the basket's page shows of each, in the order of producers and of adding. 4 queries."""
        return (
            self.select_related("product__producer")
            .defer("product__description", "product__attributes")
            .prefetch_related("product__offers", "product__placements__photo")
            .order_by("product__producer__trade_name", "product__producer", "pk")
        )


class BasketLine(AskedTerms):
    """A product of which a person means to ask."""

    basket = models.ForeignKey("inquiries.Basket", on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+", verbose_name=_("product"))
    removed_at = models.DateTimeField(_("taken out"), null=True, blank=True, editable=False)

    objects = BasketLineQuerySet.as_manager()

    class Meta(AskedTerms.Meta):
        verbose_name = _("product in a basket")
        verbose_name_plural = _("products in baskets")
        ordering = ["pk"]
        constraints = [
            *AskedTerms.Meta.constraints,
            models.UniqueConstraint(fields=["basket", "product"], name="inquiries_basketline_once"),
        ]

    def __str__(self) -> str:
        return f"{self.basket_id}: {self.product_id}"

    def is_offered(self) -> bool:
        """Is its product public now? One that was taken back stays in the basket and is not sent."""
        product = self.product
        return product.state == ProductState.PUBLISHED and product.producer.state == ProducerState.LISTED

    def is_below_minimum(self) -> bool:
        """Is less wanted than the producer's minimum order? Said, never refused."""
        return self.quantity is not None and self.product.moq is not None and self.quantity < self.product.moq

    def fill_from(self, older: BasketLine) -> None:
        """Take from an older line of the same product what this one does not say."""
        for name in self.TERMS:
            if not getattr(self, name):
                setattr(self, name, getattr(older, name))
