"""Sending what waits for webhooks: each try is written down before it is made, as letters do it (accounts/letters.py).

A worker that dies while it sends leaves the delivery to the next try, after its wait. The receiver may have taken it
in that moment and gets it once more, with the same id.
"""

from __future__ import annotations

import datetime
import time
from typing import Final

from django.db import transaction
from django.utils import timezone

from webhooks.models import Delivery, DeliveryState
from webhooks.posting import post
from webhooks.signing import signature

MAX_TRIES: Final = 9
FIRST_WAIT: Final = datetime.timedelta(minutes=1)  # then 3, 9 … minutes: the ninth try comes after two days
WAIT_GROWS: Final = 3
SECONDS_A_RUN: Final = 25
"""The one worker has letters to send, too; what is left waits for the next minute."""
UNFINISHED: Final = "The worker ended while it was sending this."


def send_due() -> int:
    """Send what is due, one after the other; how many were taken. Safe to run twice at once.

    A webhook that does not answer is left alone until the next run, so that it holds up nobody but itself.
    """
    Delivery.objects.due().filter(tries__gte=MAX_TRIES).update(state=DeliveryState.FAILED)  # died in the last one
    sent, silent = 0, set[int]()
    ends = time.monotonic() + SECONDS_A_RUN
    while time.monotonic() < ends and (delivery := _claim(silent)) is not None:
        if _send(delivery):
            sent += 1
        else:
            silent.add(delivery.webhook_id)
    return sent


def _claim(silent: set[int]) -> Delivery | None:
    """The next delivery, with its try counted and its next one put off, committed."""
    with transaction.atomic():
        due = Delivery.objects.due().exclude(webhook__in=silent).select_related("webhook")
        delivery = due.select_for_update(skip_locked=True, of=("self",)).order_by("next_try_at", "pk").first()
        if delivery is None:
            return None
        delivery.next_try_at = timezone.now() + FIRST_WAIT * WAIT_GROWS**delivery.tries
        delivery.tries += 1
        delivery.last_error = UNFINISHED
        delivery.save(update_fields=["tries", "last_error", "next_try_at"])
        return delivery


def _send(delivery: Delivery) -> bool:
    status, error = _ask(delivery)
    taken = status is not None and 200 <= status < 300
    delivery.last_status, delivery.last_error = status, error
    if taken:
        delivery.state, delivery.delivered_at = DeliveryState.DELIVERED, timezone.now()
    elif delivery.tries >= MAX_TRIES:
        delivery.state = DeliveryState.FAILED
    delivery.save(update_fields=["state", "last_status", "last_error", "delivered_at"])
    return taken


def _ask(delivery: Delivery) -> tuple[int | None, str]:
    """The status of the answer, and in words what is wrong with it. What the receiver wrote is read by nobody."""
    body, timestamp = delivery.body.encode(), int(time.time())
    try:
        signed = signature(delivery.webhook.secret(), event_id=delivery.event_id, timestamp=timestamp, body=body)
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "INA-Access-Webhooks/1",
            "Webhook-Id": delivery.event_id,
            "Webhook-Timestamp": str(timestamp),
            "Webhook-Signature": signed,
        }
        status = post(delivery.webhook.address, body, headers)
    except Exception as error:  # whatever went wrong, the delivery stays and is tried again
        return None, f"{type(error).__name__}: {error}"[:200]
    if 300 <= status < 400:
        return status, "It answers with a redirect, which is not followed."
    return status, "" if status < 300 else "It did not take it."


def tidy(days: int = 30) -> None:
    """Forget what was delivered, or given up, so many days ago. Safe to run twice."""
    over = timezone.now() - datetime.timedelta(days=days)
    Delivery.objects.exclude(state=DeliveryState.WAITING).filter(created_at__lt=over).delete()
