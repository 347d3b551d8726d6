"""What a mission says about a product when it shares it."""

from __future__ import annotations

from typing import Final

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from catalog.models import Product
from kit.languages import CONTENT_LANGUAGE_NAMES
from kit.text import validate_text
from markets.models import Market, MarketListing

LONGEST: Final = 2000


class ShareTextManager(models.Manager["ShareText"]):
    """Keeps texts to share."""

    def write(self, listing: MarketListing, *, language: str, text: str, by: User) -> ShareText:
        """Keep the text of one language in place of the one before. The caller has checked the listing."""
        with transaction.atomic():
            row, _made = self.update_or_create(
                product_id=listing.product_id,
                market_id=listing.market_id,
                language=language,
                defaults={"text": text, "written_by": by},
            )
            audit.record("write_share_text", listing, by=by, why=language)
        return row


class ShareText(models.Model):
    """The text of a product in a market and a language, edited by a person; colleagues go on from it."""

    product = models.ForeignKey(
        Product, on_delete=models.CASCADE, related_name="share_texts", verbose_name=_("product")
    )
    market = models.ForeignKey(Market, on_delete=models.CASCADE, related_name="share_texts", verbose_name=_("market"))
    language = models.CharField(_("language"), max_length=2, choices=list(CONTENT_LANGUAGE_NAMES.items()))
    text = models.TextField(_("text"), max_length=LONGEST, validators=[validate_text])
    written_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("written by"),
    )
    written_at = models.DateTimeField(_("written"), auto_now=True)

    objects = ShareTextManager()

    class Meta:
        verbose_name = _("text to share")
        verbose_name_plural = _("texts to share")
        ordering = ["product", "market", "language"]
        constraints = [
            models.UniqueConstraint(fields=["product", "market", "language"], name="promotion_sharetext_once"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} {self.market_id} {self.language}"
