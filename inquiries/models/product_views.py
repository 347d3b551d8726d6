"""How often people opened a product's page, by market."""

from __future__ import annotations

import datetime

from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from catalog.models import Product


class ProductViews(models.Model):
    """Pages of a product opened on one day (UTC) by people of a market; "" when nothing tells the market."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="views", verbose_name=_("product"))
    market_code = models.CharField(_("market"), max_length=2, blank=True, help_text=_("ISO 3166-1 alpha-2"))
    day = models.DateField(_("day"))
    views = models.PositiveIntegerField(_("views"), default=0)

    class Meta:
        verbose_name = _("views of a product")
        verbose_name_plural = _("views of products")
        ordering = ["product", "-day", "market_code"]
        constraints = [
            models.UniqueConstraint(fields=["product", "day", "market_code"], name="inquiries_productviews_once")
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.market_code} {self.day}"

    @classmethod
    def add(cls, product_id: int, market_code: str, day: datetime.date, views: int) -> None:
        """Add to the day's number; many may do so at once."""
        with transaction.atomic():
            row, _made = cls.objects.get_or_create(product_id=product_id, market_code=market_code, day=day)
            cls.objects.filter(pk=row.pk).update(views=F("views") + views)
