"""An address of another program that is told what happened here."""

from __future__ import annotations

import uuid
from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_q.tasks import async_task

from accounts import audit
from accounts.models import User
from accounts.workflow import Refused, WorkflowModel
from kit.contacts import MAX_URL_LENGTH
from kit.sealing import seal, unseal
from kit.text import validate_name
from markets.models import Mission
from webhooks.addresses import validate_address
from webhooks.events import PING, SOURCES
from webhooks.signing import new_secret

PURPOSE: Final = b"inaaccess webhooks"


class WebhookState(models.TextChoices):
    PAUSED = "paused", _("paused")
    ACTIVE = "active", _("active")


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """Words about webhooks."""

    def active(self) -> WebhookQuerySet:
        """Those that are told what happens."""
        return self.filter(state=WebhookState.ACTIVE)


def validate_events(value: list[str]) -> None:
    """Refuse what is no event of ours."""
    if set(value) - set(SOURCES):
        raise ValidationError(_("Choose events from the list."), code="events")


class Webhook(WorkflowModel):
    """Where to tell which events: of the markets of one mission, or of all.

    While it is paused nothing is collected for it, and what waits is not sent. The secret signs each request; it lies
    in the database sealed and is shown to a person once, when it is made.
    """

    S = WebhookState
    TRANSITIONS: ClassVar = {
        "resume": ({S.PAUSED}, S.ACTIVE),
        "pause": ({S.ACTIVE}, S.PAUSED),
    }

    name = models.CharField(_("name"), max_length=80, validators=[validate_name])
    address = models.CharField(
        _("address"),
        max_length=MAX_URL_LENGTH,
        validators=[validate_address],
        help_text=_("Begins with https://. It stands in the audit trail: put no password or key into it."),
    )
    events = ArrayField(models.CharField(max_length=40), verbose_name=_("events"), validators=[validate_events])
    mission = models.ForeignKey(
        Mission,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="webhooks",
        verbose_name=_("mission"),
        help_text=_("Told of what concerns the markets that this mission covers; none: of all markets."),
    )
    state = models.CharField(_("state"), max_length=10, choices=S.choices, default=S.PAUSED)
    sealed_secret = models.TextField(default="", editable=False)
    secret_made_at = models.DateTimeField(_("secret made"), null=True, blank=True, editable=False)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("made by"),
    )

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ["name", "pk"]
        permissions = [("keep_webhook", "Can set, test, pause and remove webhooks")]
        constraints = [
            models.UniqueConstraint(
                fields=["address", "mission"],
                nulls_distinct=False,
                name="webhooks_webhook_once",
                violation_error_message=_("This address is told already: choose further events there."),
            ),
            models.CheckConstraint(
                condition=~Q(events=[]),
                name="webhooks_webhook_has_events",
                violation_error_message=_("Choose at least one event."),
            ),
            models.CheckConstraint(
                condition=Q(state="paused") | ~Q(sealed_secret=""),
                name="webhooks_webhook_active_has_secret",
                violation_error_message=_("A webhook needs a secret before it is switched on."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def resume(self, *, by: User) -> None:
        """Tell it what happens from now on. Raises TransitionNotAllowed, Refused (secret_missing)."""
        with self.moving("resume", by=by):
            self._refuse_without_secret()

    def pause(self, *, by: User) -> None:
        """Tell it nothing until it is resumed; what waits then goes out late. Raises TransitionNotAllowed."""
        with self.moving("pause", by=by):
            pass

    def renew_secret(self, *, by: User) -> str:
        """Another secret, told once: what is sent from now on is signed with it, the one before is worth nothing."""
        secret = new_secret()
        with transaction.atomic():
            self.lock()
            self.sealed_secret, self.secret_made_at = seal(secret, purpose=PURPOSE), timezone.now()
            self.save(update_fields=["sealed_secret", "secret_made_at"])
            audit.record("renew_secret", self, by=by, from_state=self.state, to_state=self.state)
        return secret

    def ping(self, *, by: User) -> None:
        """Send it a test, also while it is paused. Raises Refused (secret_missing, ping_waits)."""
        from webhooks.models.delivery import Delivery, DeliveryState  # it points here

        with transaction.atomic():
            self.lock()
            self._refuse_without_secret()
            if self.deliveries.filter(event=PING, state=DeliveryState.WAITING).exists():
                raise Refused(_("A test is on its way already."), code="ping_waits")
            Delivery.prepare([self], f"ping_{uuid.uuid4().hex}", PING, at=timezone.now(), data={})
            async_task("webhooks.sending.send_due")
            audit.record("ping", self, by=by, from_state=self.state, to_state=self.state)

    def secret(self) -> str:
        """The secret, to sign with. Never show it."""
        return unseal(self.sealed_secret, purpose=PURPOSE)

    def _refuse_without_secret(self) -> None:
        if not self.sealed_secret:
            raise Refused(_("A webhook needs a secret before it is switched on."), code="secret_missing")
