"""Certificates of producers: handed in, verified, running out, renewed."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import audit
from accounts.models import User, Viewer
from accounts.workflow import Refused, TransitionNotAllowed, WorkflowModel
from exporters import mails
from exporters.models.certificate_type import CertificateType
from exporters.models.producer import Producer
from kit.database_clock import UtcToday
from kit.text import validate_text
from kit.uploads import delete_document


class CertificateState(models.TextChoices):
    SUBMITTED = "submitted", _("waiting for verification")
    VERIFIED = "verified", _("verified")
    REJECTED = "rejected", pgettext_lazy("certificate", "rejected")


WRONG_NUMBER = _("A certificate of this type never has such a number; please check it.")


class SelfDecision(Refused):
    """Nobody decides on a certificate of a producer that they belong to or worked for."""

    code = "self_decision"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Words about certificates. Expiry is computed from the day, never stored."""

    def unexpired(self) -> CertificateQuerySet:
        """Certificates without an expiry date, or with one that is today or later (UTC day of the database)."""
        return self.filter(models.Q(expires_on__isnull=True) | models.Q(expires_on__gte=UtcToday()))

    def ending_within(self, *, days: int) -> CertificateQuerySet:
        """Certificates whose last day is today or one of the next `days` days."""
        return self.filter(expires_on__gte=UtcToday(), expires_on__lte=UtcToday() + days)

    def ended_within(self, *, days: int) -> CertificateQuerySet:
        """Certificates whose last day was one of the `days` days before today."""
        return self.filter(expires_on__lt=UtcToday(), expires_on__gte=UtcToday() - days)

    def current(self) -> CertificateQuerySet:
        """Those that no verified certificate renews."""
        renewed = self.model.objects.filter(state=CertificateState.VERIFIED, renews=models.OuterRef("pk"))
        return self.filter(~models.Exists(renewed))

    def history(self) -> CertificateQuerySet:
        """Those that a verified certificate renews."""
        renewed = self.model.objects.filter(state=CertificateState.VERIFIED, renews=models.OuterRef("pk"))
        return self.filter(models.Exists(renewed))

    def valid(self) -> CertificateQuerySet:
        """Verified and unexpired: what gives a badge."""
        return self.unexpired().filter(state=CertificateState.VERIFIED)

    def editable_by(self, user: Viewer) -> CertificateQuerySet:
        """Certificates of producers that `user` works on."""
        return self.filter(producer__in=Producer.objects.editable_by(user))


