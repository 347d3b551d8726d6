"""A company that buys."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from kit.contacts import validate_public_url
from kit.text import validate_name


class Importer(models.Model):
    """A company that buys. `country` is any country, not only one of the markets."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="importer", verbose_name=_("user"))
    company = models.CharField(_("company"), max_length=160, validators=[validate_name])
    country = models.CharField(_("country"), max_length=2, help_text=_("ISO 3166-1 alpha-2"))
    website = models.URLField(_("website"), blank=True, validators=[validate_public_url])
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("verified by"),
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("importer")
        verbose_name_plural = _("importers")
        ordering = ["company", "pk"]

    def __str__(self) -> str:
        return self.company
