"""What makes a review quick: comments that are written once, and what to look at in each category. Staff edit both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.reference import Category
from catalog.models.request import Reason
from kit.fields import TranslatedField
from kit.languages import pick

if TYPE_CHECKING:
    from catalog.models.passport import Passport


class CannedCommentQuerySet(models.QuerySet["CannedComment"]):
    """Words about canned comments."""

    def offered(self) -> CannedCommentQuerySet:
        """Those that reviewers may choose, in their order."""
        return self.filter(is_offered=True).order_by("position", "pk")


class CannedComment(models.Model):
    """A comment to choose instead of typing: shown by its name in the reviewer's language, sent in the producer's.

    `about` names the passport fields that it suits, with "offers", "photos" and "certificates"; none: all.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices)
    name = TranslatedField(_("name"), max_length=80, blank=False)
    text = TranslatedField(_("comment to the producer"), max_length=1000, blank=False)
    about = ArrayField(
        models.SlugField(max_length=40),
        verbose_name=_("for these fields"),
        default=list,
        blank=True,
        help_text=_("None: for every field."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_offered = models.BooleanField(_("offered to reviewers"), default=True)

    objects = CannedCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("canned comment")
        verbose_name_plural = _("canned comments")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return pick(self.name).text or self.code

    def suits(self, field: str) -> bool:
        """May it be about this field?"""
        return not self.about or field in self.about


class ChecklistQuerySet(models.QuerySet["ChecklistItem"]):
    """Words about checklists."""

    def for_review(self, passport: Passport) -> ChecklistQuerySet:
        """What to look at in this content: what goes for all, for its category and for the one above. One query."""
        shelves = [passport.category_id, passport.category and passport.category.parent_id]
        asked = models.Q(category__isnull=True) | models.Q(category__in=[shelf for shelf in shelves if shelf])
        return self.filter(asked, is_asked=True).order_by("position", "pk")


class ChecklistItem(models.Model):
    """A question for the reviewer. Ticks are a help: nothing waits for them; they are kept with the decision."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    category = models.ForeignKey(
        Category,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="checklist",
        verbose_name=_("category"),
        help_text=_("Asked for it and for the categories below it; none: for every product."),
    )
    text = TranslatedField(_("question"), max_length=200, blank=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_asked = models.BooleanField(_("in use"), default=True)

    objects = ChecklistQuerySet.as_manager()

    class Meta:
        verbose_name = _("checklist item")
        verbose_name_plural = _("checklist items")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return pick(self.text).text or self.code
