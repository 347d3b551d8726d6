from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import AuditEntry, Letter, User
from exporters.models import Membership, Producer
from inquiries.models import Importer
from tests.factories import ProducerFactory, RegencyFactory, UserFactory

PRODUCER, IMPORTER = "/en/account/register/producer/", "/en/account/register/importer/"
PASSWORD = "sandal kulit dan batik"


def producer_form(**said: str) -> dict[str, str]:
    RegencyFactory()
    form = {
        "name": "Siti Rahmawati",
        "email": "siti@example.test",
        "password": PASSWORD,
        "language": "id",
        "trade_name": "Sandal Siti",
        "regency": "35.76",
    }
    return form | said


def importer_form(**said: str) -> dict[str, str]:
    form = {
        "name": "Camila Rojas",
        "email": "camila@example.test",
        "password": "calzados del sur de chile",
        "language": "es",
        "company": "Calzados del Sur",
        "country": "CL",
        "website": "",
    }
    return form | said


def link_in(letter: Letter) -> str:
    found = re.search(r"https?://[^/\s]+(/\S+)", letter.body)
    assert found
    return found.group(1)


def test_registering_a_producer_makes_account_draft_and_ownership(client: Client, db):
    response = client.post(PRODUCER, producer_form())
    assert response.status_code == 302
    assert response["Location"] == "/en/account/confirm/"
    user = User.objects.get(email="siti@example.test")
    assert (user.name, user.language, user.is_staff) == ("Siti Rahmawati", "id", False)
    producer = Producer.objects.get()
    assert (producer.trade_name, producer.state, producer.regency_id) == ("Sandal Siti", "draft", "35.76")
    assert Membership.objects.get().role == "owner"
    assert set(AuditEntry.objects.values_list("verb", flat=True)) == {"register", "start"}


def test_registering_an_importer_makes_account_and_company(client: Client, db):
    response = client.post(IMPORTER, importer_form())
    assert response.status_code == 302
    importer = Importer.objects.get()
    assert (importer.company, importer.country) == ("Calzados del Sur", "CL")
    assert importer.user.time_zone == "America/Santiago"


def test_the_letter_with_the_link_is_in_the_readers_language_and_leads_to_it(client: Client, db):
    client.post(IMPORTER, importer_form(language="es"))
    letter = Letter.objects.get()
    assert letter.language == "es"
    assert link_in(letter).startswith("/es/account/confirm/")


def test_an_address_must_be_confirmed_before_the_log_in(client: Client, db):
    client.post(PRODUCER, producer_form())
    login = {"login": "siti@example.test", "password": PASSWORD}
    assert client.post("/en/account/login/", login)["Location"] == "/en/account/confirm/"
    link = link_in(Letter.objects.order_by("pk")[0])
    assert client.get(link).status_code == 200
    assert not EmailAddress.objects.get().verified, "opening the link alone confirms nothing: mail scanners do that"
    assert client.post(link).status_code == 302
    assert EmailAddress.objects.get().verified
    assert client.post("/en/account/login/", login)["Location"] == "/en/after-login/"


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


def test_the_owner_of_a_known_address_is_not_flooded(client: Client, db):
    UserFactory.create(email="known@example.test")
    for _time in range(3):
        client.post(PRODUCER, producer_form(email="known@example.test"))
    assert Letter.objects.count() == 1


def test_nothing_is_made_when_a_part_fails(client: Client, db, monkeypatch):
    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(Membership.objects, "create", broken)
    with pytest.raises(RuntimeError):
        client.post(PRODUCER, producer_form())
    assert not User.objects.exists()
    assert not Producer.objects.exists()
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("password", "short"),
        ("password", "siti@example.test"),
        ("email", "siti@"),
        ("name", "123"),
        ("trade_name", ""),
        ("regency", "99.99"),
        ("language", "nl"),
    ],
)
def test_wrong_values_are_named_beside_their_field(client: Client, db, field, value):
    response = client.post(PRODUCER, producer_form(**{field: value}))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not User.objects.exists()


def test_S20_what_cannot_be_seen_is_taken_out_of_a_name(client: Client, db):
    client.post(PRODUCER, producer_form(name="\u202eSiti\u200b  Rahma"))
    assert User.objects.get().name == "Siti Rahma"


def test_no_form_field_makes_staff(client: Client, db):
    client.post(PRODUCER, producer_form(is_staff="on", is_superuser="on", groups="1", state="listed"))
    user = User.objects.get()
    assert not user.is_staff
    assert not user.is_superuser
    assert Producer.objects.get().state == "draft"


def test_someone_signed_in_is_sent_to_their_own_page(client: Client, db):
    client.force_login(UserFactory.create())
    for address in (PRODUCER, IMPORTER, "/en/account/register/"):
        assert client.get(address)["Location"] == "/en/after-login/"


def test_the_regencies_stand_under_their_province(client: Client, db):
    ProducerFactory.create()
    page = client.get(PRODUCER).content.decode()
    assert '<optgroup label="Jawa Timur">' in page
    assert "Kota Mojokerto" in page


def _face(response: Any) -> tuple[int, bytes, dict[str, str]]:
    headers = {name: value for name, value in response.items() if name not in {"X-Request-Id", "Expires"}}
    return response.status_code, response.content, headers
