from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.models import AuditEntry
from exporters.models import Producer
from exporters.npwp import has_wrong_check_digit
from tests.factories import MembershipFactory, OfficerScopeFactory, ProducerFactory, RegencyFactory


def address_of(producer: Producer) -> str:
    return f"/en/desk/producers/{producer.pk}/"


def profile(producer: Producer, **said: Any) -> dict[str, Any]:
    form = {
        "trade_name": "Sandal Maju",
        "regency": "35.76",
        "story_id": "Kami membuat sandal kulit sejak 1998.",
        "story_en": "We have made leather sandals since 1998.",
        "story_es": "",
        "story_pt": "",
        "founded": "1998",
        "employees": "14",
        "export_experience": "indirect",
        "exports_to": ["MY", "CL"],
        "languages_spoken": ["id", "en"],
        "legal_name": "CV Sandal Maju",
        "nib": "1234567890123",
        "npwp": "",
        "address": "Jalan Surodinawan 12",
        "contact_name": "Siti Rahmawati",
        "contact_phone": "0812 3456 7890",
        "contact_email": "siti@example.test",
        "website": "https://www.sandalmaju.co.id/",
        "version": str(producer.version),
    }
    return form | said


def test_everything_that_a_profile_says_is_kept(desk: Client, producer, owner):
    response = desk.post(address_of(producer), profile(producer))
    assert response.status_code == 302
    producer.refresh_from_db()
    assert producer.story == {
        "id": "Kami membuat sandal kulit sejak 1998.",
        "en": "We have made leather sandals since 1998.",
    }
    assert (producer.founded, producer.employees, producer.export_experience) == (1998, 14, "indirect")
    assert producer.exports_to == ["MY", "CL"]
    assert producer.languages_spoken == ["id", "en"]
    assert producer.contact_phone == "+6281234567890"
    assert producer.nib == "1234567890123"
    assert producer.version == 2
    assert AuditEntry.objects.get(verb="edit").by == owner
    assert b"We have made leather sandals since 1998." in desk.get(address_of(producer)).content


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("trade_name", ""),
        ("trade_name", "12345"),
        ("regency", "00.00"),
        ("nib", "123"),
        ("npwp", "1234"),
        ("founded", "1700"),
        ("founded", "2999"),
        ("employees", "-1"),
        ("contact_phone", "12"),
        ("contact_email", "siti@"),
        ("website", "http://www.sandalmaju.co.id/"),
        ("website", "https://127.0.0.1/"),
        ("exports_to", ["XX"]),
        ("languages_spoken", ["tlh"]),
        ("story_en", "a" * 3001),
    ],
)
def test_wrong_values_are_named_and_nothing_is_saved(desk: Client, producer, field, value):
    response = desk.post(address_of(producer), profile(producer, **{field: value}))
    assert response.status_code == 422
    assert field.replace("_en", "") in response.context["form"].errors
    producer.refresh_from_db()
    assert producer.version == 1


def test_numbers_may_be_written_as_on_paper(desk: Client, producer):
    desk.post(address_of(producer), profile(producer, nib="1234 5678 90123", npwp="01.234.567.8-912.000"))
    producer.refresh_from_db()
    assert (producer.nib, producer.npwp) == ("1234567890123", "012345678912000")


@pytest.mark.parametrize(("npwp", "warns"), [("013121660091000", False), ("013121661091000", True)])
def test_a_wrong_check_digit_warns_and_never_blocks(desk: Client, producer, npwp, warns):
    page = desk.post(address_of(producer), profile(producer, npwp=npwp), follow=True)
    producer.refresh_from_db()
    assert producer.npwp == npwp
    assert has_wrong_check_digit(npwp) is warns
    assert ("check digit" in page.content.decode()) is warns


@pytest.mark.parametrize("npwp", ["3576014107900001", "3576014107900001000000"])
def test_the_number_of_a_person_has_no_check_digit(npwp):
    assert not has_wrong_check_digit(npwp)


def test_a_companys_sixteen_digits_are_the_old_number_behind_a_nought():
    assert not has_wrong_check_digit("0013121660091000")
    assert has_wrong_check_digit("0013121661091000")


@pytest.mark.parametrize(("field", "value"), [("nib", "12"), ("npwp", "123")])
def test_the_database_holds_the_numbers_form_too(db, field, value):
    producer = ProducerFactory.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        Producer.objects.filter(pk=producer.pk).update(**{field: value})


def test_S30_of_two_tabs_the_second_sees_both_values_and_loses_nothing(desk: Client, producer):
    first, second = profile(producer, employees="20"), profile(producer, employees="35", address="Jalan Lain 3")
    assert desk.post(address_of(producer), first).status_code == 302
    answer = desk.post(address_of(producer), second)
    assert answer.status_code == 409
    conflicts = {conflict.label: (conflict.stored, conflict.own) for conflict in answer.context["conflicts"]}
    assert conflicts == {"Employees": ("20", "35"), "Street address": ("Jalan Surodinawan 12", "Jalan Lain 3")}
    page = answer.content.decode()
    assert 'value="35"' in page
    producer.refresh_from_db()
    assert producer.employees == 20
    again = second | {"version": answer.context["form"]["version"].value()}
    assert desk.post(address_of(producer), again).status_code == 302
    producer.refresh_from_db()
    assert producer.employees == 35


def test_S2_no_other_field_is_taken(desk: Client, producer):
    more = {"state": "listed", "slug": "mine", "listed_at": "2026-01-01", "created_by": "1", "logo_key": "x"}
    desk.post(address_of(producer), profile(producer, **more))
    producer.refresh_from_db()
    assert (producer.state, producer.slug, producer.listed_at, producer.logo_key) == ("draft", None, None, None)


def test_S2_an_officer_cannot_move_a_producer_out_of_their_regencies(client: Client, producer):
    officer = OfficerScopeFactory.create().user
    RegencyFactory.create(code="35.78", name="Kota Surabaya")
    client.force_login(officer)
    response = client.post(address_of(producer), profile(producer, regency="35.78"))
    assert response.status_code == 422
    assert client.post(address_of(producer), profile(producer)).status_code == 302
    producer.refresh_from_db()
    assert producer.regency_id == "35.76"


def test_an_owner_may_move_to_another_regency(desk: Client, producer):
    RegencyFactory.create(code="35.78", name="Kota Surabaya")
    desk.post(address_of(producer), profile(producer, regency="35.78"))
    producer.refresh_from_db()
    assert producer.regency_id == "35.78"


def test_an_officer_is_led_to_the_members_only_until_there_is_an_owner(client: Client, db):
    officer = OfficerScopeFactory.create().user
    ownerless = ProducerFactory.create()
    owned = MembershipFactory.create().producer
    client.force_login(officer)
    for producer, is_linked in ((ownerless, True), (owned, False)):
        page = client.get(address_of(producer)).content.decode()
        assert (f"{address_of(producer)}members/" in page) is is_linked


def test_the_number_of_employees_may_be_grouped_in_the_readers_way(desk: Client, producer):
    address = f"/id/desk/producers/{producer.pk}/"
    assert desk.post(address, profile(producer, employees="1.200")).status_code == 302
    producer.refresh_from_db()
    assert producer.employees == 1200
