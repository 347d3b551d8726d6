"""A producer: the small business that offers products."""

from __future__ import annotations

import datetime

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import User, Viewer
from accounts.workflow import WorkflowModel
from exporters.models.membership import Membership, OfficerScope
from exporters.models.place import Regency
from kit.contacts import validate_public_url
from kit.fields import TranslatedField
from kit.text import validate_name, validate_text


class ProducerState(models.TextChoices):
    DRAFT = "draft", _("draft")
    LISTED = "listed", _("listed")
    SUSPENDED = "suspended", _("suspended")


class ExportExperience(models.TextChoices):
    NONE = "none", _("not yet")
    INDIRECT = "indirect", _("through a trader")
    OCCASIONAL = "occasional", _("now and then")
    REGULAR = "regular", _("regularly")


def this_year() -> int:
    """The calendar year now, in UTC."""
    return timezone.now().year


def validate_founded(value: int) -> None:
    """Refuse a founding year in the future."""
    MaxValueValidator(this_year())(value)


class ProducerQuerySet(models.QuerySet["Producer"]):
    """Words about producers."""

    def listed(self) -> ProducerQuerySet:
        """Producers that the public sees."""
        return self.filter(state=ProducerState.LISTED)

    def of_member(self, user: Viewer) -> ProducerQuerySet:
        """Producers that `user` belongs to; none for a visitor."""
        if user.is_anonymous:
            return self.none()
        return self.filter(pk__in=Membership.objects.filter(user=user).values("producer"))

    def owned_by(self, user: Viewer) -> ProducerQuerySet:
        """Producers whose members `user` manages."""
        if user.is_anonymous:
            return self.none()
        return self.filter(pk__in=Membership.objects.filter(user=user, role="owner").values("producer"))

    def of_officer(self, user: Viewer) -> ProducerQuerySet:
        """Producers in the regencies assigned to the local officer `user`."""
        if user.is_anonymous or not user.has_perm("exporters.onboard_producer"):
            return self.none()
        return self.filter(regency__in=OfficerScope.objects.filter(user=user).values("regency"))

    def editable_by(self, user: Viewer) -> ProducerQuerySet:
        """Producers whose profile, drafts and certificates `user` works on: members and scoped officers."""
        return self.of_member(user) | self.of_officer(user)

    def visible_to(self, user: Viewer) -> ProducerQuerySet:
        """Listed producers, and those that `user` works on."""
        return self.listed() | self.editable_by(user)


