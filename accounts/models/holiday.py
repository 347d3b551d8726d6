"""Public holidays: days on which the clocks of reviews and enquiries stand still."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Holiday(models.Model):
    """A day without work in one country; staff edit it."""

    day = models.DateField(_("day"))
    country = models.CharField(_("country"), max_length=2, default="ID", help_text=_("ISO 3166-1 alpha-2"))
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["day", "country"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "country"],
                name="accounts_holiday_once",
                violation_error_message=_("This day is already a holiday there."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.name}"
