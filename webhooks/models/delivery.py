"""What is sent to a webhook: a row made when the event is read, sent by the queue, kept as the log."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_q.tasks import async_task

from accounts import audit
from accounts.models import User
from accounts.workflow import Refused
from webhooks.events import PING
from webhooks.models.webhook import Webhook, WebhookState


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    DELIVERED = "delivered", pgettext_lazy("webhook", "delivered")
    FAILED = "failed", _("failed for good")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Words about deliveries."""

    def due(self) -> DeliveryQuerySet:
        """Those whose next try is now or past, of webhooks that are not paused; tests always."""
        waiting = self.filter(state=DeliveryState.WAITING, next_try_at__lte=timezone.now())
        return waiting.filter(Q(webhook__state=WebhookState.ACTIVE) | Q(event=PING))

    def failed(self) -> DeliveryQuerySet:
        """Those that were given up, for staff to look at."""
        return self.filter(state=DeliveryState.FAILED)


class Delivery(models.Model):
    """One event for one webhook. It is sent at least once; `event_id` is the same for every try.

    `event_id` is made from the entry of the audit trail; with the webhook it is unique, so that an entry that is read
    twice is told once.
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries", verbose_name=_("webhook"))
    event_id = models.CharField(_("number of the event"), max_length=40)
    event = models.CharField(_("event"), max_length=40)
    body = models.TextField(_("what is sent"))
    state = models.CharField(_("state"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    next_try_at = models.DateTimeField(_("next try"), default=timezone.now)
    last_status = models.PositiveSmallIntegerField(_("last answer"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True, db_index=True)
    delivered_at = models.DateTimeField(_("delivered"), null=True, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["webhook", "event_id"], name="webhooks_delivery_once")]
        indexes = [
            models.Index(fields=["next_try_at"], name="webhooks_delivery_due", condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.event_id}"

    @staticmethod
    def prepare(
        hooks: Iterable[Webhook], event_id: str, event: str, *, at: datetime.datetime, data: dict[str, Any]
    ) -> int:
        """Put an event into the log of these webhooks, in the caller's transaction; how many. The caller wakes the
        queue. The body is written now: it is the same for every try."""
        told = {"id": event_id, "type": event, "timestamp": at.isoformat(), "site": settings.SITE_URL, "data": data}
        body = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        rows = [Delivery(webhook=hook, event_id=event_id, event=event, body=body) for hook in hooks]
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)
        return len(rows)

    def retry(self, *, by: User) -> None:
        """Send what was given up once more, from the first try on. Raises Refused (delivery_not_failed)."""
        with transaction.atomic():
            self.refresh_from_db(from_queryset=Delivery.objects.select_for_update())
            if self.state != DeliveryState.FAILED:
                raise Refused(_("Only what failed can be sent again."), code="delivery_not_failed")
            self.state, self.tries, self.next_try_at = DeliveryState.WAITING, 0, timezone.now()
            self.save(update_fields=["state", "tries", "next_try_at"])
            audit.record("retry", self, by=by, from_state=DeliveryState.FAILED, to_state=DeliveryState.WAITING)
            async_task("webhooks.sending.send_due")
