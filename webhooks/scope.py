"""Which webhooks a member of staff keeps: those of their missions; the ministry all. The power is asked first."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import Viewer
from markets.models import Mission
from markets.scope import works_everywhere
from webhooks.models import Delivery, Webhook


def webhooks_of(user: Viewer) -> QuerySet[Webhook]:
    """Webhooks that `user` keeps; one without a mission is the ministry's."""
    if works_everywhere(user):
        return Webhook.objects.all()
    return Webhook.objects.filter(mission__in=Mission.objects.of_staff(user))


def deliveries_of(user: Viewer) -> QuerySet[Delivery]:
    """What is sent to those."""
    return Delivery.objects.filter(webhook__in=webhooks_of(user))