class Producer(WorkflowModel):
    """A small business (UMKM/IKM). NIB, NPWP, address and contacts are never shown to the public."""

    S = ProducerState
    TRANSITIONS = {
        "list": ({S.DRAFT}, S.LISTED),  # by the first approval of one of its products
        "suspend": ({S.DRAFT, S.LISTED}, S.SUSPENDED),
        "restore": ({S.SUSPENDED}, S.LISTED),
    }

    state = models.CharField(_("state"), max_length=10, choices=ProducerState.choices, default=ProducerState.DRAFT)
    slug = models.SlugField(_("address on the site"), max_length=80, unique=True, null=True, blank=True, editable=False)
    trade_name = models.CharField(_("trade name"), max_length=120, validators=[validate_name])
    legal_name = models.CharField(_("legal name"), max_length=160, blank=True, validators=[validate_name])
    nib = models.CharField(
        _("business number (NIB)"),
        max_length=13,
        blank=True,
        validators=[RegexValidator(r"^\d{13}\Z", _("The NIB has 13 digits."), code="nib")],
    )
    npwp = models.CharField(
        _("tax number (NPWP)"),
        max_length=22,
        blank=True,
        validators=[
            RegexValidator(
                r"^(\d{15}|\d{16}|\d{22})\Z", _("The NPWP has 15 or 16 digits, 22 with the branch."), code="npwp"
            )
        ],
    )
    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="producers", verbose_name=_("regency"))
    address = models.TextField(_("street address"), max_length=300, blank=True, validators=[validate_text])
    story = TranslatedField(_("story"), max_length=3000)
    founded = models.PositiveSmallIntegerField(
        _("founded in"), null=True, blank=True, validators=[MinValueValidator(1800), validate_founded]
    )
    employees = models.PositiveIntegerField(
        _("employees"), null=True, blank=True, validators=[MaxValueValidator(100000)]
    )
    export_experience = models.CharField(
        _("export experience"), max_length=12, choices=ExportExperience.choices, blank=True
    )
    exports_to = ArrayField(
        models.CharField(max_length=2),
        verbose_name=_("exports to"),
        default=list,
        blank=True,
        help_text=_("ISO 3166-1 alpha-2 codes"),
    )
    languages_spoken = ArrayField(
        models.CharField(max_length=3), verbose_name=_("languages spoken"), default=list, blank=True
    )
    contact_name = models.CharField(_("contact person"), max_length=120, blank=True, validators=[validate_name])
    contact_phone = models.CharField(
        _("phone"), max_length=16, blank=True, help_text=_("With country code, e.g. +62812…")
    )
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True, validators=[validate_public_url])
    logo_key = models.UUIDField(_("logo"), null=True, blank=True, editable=False)
    cover_key = models.UUIDField(_("cover picture"), null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    created_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("created by"),
    )
    listed_at = models.DateTimeField(_("listed since"), null=True, blank=True, editable=False)
    members = models.ManyToManyField(User, through=Membership, related_name="producers", verbose_name=_("members"))

    objects = ProducerQuerySet.as_manager()

    class Meta:
        verbose_name = _("producer")
        verbose_name_plural = _("producers")
        ordering = ["trade_name", "pk"]
        permissions = [
            ("onboard_producer", "Can onboard producers of assigned regencies"),
            ("suspend_producer", "Can suspend and restore producers"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(nib="") | models.Q(nib__regex=r"^\d{13}$"),
                name="exporters_producer_nib",
                violation_error_message=_("The NIB has 13 digits."),
            ),
            models.CheckConstraint(
                condition=models.Q(npwp="") | models.Q(npwp__regex=r"^(\d{15}|\d{16}|\d{22})$"),
                name="exporters_producer_npwp",
                violation_error_message=_("The NPWP has 15 or 16 digits, 22 with the branch."),
            ),
            models.CheckConstraint(
                condition=models.Q(slug__isnull=False) | models.Q(state__in=["draft", "suspended"]),
                name="exporters_producer_listed_has_slug",
                violation_error_message=_("A listed producer has an address on the site."),
            ),
        ]

    def __str__(self) -> str:
        return self.trade_name

    def list(self, *, by: User | None) -> None:
        """Make the profile public. Raises TransitionNotAllowed. The address never changes afterwards."""
        with self.moving("list", by=by):
            self.slug = self.slug or self._free_slug()
            self.listed_at = timezone.now()

    def suspend(self, *, by: User, why: str) -> None:
        """Take the profile (and with it every product page) from the public. Raises TransitionNotAllowed."""
        with self.moving("suspend", by=by, why=why):
            pass

    def restore(self, *, by: User) -> None:
        """Make a suspended profile public again. Raises TransitionNotAllowed."""
        with self.moving("restore", by=by):
            self.slug = self.slug or self._free_slug()
            self.listed_at = self.listed_at or timezone.now()

    def has_member(self, user: User) -> bool:
        """Does `user` belong to this producer?"""
        return Membership.objects.filter(producer=self, user=user).exists()

    def years_in_business(self, today: datetime.date | None = None) -> int | None:
        """Whole calendar years since the founding year; None when unknown."""
        if self.founded is None:
            return None
        return (today or timezone.now().date()).year - self.founded

    def _free_slug(self) -> str:
        base = slugify(self.trade_name)[:70] or "producer"
        taken = type(self).objects.filter(slug=base).exclude(pk=self.pk).exists()
        return f"{base}-{self.pk}" if taken else base
