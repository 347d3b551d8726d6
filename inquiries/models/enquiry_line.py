"""What an enquiry asks about one product."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.models import Product, Unit
from inquiries.models.asked_terms import AskedTerms
from kit.fields import TranslatedField

if TYPE_CHECKING:
    from inquiries.models.enquiry import Enquiry


class EnquiryLine(AskedTerms):
    """One product of an enquiry, with the terms that hold for it; `quantity` is in `unit`.

    Title and unit are kept as they were when it was asked: the product may change or go.
    """

    enquiry = models.ForeignKey(
        "inquiries.Enquiry", on_delete=models.CASCADE, related_name="lines", verbose_name=_("enquiry")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    product = models.ForeignKey(
        Product, on_delete=models.SET_NULL, null=True, related_name="enquiry_lines", verbose_name=_("product")
    )
    title = TranslatedField(_("title"), max_length=120)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )

    class Meta(AskedTerms.Meta):
        verbose_name = _("line of an enquiry")
        verbose_name_plural = _("lines of enquiries")
        ordering = ["enquiry", "position", "pk"]
        constraints = [
            *AskedTerms.Meta.constraints,
            models.UniqueConstraint(fields=["enquiry", "position"], name="inquiries_enquiryline_position_once"),
            models.UniqueConstraint(
                fields=["enquiry", "product"],
                condition=Q(product__isnull=False),
                name="inquiries_enquiryline_product_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id} {self.position}"

    @staticmethod
    def keep(lines: Sequence[EnquiryLine], enquiry: Enquiry) -> None:
        """Write down the lines of a new enquiry, with the title and the unit that their products have now."""
        for position, line in enumerate(lines, 1):
            line.enquiry, line.position = enquiry, position
            if line.product is not None:
                line.title, line.unit = line.product.title, line.product.unit
        EnquiryLine.objects.bulk_create(lines)

    def is_below_moq(self) -> bool:
        """Is less asked for than the product's minimum order quantity as it is now? Nothing is refused for it."""
        moq = self.product.moq if self.product else None
        return bool(moq and self.quantity and self.quantity < moq)
