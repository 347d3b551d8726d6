"""Certificates of producers and the types that they are of."""

from __future__ import annotations

from functools import partial

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import audit
from accounts.models import User, Viewer
from accounts.workflow import Refused, TransitionNotAllowed, WorkflowModel
from exporters import mails
from exporters.models.producer import Producer
from kit.fields import TranslatedField
from kit.languages import pick
from kit.text import validate_text
from kit.uploads import delete_document


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
        help_text=_("A regular expression. A number that does not match is a warning, never a refusal."),
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


class CertificateState(models.TextChoices):
    SUBMITTED = "submitted", _("waiting for verification")
    VERIFIED = "verified", _("verified")
    REJECTED = "rejected", pgettext_lazy("certificate", "rejected")


class SelfDecision(Refused):
    """Nobody decides on a certificate of a producer that they belong to or worked for."""

    code = "self_decision"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    """Words about certificates. Expiry is computed from the day, never stored."""

    def unexpired(self) -> CertificateQuerySet:
        """Certificates without an expiry date, or with one that is today or later (UTC day)."""
        return self.filter(models.Q(expires_on__isnull=True) | models.Q(expires_on__gte=timezone.now().date()))

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
        ]
        indexes = [models.Index(fields=["expires_on"], name="exporters_certificate_expiry")]

    def __str__(self) -> str:
        return f"{self.type_id} {self.number}"

    def submit(self, *, by: User) -> Certificate:
        """Hand a new certificate, whose file is stored already, to those who verify it. Raises ValidationError."""
        self.submitted_by = by
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
            mails.certificate_verified(self)

    def reject(self, *, by: User, why: str) -> None:
        """Refuse it, with the reason in the producer's language. Raises TransitionNotAllowed, SelfDecision,
        Refused (why_missing)."""
        with self.moving("reject", by=by, why=why):
            self._refuse_self_decision(by)
            if not why.strip():
                raise Refused(_("Say why, in the producer's language."), code="why_missing")
            self.rejection, self.decided_at, self.decided_by = why.strip()[:500], timezone.now(), by
            mails.certificate_rejected(self)

    def remove(self, *, by: User) -> None:
        """Take it back before it is verified, its file too. Raises TransitionNotAllowed when it is verified."""
        with transaction.atomic():
            self.lock()
            if self.state == CertificateState.VERIFIED:
                raise TransitionNotAllowed(_("A verified certificate stays: its history belongs to the products."))
            audit.record("remove", self, by=by, from_state=self.state)
            name = self.file_path
            self.delete()
            transaction.on_commit(partial(delete_document, name))

    def is_expired(self) -> bool:
        """Has its last day passed (UTC day)?"""
        return self.expires_on is not None and self.expires_on < timezone.now().date()

    def is_valid(self) -> bool:
        """Verified and unexpired."""
        return self.state == CertificateState.VERIFIED and not self.is_expired()

    def _refuse_self_decision(self, by: User) -> None:
        if self.submitted_by_id == by.pk or self.producer.has_member(by):
            raise SelfDecision(_("You cannot decide on a certificate of your own producer."))