class Certificate(WorkflowModel):
    """A certificate that a producer holds; its file is private."""

    S = CertificateState
    TRANSITIONS = {
        "verify": ({S.SUBMITTED}, S.VERIFIED),
        "reject": ({S.SUBMITTED}, S.REJECTED),
        "revoke": ({S.VERIFIED}, S.REJECTED),
    }

    producer = models.ForeignKey(
        Producer, on_delete=models.CASCADE, related_name="certificates", verbose_name=_("producer")
    )
    type = models.ForeignKey(
        CertificateType, on_delete=models.PROTECT, related_name="certificates", verbose_name=_("type")
    )
    number = models.CharField(_("number"), max_length=80, validators=[validate_text])
    issuer = models.CharField(_("issuer"), max_length=160, validators=[validate_text])
    issued_on = models.DateField(_("issued on"))
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    file_path = models.CharField(_("file"), max_length=120, editable=False)
    file_kind = models.CharField(max_length=8, editable=False, choices=[("pdf", "PDF"), ("picture", _("picture"))])
    file_bytes = models.PositiveIntegerField(default=0, editable=False)
    first_page_path = models.CharField(max_length=120, blank=True, editable=False)
    first_page_tries = models.PositiveSmallIntegerField(default=0, editable=False)
    renews = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="renewals",
        verbose_name=_("renews"),
    )
    state = models.CharField(_("state"), max_length=10, choices=S.choices, default=S.SUBMITTED)
    submitted_at = models.DateTimeField(_("submitted"), auto_now_add=True)
    submitted_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("submitted by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True, editable=False)
    rejection = models.TextField(_("reason of the rejection"), max_length=500, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["-pk"]
        permissions = [("verify_certificate", "Can verify or reject certificates")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_on__isnull=True) | models.Q(expires_on__gt=models.F("issued_on")),
                name="exporters_certificate_dates",
                violation_error_code="certificate_dates",
                violation_error_message=_("A certificate expires after it was issued."),
            ),
            models.UniqueConstraint(
                fields=["renews"],
                condition=~models.Q(state="rejected"),
                name="exporters_certificate_one_renewal",
                violation_error_code="renewed_already",
                violation_error_message=_("This certificate is renewed already."),
            ),
        ]
        indexes = [models.Index(fields=["expires_on"], name="exporters_certificate_expiry")]

    def __str__(self) -> str:
        return f"{self.type_id} {self.number}"

    def submit(self, *, by: User) -> Certificate:
        """Hand a new certificate, whose file is stored already, to those who verify it. Raises ValidationError."""
        self.submitted_by = by
        if self.type.refuses(self.number):
            raise ValidationError({"number": WRONG_NUMBER})
        with transaction.atomic():
            self.validate_constraints()
            self.save(force_insert=True)
            audit.record("submit", self, by=by, to_state=self.state)
        return self

    def verify(self, *, by: User) -> None:
        """Confirm that the certificate is genuine; it gives a badge from now on.

        Raises TransitionNotAllowed, SelfDecision, Refused (certificate_expired).
        """
        with self.moving("verify", by=by):
            self._refuse_self_decision(by)
            if self.is_expired():
                raise Refused(_("This certificate has expired; it cannot be verified."), code="certificate_expired")
            self.decided_at, self.decided_by = timezone.now(), by
            self.verified_at = self.decided_at
            mails.certificate_verified(self)

    def reject(self, *, by: User, why: str) -> None:
        """Refuse it, with the reason in the producer's language. Raises TransitionNotAllowed, SelfDecision,
        Refused (why_missing)."""
        with self.moving("reject", by=by, why=why):
            self._refuse_because(why, by=by)
            mails.certificate_rejected(self)

    def revoke(self, *, by: User, why: str) -> None:
        """Take a verification back, with the reason in the producer's language; its badge is gone at once.

        Raises TransitionNotAllowed, SelfDecision, Refused (why_missing).
        """
        with self.moving("revoke", by=by, why=why):
            self.verified_at = self.verified_at or self.decided_at
            self._refuse_because(why, by=by)
            mails.certificate_revoked(self)

    def remove(self, *, by: User) -> None:
        """Take it back, its files too. Raises TransitionNotAllowed when it is verified or once was."""
        with transaction.atomic():
            self.lock()
            if self.was_verified():
                raise TransitionNotAllowed(_("A verified certificate stays: its history belongs to the products."))
            audit.record("remove", self, by=by, from_state=self.state)
            for name in filter(None, (self.file_path, self.first_page_path)):
                transaction.on_commit(partial(delete_document, name))
            self.delete()

    def renewal(self) -> Certificate:
        """A new certificate that renews this one, not saved yet: same producer, type, number and issuer.

        Raises Refused: not_renewable unless this one is verified, renewed_already when a new one waits or is verified.
        """
        if self.state != CertificateState.VERIFIED:
            raise Refused(_("Only a verified certificate is renewed; upload a new one instead."), code="not_renewable")
        if self.is_renewed():
            raise Refused(_("This certificate is renewed already."), code="renewed_already")
        return type(self)(producer=self.producer, type=self.type, number=self.number, issuer=self.issuer, renews=self)

    def is_renewed(self) -> bool:
        """Does another one, waiting or verified, take its place?"""
        return self.renewals.exclude(state=CertificateState.REJECTED).exists()

    def was_verified(self) -> bool:
        """Is it verified, or was it before somebody took that back?"""
        return self.state == CertificateState.VERIFIED or self.verified_at is not None

    def is_expired(self) -> bool:
        """Has its last day passed (UTC day)?"""
        return self.expires_on is not None and self.expires_on < timezone.now().date()

    def is_valid(self) -> bool:
        """Verified and unexpired."""
        return self.state == CertificateState.VERIFIED and not self.is_expired()

    def _refuse_because(self, why: str, *, by: User) -> None:
        self._refuse_self_decision(by)
        if not why.strip():
            raise Refused(_("Say why, in the producer's language."), code="why_missing")
        self.rejection, self.decided_at, self.decided_by = why.strip()[:500], timezone.now(), by

    def _refuse_self_decision(self, by: User) -> None:
        if self.submitted_by_id == by.pk or self.producer.has_member(by):
            raise SelfDecision(_("You cannot decide on a certificate of your own producer."))
