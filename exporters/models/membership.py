"""Who belongs to a producer, who is invited, and which regencies a local officer serves."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exporters.models.place import Regency


class MembershipRole(models.TextChoices):
    OWNER = "owner", _("owner")
    EDITOR = "editor", _("editor")


class Membership(models.Model):
    """A person in a producer: editors work on products, owners also manage members."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("user")
    )
    producer = models.ForeignKey(
        "exporters.Producer", on_delete=models.CASCADE, related_name="memberships", verbose_name=_("producer")
    )
    role = models.CharField(_("role"), max_length=6, choices=MembershipRole.choices, default=MembershipRole.EDITOR)
    since = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["producer", "role", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "producer"],
                name="exporters_membership_once",
                violation_error_message=_("This person already belongs to the producer."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.producer}"


class Invitation(models.Model):
    """A signed link by e-mail that makes its reader a member: 14 days, usable once."""

    producer = models.ForeignKey(
        "exporters.Producer", on_delete=models.CASCADE, related_name="invitations", verbose_name=_("producer")
    )
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("role"), max_length=6, choices=MembershipRole.choices, default=MembershipRole.EDITOR)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+", verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(_("sent"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("accepted by"),
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["producer", "email"],
                condition=models.Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="exporters_invitation_one_open",
                violation_error_message=_("This address already has an open invitation."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} – {self.producer}"


class OfficerScope(models.Model):
    """A regency that a local officer serves."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="officer_scopes",
        verbose_name=_("local officer"),
    )
    regency = models.ForeignKey(Regency, on_delete=models.CASCADE, related_name="officers", verbose_name=_("regency"))

    class Meta:
        verbose_name = _("officer's regency")
        verbose_name_plural = _("officers' regencies")
        ordering = ["user", "regency"]
        constraints = [
            models.UniqueConstraint(fields=["user", "regency"], name="exporters_officerscope_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.regency}"
