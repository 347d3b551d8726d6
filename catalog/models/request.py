"""What a reviewer asks the producer to change: one field, one reason, one comment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class Reason(models.TextChoices):
    PHOTO_UNCLEAR = "photo_unclear", _("photo unclear")
    HS_WRONG = "hs_wrong", _("HS code wrong")
    PRICE_INCOMPLETE = "price_incomplete", _("price incomplete")
    MOQ_MISSING = "moq_missing", _("MOQ missing")
    CERT_MISSING = "cert_missing", _("certificate missing")
    CERT_EXPIRED = "cert_expired", _("certificate expired")
    CERT_UNREADABLE = "cert_unreadable", _("certificate unreadable")
    LABEL_LANGUAGE = "label_language", _("language of the label")
    CLAIM_UNPROVEN = "claim_unproven", _("claim not proven")
    DUPLICATE = "duplicate", _("duplicate")
    CATEGORY_MISMATCH = "category_mismatch", _("wrong category")
    PROHIBITED = "prohibited", _("not allowed")
    TEXT_TRANSLATION = "text_translation", _("text or translation")
    OTHER = "other", _("other")


class Asked(NamedTuple):
    """One request as the reviewer wrote it; `field` is a passport field, "offers", "photos" or "certificates"."""

    field: str
    reason: str
    comment: str


def asked_in_codes(requests: Iterable[Asked]) -> str:
    """What was asked, for the audit trail: field and reason a line, without the reviewer's words."""
    return "\n".join(f"{one.field}: {one.reason}" for one in requests)


def asked_in_words(codes: str) -> str:
    """The same for the reader: "Photos: photo unclear" a line."""
    from catalog.wording import field_label, field_names  # it reads the models

    known, reasons = {*field_names(), "certificates"}, dict(Reason.choices)
    pairs = (line.partition(": ") for line in codes.splitlines())
    told = (
        (field_label(field) if field in known else field, reasons.get(reason, reason)) for field, _sign, reason in pairs
    )
    return "\n".join(f"{field}: {reason}" for field, reason in told)


class ChangeRequest(models.Model):
    """A request beside one field, written about one version of the content."""

    revision = models.ForeignKey("catalog.ProductRevision", on_delete=models.CASCADE, related_name="change_requests")
    version = models.PositiveIntegerField(_("version of the content"))
    field = models.CharField(_("field"), max_length=40)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices)
    comment = models.TextField(_("comment"), max_length=1000)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)

    class Meta:
        verbose_name = _("change request")
        verbose_name_plural = _("change requests")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.field}: {self.reason}"
