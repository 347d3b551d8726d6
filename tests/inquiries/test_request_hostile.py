"""S21, S22: naughty strings in each field of the forms of buying requests fault nothing and are shown inert."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from inquiries.models import BuyingRequest, Match
from tests import factories as make
from tests.catalog.desk import at
from tests.hostile.stored import Stored
from tests.hostile.strings import NAUGHTY
from tests.inquiries.asking_pages import request_form
from tests.inquiries.test_request_invitation import offer_form

pytestmark = pytest.mark.django_db
FINE = {200, 302, 404, 409, 422, 429}
STEP = 23
SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
ASKED = (
    "title", "commodity", "commodity_words", "category", "hs", "quantity", "unit", "frequency", "specification",
    "certificates", "incoterm", "place", "country", "destination_port", "target_price", "currency", "deadline",
    "language", "seen_version", "remove_picture", "find", "pick_commodity", "picture",
)  # fmt: skip
OFFERED = (
    "quantity", "unit_price", "currency", "incoterm", "place", "valid_until", "lead_time_days", "payment_terms",
    "deposit_percent", "payment_days", "packing_note", "note", "language",
)  # fmt: skip


class Undone(Exception):
    """Ends the savepoint of one request."""


def send(client: Client, address: str, data: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            assert client.post(address, data).status_code in FINE, (address, data)
            raise Undone
    except Undone:
        pass


@pytest.mark.parametrize("field", ASKED)
def test_S21_the_form_of_a_request_takes_any_string(client, field):
    importer = make.ImporterFactory()
    asked = make.BuyingRequestFactory(importer=importer)
    client.force_login(importer.user)
    stored = Stored()
    with connection.execute_wrapper(stored):
        for place, naughty in enumerate(NAUGHTY[len(field) % STEP :: STEP]):
            form = request_form(submission_key=f"{field} {place}", **{"seen_version": "1", field: naughty})
            send(client, at("buying_request_create"), form)
            send(client, at("buying_request_change", asked.pk), form)
    assert not stored.wrong


@pytest.mark.parametrize("field", OFFERED)
def test_S21_the_form_of_an_offer_takes_any_string(client, field):
    match = make.MatchFactory(invited=True)
    client.force_login(make.MembershipFactory(producer=match.product.producer).user)
    stored = Stored()
    with connection.execute_wrapper(stored):
        for place, naughty in enumerate(NAUGHTY[len(field) % STEP :: STEP]):
            send(client, at("request_offer", match.pk), offer_form(submission_key=f"{place}", **{field: naughty}))
    assert not stored.wrong


def test_S21_decisions_answers_and_searches_take_any_string(client, people):
    asked, match = make.BuyingRequestFactory(), make.MatchFactory(invited=True)
    member = make.MembershipFactory(producer=match.product.producer).user
    for naughty in NAUGHTY[::STEP]:
        client.force_login(people["mission_own"])
        decision = {"do": naughty, "seen_version": naughty, "reason": naughty, "note": naughty, "outcome": naughty}
        send(client, at("admin:request_review", asked.pk), decision)
        send(client, at("admin:request_review", asked.pk), {**decision, "do": "reject", "seen_version": "1"})
        send(client, at("admin:request_invite", match.request_id), {"match": naughty})
        send(client, at("admin:request_close", match.request_id), decision)
        assert client.get(at("admin:request_queue"), {"view": naughty, "after": naughty}).status_code in FINE
        client.force_login(member)
        send(client, at("request_pass", match.pk), {"reason": naughty, "note": naughty})
        client.force_login(people["importer"])
        search = {"q": naughty, "market": naughty, "hs": naughty, "price_max": naughty, "certificate": naughty}
        assert client.get(at("buying_request_create"), search).status_code in FINE


def test_S22_what_is_written_is_inert_on_every_page(client, people):
    importer = people["importer"].importer
    asked = make.BuyingRequestFactory(
        importer=importer, title=f"x{SCRIPT}", specification=SCRIPT, place=SCRIPT[:80], destination_port=SCRIPT[:80],
        opened=True, decision_note=SCRIPT,
    )  # fmt: skip
    match = make.MatchFactory(
        invited=True, request=asked, reasons=[["words", {"words": SCRIPT}]], product__producer__trade_name=f"x{SCRIPT}"
    )
    passed = make.MatchFactory(passed=True, request=asked, pass_note=SCRIPT)
    member = make.MembershipFactory(producer=match.product.producer).user
    pages = [
        (people["importer"], at("buying_request_list")),
        (people["importer"], at("buying_request_detail", asked.pk)),
        (people["mission_own"], at("admin:request_queue") + "?view=open"),
        (people["mission_own"], at("admin:request_review", asked.pk)),
        (people["mission_own"], at("admin:index")),
        (member, at("request_invitation_list")),
        (member, at("request_invitation", match.pk)),
        (member, at("request_offer", match.pk)),
        (member, at("desk")),
    ]
    for person, address in pages:
        client.force_login(person)
        html = client.get(address).content.decode()
        assert "<script>alert" not in html and "<img src=x" not in html, address
    assert passed.pk and BuyingRequest.objects.count() == 1 and Match.objects.count() == 2
