"""S21: every naughty string through every field of every form that each kind of person can reach."""

from __future__ import annotations

import io
import json
import unicodedata
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from kit.text import composed
from tests.factories import UserFactory
from tests.hostile.counting import IS_FULL, TALLY
from tests.hostile.forms import Form, forms_of
from tests.hostile.stored import Stored
from tests.hostile.strings import NAUGHTY
from tests.registering import IMPORTER, PRODUCER
from tests.world import World

ROUNDS = 40 if IS_FULL else 2
STEP = 13 if IS_FULL else 97  # primes: the rounds meet strings of all kinds
MOST_PAGES = 400 if IS_FULL else 30
MARKS = ("csrfmiddlewaretoken", "submission_key")
SEEDS = {
    "visitor": ["/en/", "/en/account/login/", PRODUCER, IMPORTER],
    "importer": ["/en/", "/en/account/profile/", "/en/inquiries/", "/en/inquiries/searches/save/?q=sandal"],
    "own_producer": ["/en/desk/", "/en/account/profile/"],
    "officer_own": ["/en/desk/"],
    "mission_own": ["/admin/"],
    "ministry": ["/admin/", "/admin/tables/"],
    "superuser": ["/admin/tables/", "/admin/"],
}
ROLES = list(SEEDS) if IS_FULL else ["visitor", "own_producer", "ministry"]


class Undone(Exception):
    """Ends the savepoint of one request."""


class SentFile(io.BytesIO):
    """A file under any name, also one that Django gives to no file of its own, like "/" or ".."."""

    def __init__(self, name: str, data: bytes) -> None:
        super().__init__(data)
        self.name = name


def client_of(world: World, role: str) -> Client:
    client = Client(raise_request_exception=False)
    if role != "visitor":
        client.force_login(world.people[role])
    return client


def own_pages(world: World, role: str) -> list[str]:
    """Pages with forms that no link leads to at first: a draft's steps, a review."""
    steps = ("what", "terms", "packing", "photos", "certificates")
    with override("en"):
        if role in ("own_producer", "officer_own"):
            drafts = [reverse(f"revision_{step}", args=[world.draft.pk]) for step in steps]
            return [*drafts, reverse("producer_edit", args=[world.producer.pk])]
        if role in ("mission_own", "ministry"):
            review = reverse("admin:review_revision", args=[world.in_review.pk])
            importer = reverse("admin:importer_record", args=[world.company.pk])
            return [review, reverse("admin:certificate_review", args=[world.certificate.pk]), importer]
    return []


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_S21_no_string_in_any_field_of_any_form_is_answered_by_a_fault(role, world):
    client, before = client_of(world, role), len(TALLY.faults)
    found = list(forms_of(client, [*own_pages(world, role), *SEEDS[role]], most_pages=MOST_PAGES))
    assert len(found) >= 2, [form.name for form in found]
    stored = Stored()
    with connection.execute_wrapper(stored):
        for number, form in enumerate(found):
            for turn in range(ROUNDS):
                send(client, form, (number * 31 + turn) * STEP)
    assert TALLY.faults[before:] == []
    assert not stored.wrong


@pytest.mark.django_db
def test_S20_what_would_be_stored_with_something_hidden_is_seen_here():
    stored = Stored()
    with connection.execute_wrapper(stored):
        UserFactory.create(name="Siti")
        assert stored.texts and not stored.wrong
        UserFactory.create(name="Si\u202eti")
        UserFactory.create(name="Cafe\u0301")
    assert len(stored.wrong) == 2


def send(client: Client, form: Form, start: int) -> None:
    """One submission: another string in each field, another button each time, files with naughty names."""
    names = [name for name in form.fields if name not in MARKS]
    data: dict[str, Any] = dict(form.fields)
    data.update({name: NAUGHTY[(start + place) % len(NAUGHTY)] for place, name in enumerate(names)})
    if form.buttons:
        name, value = form.buttons[start % len(form.buttons)]
        data[name] = value if start % 3 else NAUGHTY[start % len(NAUGHTY)]
    for name in form.files:
        data[name] = SentFile(NAUGHTY[start % len(NAUGHTY)], b"GIF89a" + NAUGHTY[start % 99].encode())
    try:
        with transaction.atomic():
            sender = client.post if form.method == "post" else client.get
            response = sender(form.action, data)
            if response.streaming:
                b"".join(response.streaming_content)  # type: ignore[attr-defined]
            raise Undone
    except Undone:
        said = {name: str(value)[:40] for name, value in data.items() if name not in MARKS}
        TALLY.note("strings", f"{form.method} {form.action} {json.dumps(said)}", response.status_code)


ADDRESSES = {
    "product_list": ("q", "category", "hs", "market", "certificate", "incoterm", "province", "moq_max", "price_max",
                     "lead_max", "sort", "after", "page"),
    "search_suggest": ("q",),
    "producer_list": ("q", "province", "regency", "after", "sort"),
    "market_list": ("q", "after"),
    "account_login": ("next",),
    "api:product-list": ("q", "category", "hs", "market", "price_max", "after", "ordering", "page_size",
                         "lang", "fields"),
    "api:hs-code-list": ("q", "after", "page_size"),
}  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("name", ADDRESSES)
def test_S21_no_string_in_an_address_is_answered_by_a_fault(name, world):
    client, before = client_of(world, "visitor"), len(TALLY.faults)
    with override("en"):
        address = reverse(name)
    for number, text in enumerate(NAUGHTY[:: 1 if IS_FULL else 7]):
        for parameter in ADDRESSES[name] if IS_FULL else [ADDRESSES[name][number % len(ADDRESSES[name])]]:
            with transaction.atomic():
                response = client.get(address, {parameter: text})
            TALLY.note("strings", f"{address} {parameter}={text[:40]!r}", response.status_code)
    assert TALLY.faults[before:] == []


@pytest.mark.django_db
def test_S21_what_is_stored_is_what_was_sent_in_its_normal_form_or_nothing(world):
    client, revision = client_of(world, "own_producer"), world.draft
    address = reverse("api:my-revision-detail", args=[revision.pk])
    kept = 0
    for text in NAUGHTY[:: 1 if IS_FULL else 6]:
        revision.refresh_from_db()
        before = revision.brand
        body = {"version": revision.version, "brand": text}
        response = client.patch(address, json.dumps(body), "application/json")
        TALLY.note("strings", f"{address} brand={text[:40]!r}", response.status_code)
        revision.refresh_from_db()
        if response.status_code != 200:
            assert response.status_code == 400 and revision.brand == before, repr(text)
            continue
        kept += 1
        assert unicodedata.is_normalized("NFC", revision.brand), repr(text)
        assert revision.brand == composed(text).strip(), repr(text)
    assert kept > 10
