"""A producer: the small business that offers products."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Any, Final, Literal

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from accounts.workflow import Refused, WorkflowModel
from exporters import mails
from exporters.models.membership import INVITATION_LASTS, Invitation, Membership
from exporters.models.place import Regency
from exporters.models.producer_state import ExportExperience, ProducerMoved, ProducerState
from exporters.models.producer_words import ProducerQuerySet
from kit import lookalikes
from kit.contacts import validate_public_url
from kit.fields import TranslatedField
from kit.text import validate_name, validate_text
from kit.uploads import StoredPicture, delete_picture

NAMES: Final = ("trade_name", "legal_name")


def this_year() -> int:
    """The calendar year now, in UTC."""
    return timezone.now().year


def validate_founded(value: int) -> None:
    """Refuse a founding year in the future."""
    MaxValueValidator(this_year())(value)


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
    trade_name_skeleton = models.CharField(max_length=lookalikes.LONGEST, default="", db_default="", editable=False)
    legal_name_skeleton = models.CharField(max_length=lookalikes.LONGEST, default="", db_default="", editable=False)
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
    logo_bytes = models.PositiveIntegerField(default=0, editable=False, help_text=_("Of all its sizes together"))
    cover_key = models.UUIDField(_("cover picture"), null=True, blank=True, editable=False)
    cover_bytes = models.PositiveIntegerField(default=0, editable=False, help_text=_("Of all its sizes together"))
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
        indexes = [
            GinIndex(fields=["trade_name"], name="exporters_producer_name", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["trade_name_skeleton"], name="exporters_producer_looks", opclasses=["gin_trgm_ops"]),
            GinIndex(fields=["legal_name_skeleton"], name="exporters_producer_legal_looks", opclasses=["gin_trgm_ops"]),
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the names with what they look like."""
        for name in NAMES:
            setattr(self, f"{name}_skeleton", lookalikes.skeleton(getattr(self, name)))
        if written := kwargs.get("update_fields"):
            kwargs["update_fields"] = {*written, *(f"{name}_skeleton" for name in NAMES if name in written)}
        super().save(*args, **kwargs)

    def list(self, *, by: User | None) -> None:
        """Make the profile public. Raises TransitionNotAllowed. The address never changes afterwards."""
        with self.moving("list", by=by):
            self.slug = self.slug or self._free_slug()
            self.listed_at = timezone.now()

    def suspend(self, *, by: User, why: str) -> None:
        """Take the profile, and with it every product page, from the public; its members are told why.

        Raises TransitionNotAllowed.
        """
        with self.moving("suspend", by=by, why=why):
            mails.producer_suspended(self, why=why)

    def restore(self, *, by: User) -> None:
        """Make a suspended profile public again. Raises TransitionNotAllowed."""
        with self.moving("restore", by=by):
            self.slug = self.slug or self._free_slug()
            self.listed_at = self.listed_at or timezone.now()

    @classmethod
    def editing(cls, pk: int, *, seen_version: int) -> Producer:
        """The locked producer, ready for a change of its profile; call inside a transaction, then `edited`.

        Raises ProducerMoved when somebody else saved since `seen_version`.
        """
        producer = cls.objects.select_for_update(of=("self",)).select_related("regency").get(pk=pk)
        if producer.version != seen_version:
            raise ProducerMoved(_("Somebody saved this profile after you opened it."))
        return producer

    def edited(self, *, by: User) -> None:
        """Save the profile and count the change."""
        self.version += 1
        self.save()
        audit.record("edit", self, by=by)

    def change_picture(self, kind: Literal["logo", "cover"], picture: StoredPicture | None, *, by: User) -> None:
        """Show another logo or cover, or none; the one before is deleted once this is stored."""
        key, size = f"{kind}_key", f"{kind}_bytes"
        with transaction.atomic():
            self.lock()
            before: uuid.UUID | None = getattr(self, key)
            setattr(self, key, picture and picture.key)
            setattr(self, size, picture.bytes if picture else 0)
            self.save(update_fields=[key, size])
            audit.record(f"change_{kind}", self, by=by)
            if before is not None:
                transaction.on_commit(partial(delete_picture, before))

    def invite(self, email: str, *, role: str, by: User, language: str) -> Invitation:
        """Send a link that makes its reader a member, in `language` unless their own is known.

        Raises Refused: already_member, already_invited.
        """
        email = email.lower()
        with transaction.atomic():
            self.lock()
            if self.members.filter(email__iexact=email).exists():
                raise Refused(_("This person already belongs to the producer."), code="already_member")
            if self.invitations.open().filter(email=email).exists():
                raise Refused(_("This address already has an open invitation."), code="already_invited")
            self.invitations.unanswered().filter(email=email).update(revoked_at=timezone.now())  # too old
            invited = self.invitations.create(
                email=email, role=role, invited_by=by, expires_at=timezone.now() + INVITATION_LASTS
            )
            audit.record("invite", self, by=by, to_state=role)
            mails.invitation(invited, language=language)
        return invited

    def has_member(self, user: User) -> bool:
        """Does `user` belong to this producer?"""
        return Membership.objects.filter(producer=self, user=user).exists()

    def _free_slug(self) -> str:
        base = slugify(self.trade_name)[:70] or "producer"
        taken = type(self).objects.filter(slug=base).exclude(pk=self.pk).exists()
        return f"{base}-{self.pk}" if taken else base
