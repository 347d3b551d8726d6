"""What is sent, how it is signed, and what becomes of it when the receiver does not take it."""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
import json
import threading
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from accounts.models import AuditEntry
from accounts.workflow import Refused
from tests.factories import DeliveryFactory, UserFactory, WebhookFactory
from webhooks import sending
from webhooks.models import Delivery, DeliveryState

pytestmark = pytest.mark.django_db
S = DeliveryState


def to(receiver, **fields):
    return DeliveryFactory(webhook__address=receiver.address, **fields)


def due_now():
    Delivery.objects.update(next_try_at=timezone.now())


def test_a_delivery_arrives_signed_so_that_its_receiver_can_tell(receiver):
    delivery = to(receiver, event_id="event_7", body='{"id":"event_7","title":"Batik cap – Ñandú"}')

    assert sending.send_due() == 1

    (got,) = receiver.got
    assert got.path == "/hooks?for=ina" and json.loads(got.body)["title"] == "Batik cap – Ñandú"
    assert got.headers["webhook-id"] == "event_7" and got.headers["content-type"] == "application/json"
    sent_at = int(got.headers["webhook-timestamp"])
    assert abs(sent_at - timezone.now().timestamp()) < 60
    key = base64.b64decode(delivery.webhook.secret().removeprefix("whsec_"))
    signed = hmac.new(key, f"event_7.{sent_at}.".encode() + got.body, hashlib.sha256).digest()
    assert got.headers["webhook-signature"] == f"v1,{base64.b64encode(signed).decode()}"
    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_status, delivery.last_error) == (S.DELIVERED, 200, "")


def test_what_the_guide_tells_receivers_to_check_holds(receiver):
    guide = (Path(settings.BASE_DIR) / "docs" / "webhooks.md").read_text()
    code = guide.partition("```python\n")[2].partition("```")[0]
    told: dict[str, Any] = {}
    exec(code, told)  # noqa: S102  our own words
    delivery = to(receiver)
    sending.send_due()
    (got,) = receiver.got
    headers = {name.title(): value for name, value in got.headers.items()}
    assert told["is_ours"](delivery.webhook.secret(), headers, got.body)
    assert not told["is_ours"](delivery.webhook.secret(), headers, got.body + b" ")


def test_it_is_sent_once_when_it_was_taken(receiver):
    to(receiver)
    assert [sending.send_due(), sending.send_due()] == [1, 0]
    assert len(receiver.got) == 1


def test_each_try_has_the_same_id_and_body_and_another_time(receiver):
    receiver.status = 503
    to(receiver)
    for _try in range(3):
        due_now()
        sending.send_due()
    assert len({(got.headers["webhook-id"], got.body) for got in receiver.got}) == 1 and len(receiver.got) == 3


def test_the_waits_grow_until_it_is_given_up(receiver):
    receiver.status = 500
    delivery = to(receiver)
    waits = []
    for _try in range(sending.MAX_TRIES):
        due_now()
        sending.send_due()
        delivery.refresh_from_db()
        waits.append(delivery.next_try_at - timezone.now())
    assert waits == sorted(waits) and waits[-2] > datetime.timedelta(hours=36)
    assert (delivery.state, delivery.tries, delivery.last_status) == (S.FAILED, sending.MAX_TRIES, 500)
    due_now()
    sending.send_due()
    assert len(receiver.got) == sending.MAX_TRIES


def test_what_the_receiver_says_is_kept_nowhere(receiver):
    receiver.status, receiver.answer = 400, b"secret of the inner network"
    delivery = to(receiver)
    sending.send_due()
    delivery.refresh_from_db()
    assert delivery.last_status == 400 and "secret" not in delivery.last_error


def test_a_redirect_is_not_followed(receiver):
    receiver.status, receiver.headers = 307, {"Location": receiver.address}
    delivery = to(receiver)
    sending.send_due()
    delivery.refresh_from_db()
    assert len(receiver.got) == 1
    assert (delivery.state, delivery.last_status) == (S.WAITING, 307) and "redirect" in delivery.last_error


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_delivery_once(receiver):
    hook = WebhookFactory(active=True, address=receiver.address)
    for _number in range(6):
        DeliveryFactory(webhook=hook)
    barrier = threading.Barrier(2)

    def work() -> None:
        try:
            barrier.wait()
            sending.send_due()
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _worker in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len({got.headers["webhook-id"] for got in receiver.got}) == len(receiver.got) == 6


def test_a_worker_that_dies_while_sending_leaves_it_to_the_next_try(receiver):
    delivery = to(receiver)
    claimed = sending._claim(set())
    assert claimed is not None and not receiver.got
    delivery.refresh_from_db()
    assert (delivery.tries, delivery.state) == (1, S.WAITING) and delivery.next_try_at > timezone.now()
    due_now()
    assert sending.send_due() == 1


def test_one_that_kills_each_worker_is_given_up(receiver):
    delivery = to(receiver, tries=sending.MAX_TRIES)
    sending.send_due()
    delivery.refresh_from_db()
    assert delivery.state == S.FAILED and not receiver.got


def test_a_webhook_that_does_not_answer_holds_up_nobody_else(receiver):
    dead = WebhookFactory(active=True, address="http://127.0.0.1:9/")
    for _number in range(3):
        DeliveryFactory(webhook=dead)
    alive = to(receiver)
    assert sending.send_due() == 1
    alive.refresh_from_db()
    assert alive.state == S.DELIVERED
    assert sorted(Delivery.objects.filter(webhook=dead).values_list("tries", flat=True)) == [0, 0, 1]


def test_what_waits_for_a_paused_webhook_goes_out_when_it_is_switched_on(receiver):
    keeper = UserFactory(ministry=True)
    delivery = to(receiver)
    delivery.webhook.pause(by=keeper)
    assert sending.send_due() == 0
    delivery.webhook.resume(by=keeper)
    assert sending.send_due() == 1


def test_what_was_given_up_is_sent_again_by_staff_only_once(receiver):
    keeper = UserFactory(ministry=True)
    delivery = to(receiver, failed=True)
    delivery.retry(by=keeper)
    with pytest.raises(Refused) as refusal:
        Delivery.objects.get().retry(by=keeper)
    assert refusal.value.code == "delivery_not_failed"
    assert AuditEntry.objects.get(verb="retry").by == keeper
    assert sending.send_due() == 1


def test_the_log_forgets_after_a_month_but_never_what_waits():
    for state in S.values:
        DeliveryFactory(state=state)
    Delivery.objects.update(created_at=timezone.now() - datetime.timedelta(days=31))
    DeliveryFactory(state=S.DELIVERED)
    sending.tidy()
    assert sorted(Delivery.objects.values_list("state", flat=True)) == ["delivered", "waiting"]
