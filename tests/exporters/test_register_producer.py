from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import AuditEntry, Letter, User
from exporters.models import Membership, Producer
from tests.factories import ProducerFactory, UserFactory
from tests.registering import PASSWORD, PRODUCER, link_in, producer_form


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


def test_the_regencies_stand_under_their_province(client: Client, db):
    ProducerFactory.create()
    page = client.get(PRODUCER).content.decode()
    assert '<optgroup label="Jawa Timur">' in page
    assert "Kota Mojokerto" in page
