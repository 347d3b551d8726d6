"""What a letter is about, and how often a person wants letters about it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterKind(models.TextChoices):
    """Which letters belong to a kind, and which kinds a person may switch off: accounts/letter_kinds.py."""

    ACCOUNT = "account", _("Account and security")
    REVIEWS = "reviews", _("Reviews of products")
    CERTIFICATES = "certificates", _("Certificates")
    LISTINGS = "listings", _("Offers in markets")
    ENQUIRIES = "enquiries", _("Enquiries and quotations")
    SAVED_SEARCHES = "saved_searches", _("Saved searches")
    DIGESTS = "digests", _("Summaries")
    DAILY = "daily", _("Letter of the day")


class HowOften(models.TextChoices):
    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Together, once a day")
    NEVER = "never", _("Not at all")


class LetterChoice(models.Model):
    """How often a person wants the letters of a kind; without a row: at once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="letter_choices", verbose_name=_("user")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=LetterKind.choices)
    how_often = models.CharField(_("how often"), max_length=10, choices=HowOften.choices)

    class Meta:
        verbose_name = _("choice of letters")
        verbose_name_plural = _("choices of letters")
        ordering = ["user", "kind"]
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="accounts_letterchoice_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.how_often}"
