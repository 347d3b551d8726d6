"""Which certificates a category requires before a product of it is approved, and what was approved without them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.models.reference import Category
from exporters.models import CertificateType
from kit.fields import TranslatedField


class RequirementQuerySet(models.QuerySet["CertificateRequirement"]):
    """Words about requirements."""

    def for_category(self, category: Category | None) -> RequirementQuerySet:
        """Those of a category and of the one above it; none without a category."""
        if category is None:
            return self.none()
        return self.filter(category__in=[category.pk, category.parent_id or category.pk])


class CertificateRequirement(models.Model):
    """A product of the category, or of one under it, needs one of these certificates. Staff edit the rows.

    Two rows about one category both hold: food needs a halal certificate, and a permit of one kind or the other.
    """

    code = models.SlugField(_("code"), max_length=50, unique=True)
    category = models.ForeignKey(
        Category, on_delete=models.CASCADE, related_name="requirements", verbose_name=_("category")
    )
    types = models.ManyToManyField(
        CertificateType,
        related_name="requirements",
        verbose_name=_("certificates"),
        help_text=_("One of these is enough. Write another row for what is needed besides."),
    )
    note = TranslatedField(_("note to producers and reviewers"), max_length=300)
    source = models.CharField(_("source"), max_length=300)
    checked_on = models.DateField(_("checked on"))

    objects = RequirementQuerySet.as_manager()

    class Meta:
        verbose_name = _("required certificate")
        verbose_name_plural = _("required certificates")
        ordering = ["category", "code"]

    def __str__(self) -> str:
        return self.code


class CertificateException(models.Model):
    """A reviewer approved a revision without certificates that its category requires, and wrote why.

    `lacking` keeps the codes as they were required then, alternatives joined: "HALAL", "BPOM-MD/PIRT".
    """

    revision = models.ForeignKey("catalog.ProductRevision", on_delete=models.CASCADE, related_name="exceptions")
    lacking = ArrayField(models.CharField(max_length=200), verbose_name=_("required"))
    why = models.TextField(_("reason of the exception"), max_length=1000)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("written"), auto_now_add=True)

    class Meta:
        verbose_name = _("exception from required certificates")
        verbose_name_plural = _("exceptions from required certificates")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return ", ".join(self.lacking)
