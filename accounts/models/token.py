"""API tokens: hashed, named, scoped and expiring."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from knox.models import AbstractAuthToken


class Scope(models.TextChoices):
    """What a token may be used for; its holder's permissions still apply."""

    CATALOGUE_READ = "catalogue:read", _("read the catalogue")
    DESK_WRITE = "desk:write", _("work on own products")
    REVIEW_WRITE = "review:write", _("review products")
    MARKETS_WRITE = "markets:write", _("decide listings")
    CERTIFICATES_WRITE = "certificates:write", _("verify certificates")


class Token(AbstractAuthToken):
    """One key to the API. At most five a user: a sixth revokes the oldest."""

    name = models.CharField(_("name"), max_length=80)
    scopes = ArrayField(models.CharField(max_length=30, choices=Scope.choices), verbose_name=_("scopes"), default=list)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created"]

    def __str__(self) -> str:
        return self.name
