"""The kinds of certificates, as rows that staff edit."""

from __future__ import annotations

import re

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from kit.fields import TranslatedField
from kit.languages import pick


def validate_pattern(value: str) -> None:
    """Refuse what is no regular expression."""
    try:
        re.compile(value)
    except re.error as error:
        raise ValidationError(_("This is not a regular expression."), code="pattern") from error


class CertificateType(models.Model):
    """A kind of certificate: who issues it and what it proves. Staff edit the rows."""

    code = models.CharField(_("code"), max_length=20, primary_key=True)
    name = TranslatedField(_("name"), max_length=120, blank=False)
    issuer = models.CharField(_("issuer"), max_length=160, blank=True)
    proves = models.TextField(_("what it proves"), blank=True)
    has_expiry = models.BooleanField(_("expires"), default=True)
    number_pattern = models.CharField(
        _("pattern of the number"),
        max_length=200,
        blank=True,
        validators=[validate_pattern],
        help_text=_("A regular expression. A number that does not match is a warning, unless the pattern is certain."),
    )
    pattern_is_certain = models.BooleanField(
        _("the pattern is certain"),
        default=False,
        help_text=_("A number that does not match is refused. Only where a rule leaves no other form."),
    )
    category_slugs = ArrayField(
        models.CharField(max_length=50),
        verbose_name=_("categories"),
        default=list,
        blank=True,
        help_text=_("Empty: any category."),
    )
    gives_badge = models.BooleanField(_("gives a badge"), default=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("certificate type")
        verbose_name_plural = _("certificate types")
        ordering = ["code"]

    def __str__(self) -> str:
        return pick(self.name).text or self.code

    def fits(self, number: str) -> bool | None:
        """Does the number look as numbers of this type do? None when nobody gave a pattern, or one that is broken."""
        try:
            return bool(re.fullmatch(self.number_pattern, number)) if self.number_pattern else None
        except re.error:
            return None

    def refuses(self, number: str) -> bool:
        """Is the number certainly wrong? Elsewhere a number that does not fit is only a warning."""
        return self.pattern_is_certain and self.fits(number) is False
