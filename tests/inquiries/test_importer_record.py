"""The staff's screens about importers: importer_list and importer_record."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import AuditEntry
from inquiries.models import Importer
from tests import factories as make

LIST = "/admin/importers/"


@pytest.fixture
def desk(curator) -> Client:
    client = Client()
    client.force_login(curator)
    return client


@pytest.fixture
def record(importer) -> str:
    return f"{LIST}{importer.pk}/"


def test_a_mission_sees_the_importers_of_its_markets_the_ministry_all(desk, importer):
    for number, country in enumerate(("BR", "FR")):
        make.ImporterFactory.create(country=country, company=f"Company {number} of {country}")
    page = desk.get(LIST).content.decode()
    assert "Calzados del Sur" in page and "of BR" not in page and "of FR" not in page
    ministry = Client()
    ministry.force_login(make.UserFactory.create(ministry=True))
    page = ministry.get(LIST).content.decode()
    assert "Calzados del Sur" in page and "of BR" in page and "of FR" in page


def test_it_is_searched_and_filtered(db):
    make.ImporterFactory.create(company="Sandalias Lima", country="PE", tax_number="20123456789")
    make.ImporterFactory.create(company="Batik Quito", country="EC", verified=True)
    client = Client()
    client.force_login(make.UserFactory.create(ministry=True))

    def found(**asked: str) -> set[str]:
        return {row[0].company for row in client.get(LIST, asked).context["rows"]}

    assert found() == {"Sandalias Lima"} and found(view="verified") == {"Batik Quito"}
    assert found(view="all", q="201234") == {"Sandalias Lima"} and found(view="all", q="zzz") == set()
    assert found(view="all", country="EC") == {"Batik Quito"}
    assert found(view="nonsense", country="XX", after="forged") == {"Sandalias Lima"}


def test_the_record_is_read_verified_and_taken_back(desk, record, curator):
    assert "Calzados del Sur" in desk.get(record).content.decode()
    assert AuditEntry.objects.get().verb == "read"
    desk.post(record, {"do": "verify", "note": "In the register.", "seen_version": "1"})
    assert Importer.objects.get().verified_by == curator
    page = desk.get(record).content.decode()
    assert "In the register." in page and "Company checked by the mission in Santiago" in page
    desk.post(record, {"do": "unverify", "why": "Wrong register."})
    assert not Importer.objects.get().is_verified
    assert "Wrong register." in desk.get(record).content.decode()


def test_a_note_is_asked_for_and_what_was_typed_stays(desk, record):
    assert desk.post(record, {"do": "verify", "note": "", "seen_version": "1"}).status_code == 422
    answer = desk.post(record, {"do": "verify", "note": "In the register.", "seen_version": "x"})
    assert answer.status_code == 422 and "In the register." in answer.content.decode()
    assert desk.post(record, {"do": "unverify", "why": ""}).status_code == 422
    assert not Importer.objects.get().is_verified


def test_what_changed_meanwhile_is_shown_before_it_is_verified(desk, record, importer):
    importer.edit({"website": "https://www.nueva.cl/"}, by=importer.user, seen_version=1)
    answer = desk.post(record, {"do": "verify", "note": "In the register.", "seen_version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "https://www.nueva.cl/" in page and "In the register." in page
    desk.post(record, answer.context["form"].data)
    assert Importer.objects.get().is_verified


def test_a_second_press_is_refused_with_what_is_possible_now(desk, record):
    told = {"do": "verify", "note": "In the register.", "seen_version": "1"}
    desk.post(record, told)
    answer = desk.post(record, told)
    assert answer.status_code == 409 and "Take the verification back" in answer.content.decode()


def test_an_importer_elsewhere_is_not_there(desk, curator):
    elsewhere = make.ImporterFactory.create(country="FR")
    address = f"{LIST}{elsewhere.pk}/"
    assert desk.get(address).status_code == 404
    assert desk.post(address, {"do": "verify", "note": "x", "seen_version": "1"}).status_code == 404


def test_the_history_names_the_mission_for_strangers_and_the_importer_by_what_they_are(record, importer, curator):
    importer.verify(by=curator, note="x", seen_version=1)
    importer.edit({"website": "https://www.nueva.cl/"}, by=importer.user, seen_version=1)
    other = make.MissionStaffFactory.create(mission=make.MissionFactory(code="KBRI-LIM"))
    make.AccreditationFactory.create(mission=other.mission, market__iso2="CL")
    reader = Client()
    reader.force_login(other.user)
    told = [who for _what, who in reader.get(record).context["history"]]
    assert "the importer" in told[0] and "KBRI Santiago" in told[1]


def test_an_erased_account_is_not_listed(desk, importer):
    type(importer.user).objects.filter(pk=importer.user_id).update(erased_at=importer.created_at)
    assert "Calzados del Sur" not in desk.get(f"{LIST}?view=all").content.decode()


@pytest.mark.parametrize("address", ["importer_list", "importer_record"])
def test_queries_do_not_grow(desk, importer, record, address, django_assert_max_num_queries):
    url = record if address == "importer_record" else f"{LIST}?view=all"
    desk.get(url)
    with django_assert_max_num_queries(20) as one:
        desk.get(url)
    for _number in range(11):
        make.ImporterFactory.create(verified=True)
    with django_assert_max_num_queries(len(one.captured_queries)):
        desk.get(url)
