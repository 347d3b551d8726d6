"""Against abuse: reports of what somebody wrote, and blocks of importers."""

from __future__ import annotations

from typing import ClassVar

from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts import audit
from accounts.models import User
from accounts.workflow import Refused, WorkflowModel
from exporters.models import Producer
from inquiries import mails
from inquiries.models.enquiry import Enquiry
from inquiries.models.enquiry_state import Side
from inquiries.models.importer import Importer
from kit.text import validate_text

LONGEST_WHY = 500


class ReportReason(models.TextChoices):
    SPAM = "spam", _("advertising or spam")
    FRAUD = "fraud", _("suspicion of fraud")
    INSULT = "insult", _("insults or threats")
    OTHER = "other", pgettext_lazy("reason", "another reason")


class ReportState(models.TextChoices):
    OPEN = "open", pgettext_lazy("report", "open")
    UPHELD = "upheld", pgettext_lazy("report", "upheld")
    DISMISSED = "dismissed", pgettext_lazy("report", "dismissed")


class EnquiryReport(WorkflowModel):
    """A side tells the mission that the other one abuses the thread. Once for each side and thread while open."""

    S = ReportState
    TRANSITIONS: ClassVar = {
        "uphold": ({S.OPEN}, S.UPHELD),
        "dismiss": ({S.OPEN}, S.DISMISSED),
    }

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="reports", verbose_name=_("enquiry"))
    side = models.CharField(_("reported by"), max_length=8, choices=Side.choices)
    reason = models.CharField(_("reason"), max_length=8, choices=ReportReason.choices)
    note = models.CharField(_("note"), max_length=LONGEST_WHY, blank=True, validators=[validate_text])
    state = models.CharField(_("state"), max_length=10, choices=S.choices, default=S.OPEN)
    reported_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("reported by")
    )
    reported_at = models.DateTimeField(_("reported"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("report of abuse")
        verbose_name_plural = _("reports of abuse")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "side"],
                condition=Q(state="open"),
                name="inquiries_report_one_open",
                violation_error_code="reported_already",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id} {self.reason}"

    @classmethod
    def file(cls, enquiry: Enquiry, *, side: str, reason: str, note: str = "", by: User) -> EnquiryReport:
        """Report the thread to the mission. Raises Refused (reported_already)."""
        with transaction.atomic():
            try:
                with transaction.atomic():
                    report = cls.objects.create(
                        enquiry=enquiry, side=side, reason=reason, note=note[:LONGEST_WHY], reported_by=by
                    )
            except IntegrityError as error:
                raise Refused(_("You have reported this already."), code="reported_already") from error
            audit.record("report", enquiry, by=by, why=reason)
            mails.enquiry_reported(report)
        return report

    def uphold(self, *, by: User) -> None:
        """The mission agrees: what the importer sends from now on is held first. Raises TransitionNotAllowed."""
        with self.moving("uphold", by=by):
            self.decided_at = timezone.now()

    def dismiss(self, *, by: User) -> None:
        """The mission sees no abuse. Raises TransitionNotAllowed."""
        with self.moving("dismiss", by=by):
            self.decided_at = timezone.now()


class SenderBlockQuerySet(models.QuerySet["SenderBlock"]):
    """Words about blocks."""

    def in_force(self) -> SenderBlockQuerySet:
        """Not lifted."""
        return self.filter(lifted_at__isnull=True)

    def between(self, importer: Importer, producer: Producer) -> SenderBlockQuerySet:
        """Those that keep this importer from this producer: the producer's own, and staff's for all producers."""
        return self.filter(Q(producer=producer) | Q(producer__isnull=True), importer=importer)


class SenderBlock(models.Model):
    """An importer may not send enquiries to a producer; without a producer, to nobody (staff's decision)."""

    importer = models.ForeignKey(Importer, on_delete=models.CASCADE, related_name="blocks", verbose_name=_("importer"))
    producer = models.ForeignKey(
        Producer, on_delete=models.CASCADE, null=True, blank=True, related_name="blocks", verbose_name=_("producer")
    )
    why = models.CharField(_("reason"), max_length=LONGEST_WHY, blank=True, validators=[validate_text])
    blocked_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("blocked by")
    )
    blocked_at = models.DateTimeField(_("blocked"), auto_now_add=True)
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True, editable=False)

    objects = SenderBlockQuerySet.as_manager()

    class Meta:
        verbose_name = _("blocked importer")
        verbose_name_plural = _("blocked importers")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["importer", "producer"],
                condition=Q(lifted_at__isnull=True),
                nulls_distinct=False,
                name="inquiries_block_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.importer_id} {self.producer_id or ''}".strip()

    @classmethod
    def put(cls, importer: Importer, *, producer: Producer | None, by: User, why: str = "") -> SenderBlock:
        """Block; a block that is in force already is given back unchanged."""
        with transaction.atomic():
            block, is_new = cls.objects.get_or_create(
                importer=importer,
                producer=producer,
                lifted_at=None,
                defaults={"blocked_by": by, "why": why[:LONGEST_WHY]},
            )
            if is_new:
                audit.record("block", block, by=by, why=why)
        return block

    def lift(self, *, by: User) -> None:
        """End it; a lifted one stays as it is."""
        with transaction.atomic():
            self.refresh_from_db(from_queryset=type(self).objects.select_for_update())
            if self.lifted_at is None:
                self.lifted_at = timezone.now()
                self.save(update_fields=["lifted_at"])
                audit.record("unblock", self, by=by)
