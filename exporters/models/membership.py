"""Who belongs to a producer, who is invited, and which regencies a local officer serves."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core import signing
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from accounts.workflow import Refused
from exporters import mails
from exporters.models.place import Regency

INVITATION_LASTS = datetime.timedelta(days=14)
INVITATION_SALT = "exporters.invitation"


class MembershipRole(models.TextChoices):
    OWNER = "owner", _("owner")
    EDITOR = "editor", _("editor")


class LastOwner(Refused):
    """A producer always has somebody who manages it."""

    code = "last_owner"

    def __init__(self) -> None:
        super().__init__(_("This is the only owner. Make somebody else an owner first."))


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

    def remove(self, *, by: User) -> None:
        """End the membership; also how a member leaves. Raises LastOwner, Refused (not_member: it ended already)."""
        with self._changing():
            self._refuse_last_owner()
            audit.record("leave" if by == self.user else "remove", self, by=by, from_state=self.role)
            self.delete()

    def change_role(self, role: str, *, by: User) -> None:
        """Make the member an owner or an editor. Raises LastOwner, Refused (not_member)."""
        with self._changing():
            before = self.role
            if role != MembershipRole.OWNER:
                self._refuse_last_owner()
            self.role = role
            self.save(update_fields=["role"])
            audit.record("change_role", self, by=by, from_state=before, to_state=role)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Lock the producer, so that its owners cannot all leave at once, and reload this row."""
        with transaction.atomic():
            self.producer.lock()
            try:
                self.refresh_from_db(fields=["role"])
            except Membership.DoesNotExist as error:
                raise Refused(_("This person does not belong to the producer any more."), code="not_member") from error
            yield

    def _refuse_last_owner(self) -> None:
        owners = Membership.objects.filter(producer=self.producer_id, role=MembershipRole.OWNER)
        if self.role == MembershipRole.OWNER and not owners.exclude(pk=self.pk).exists():
            raise LastOwner


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Words about invitations."""

    def open(self) -> InvitationQuerySet:
        """Neither accepted nor revoked nor too old."""
        return self.unanswered().filter(expires_at__gt=timezone.now())

    def unanswered(self) -> InvitationQuerySet:
        """Neither accepted nor revoked, perhaps too old."""
        return self.filter(accepted_at=None, revoked_at=None)


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

    objects = InvitationQuerySet.as_manager()

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

    @classmethod
    def of_token(cls, token: str) -> Invitation | None:
        """The invitation of a link that we signed at most 14 days ago, used or not; None of any other."""
        try:
            pk = signing.loads(token, salt=INVITATION_SALT, max_age=INVITATION_LASTS)
        except signing.BadSignature:
            return None
        return cls.objects.select_related("producer", "invited_by").filter(pk=pk).first()

    def token(self) -> str:
        """What makes the link."""
        return signing.dumps(self.pk, salt=INVITATION_SALT)

    def is_open(self) -> bool:
        """Neither accepted nor revoked nor too old."""
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > timezone.now()

    def accept(self, *, by: User) -> Membership:
        """Make `by` a member. An editor who is invited as an owner becomes one.

        Raises Refused: invitation_closed, other_address when the invitation went to another address than theirs.
        """
        with self._answering():
            if by.email.lower() != self.email.lower():
                raise Refused(_("This invitation was sent to another address than yours."), code="other_address")
            membership, made = Membership.objects.get_or_create(
                user=by, producer=self.producer, defaults={"role": self.role}
            )
            if not made and self.role == MembershipRole.OWNER:
                membership.role = self.role
                membership.save(update_fields=["role"])
            self.accepted_at, self.accepted_by = timezone.now(), by
            self.save()
            audit.record("accept", self, by=by, to_state=self.role)
            mails.member_joined(membership)
        return membership

    def revoke(self, *, by: User) -> None:
        """Make the link worthless. Raises Refused (invitation_closed)."""
        with self._answering():
            self.revoked_at = timezone.now()
            self.save()
            audit.record("revoke", self, by=by)

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Lock the producer, then this row, and refuse what was answered already."""
        with transaction.atomic():
            self.producer.lock()
            self.refresh_from_db(from_queryset=Invitation.objects.select_for_update(of=("self",)))
            if not self.is_open():
                raise Refused(_("This invitation was used, taken back or is too old."), code="invitation_closed")
            yield


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
