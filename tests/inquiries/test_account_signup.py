from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Letter, User
from tests.factories import UserFactory
from tests.registering import IMPORTER, PRODUCER, importer_form, producer_form


@pytest.mark.parametrize(("address", "form"), [(PRODUCER, producer_form), (IMPORTER, importer_form)])
def test_S5_a_known_address_gets_the_same_answer_and_its_owner_a_letter(db, address: str, form: Any):
    owner = UserFactory.create(email="known@example.test", language="pt-br")
    unknown = Client().post(address, form(email="new@example.test"))
    Letter.objects.all().delete()
    known = Client().post(address, form(email="KNOWN@example.test"))
    assert _face(known) == _face(unknown)
    letter = Letter.objects.get()
    assert (letter.recipient, letter.language) == (owner, "pt-br")
    assert letter.event.startswith("already_registered")
    assert User.objects.filter(email__iexact="known@example.test").count() == 1


def test_someone_signed_in_is_sent_to_their_own_page(client: Client, db):
    client.force_login(UserFactory.create())
    for address in (PRODUCER, "/en/account/register/"):
        assert client.get(address)["Location"] == "/en/after-login/"


def test_someone_signed_in_who_registers_a_company_adds_it_to_their_account(client: Client, db):
    client.force_login(UserFactory.create())
    with override("en"):
        page = reverse("importer_create")
    assert client.get(IMPORTER)["Location"] == page
    assert client.get(f"{IMPORTER}?next=/en/products/")["Location"].endswith("/company/new/?next=%2Fen%2Fproducts%2F")


def _face(response: Any) -> tuple[int, bytes, dict[str, str]]:
    headers = {name: value for name, value in response.items() if name not in {"X-Request-Id", "Expires"}}
    return response.status_code, response.content, headers
