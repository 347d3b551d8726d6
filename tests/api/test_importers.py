"""Importers, saved products and saved searches in the API."""

from __future__ import annotations

import pytest

from accounts.models import AuditEntry
from inquiries.models import Importer, SavedProduct, SavedSearch
from tests import factories as make
from tests.catalog.products import published

V1 = "/api/v1"
OWN, PRODUCTS, SEARCHES = f"{V1}/my/importer/", f"{V1}/my/saved-products/", f"{V1}/my/saved-searches/"


@pytest.fixture
def importer(db):
    return make.ImporterFactory()


@pytest.fixture
def client(importer, client_of):
    return client_of(importer.user)


@pytest.fixture
def staff(client_of):
    post = make.MissionStaffFactory()
    make.AccreditationFactory(mission=post.mission)
    return client_of(post.user)


class TestOwnCompany:
    def test_it_is_read_and_changed_in_part(self, client, importer):
        make.HSCodeFactory(code="640399")
        told = client.get(OWN).json()
        assert (told["company"], told["is_verified"], told["completeness"]) == ("Calzados del Sur", False, 20)
        answer = client.patch(OWN, {"version": 1, "buys_hs": ["6403.99"], "tax_number": "1"}, format="json")
        assert answer.status_code == 200, answer.content
        assert (answer.json()["buys_hs"], answer.json()["version"]) == (["640399"], 2)
        assert "RUT" in answer.json()["tax_number_doubt"]
        importer.refresh_from_db()
        assert importer.company == "Calzados del Sur"

    def test_a_category_that_is_gone_stops_no_other_change(self, client):
        Importer.objects.update(website="https://www.calzados.cl/")
        answer = client.patch(OWN, {"version": 1, "languages": ["es"]}, format="json")
        assert answer.status_code == 200 and answer.json()["website"] == "https://www.calzados.cl/"

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({"buys_hs": ["9999"]}, "buys_hs"),
            ({"country": "XX"}, "country"),
            ({"website": "http://127.0.0.1/"}, "website"),
            ({"languages": ["xx"]}, "languages"),
            ({"company": "123"}, "company"),
        ],
    )
    def test_wrong_values_are_named(self, client, sent, field):
        answer = client.patch(OWN, {"version": 1, **sent}, format="json")
        assert answer.status_code == 400 and any(name.startswith(field) for name in answer.json()["fields"])

    def test_the_version_is_asked_for_and_an_old_one_refused(self, client, importer):
        assert client.patch(OWN, {"languages": []}, format="json").json()["fields"]["version"]
        importer.edit({"languages": ["es"]}, by=importer.user, seen_version=1)
        answer = client.patch(OWN, {"version": 1, "languages": ["en"]}, format="json")
        assert (answer.status_code, answer.json()["code"]) == (409, "importer_moved")

    def test_who_has_none_adds_it_once(self, client_of):
        member = make.MembershipFactory().user
        client = client_of(member)
        assert client.get(OWN).status_code == 403
        said = {"company": "Batik Mojo Trading", "country": "PE", "languages": ["es"]}
        for _twice in range(2):
            answer = client.post(OWN, said, format="json")
            assert (answer.status_code, answer.json()["company"]) == (201, "Batik Mojo Trading")
        other = client.post(OWN, said | {"country": "CL"}, format="json")
        assert (other.status_code, other.json()["code"]) == (409, "company_exists")
        assert client.get(OWN).json()["languages"] == ["es"] and Importer.objects.get().user == member

    def test_what_is_missing_is_named_and_staff_have_none(self, client_of, db):
        answer = client_of(make.UserFactory()).post(OWN, {"company": "Batik Mojo Trading"}, format="json")
        assert answer.status_code == 400 and set(answer.json()["fields"]) == {"country"}
        said = {"company": "Batik Mojo Trading", "country": "PE"}
        refused = client_of(make.UserFactory(mission=True)).post(OWN, said, format="json")
        assert (refused.status_code, refused.json()["code"]) == (409, "official_account")


class TestSaved:
    def test_a_product_is_saved_listed_and_forgotten(self, client, importer):
        published(slug="leather-sandals")
        for _twice in range(2):
            answer = client.post(PRODUCTS, {"product": "leather-sandals"}, format="json")
            assert answer.status_code == 201 and answer.json()["is_offered"] is True
        make.SavedProductFactory()
        assert [one["product"] for one in client.get(PRODUCTS).json()["results"]] == ["leather-sandals"]
        assert client.delete(f"{PRODUCTS}leather-sandals/").status_code == 204
        assert client.delete(f"{PRODUCTS}leather-sandals/").status_code == 404
        assert not SavedProduct.objects.filter(importer=importer).exists()

    def test_what_is_not_public_cannot_be_saved(self, client):
        make.ProductFactory(suspended=True, slug="bad")
        answer = client.post(PRODUCTS, {"product": "bad"}, format="json")
        assert answer.status_code == 400 and "product" in answer.json()["fields"]

    def test_a_search_is_saved_changed_and_deleted(self, client, importer):
        asked = {"name": "Sandals", "query": "?moq_max=500&q=sandal&utm=x".lstrip("?")}
        told = client.post(SEARCHES, asked, format="json").json()
        assert (told["query"], told["frequency"]) == ("q=sandal&moq_max=500", "weekly")
        one = f"{SEARCHES}{told['id']}/"
        assert client.patch(one, {"frequency": "off"}, format="json").json()["frequency"] == "off"
        assert client.get(one).json()["name"] == "Sandals"
        assert client.get(SEARCHES).json()["results"][0]["in_words"][0] == "“sandal”"
        assert client.delete(one).status_code == 204 and not SavedSearch.objects.exists()

    def test_a_search_for_nothing_is_refused(self, client):
        answer = client.post(SEARCHES, {"name": "All", "query": "sort=newest"}, format="json")
        assert answer.status_code == 400 and "query" in answer.json()["fields"]

    def test_the_same_key_twice_is_one_search(self, client):
        sent = [
            client.post(SEARCHES, {"name": "x", "query": "q=batik"}, format="json", headers={"Idempotency-Key": "a"})
            for _twice in range(2)
        ]
        assert sent[0].json() == sent[1].json() and SavedSearch.objects.count() == 1

    def test_searches_of_others_are_not_there(self, client):
        foreign = make.SavedSearchFactory()
        address = f"{SEARCHES}{foreign.pk}/"
        assert {client.get(address).status_code, client.delete(address).status_code} == {404}
        assert client.patch(address, {"frequency": "off"}, format="json").status_code == 404

    @pytest.mark.parametrize("address", [PRODUCTS, SEARCHES])
    def test_queries_of_a_list_do_not_grow(self, client, importer, address, django_assert_max_num_queries):
        add = make.SavedProductFactory if address == PRODUCTS else make.SavedSearchFactory
        add(importer=importer)
        client.get(address)
        with django_assert_max_num_queries(12) as one:
            client.get(address)
        for _number in range(11):
            add(importer=importer)
        with django_assert_max_num_queries(len(one.captured_queries)):
            assert len(client.get(address).json()["results"]) == 12


class TestStaff:
    def test_a_company_is_verified_and_the_verification_taken_back(self, staff, importer):
        one = f"{V1}/importers/{importer.pk}/"
        told = staff.post(f"{one}verify/", {"note": "In the register.", "seen_version": 1}, format="json").json()
        assert told["is_verified"] and told["verified_mission"] == "KBRI-SCL"
        again = staff.post(f"{one}verify/", {"note": "x", "seen_version": 1}, format="json")
        assert (again.status_code, again.json()["code"]) == (409, "already_verified")
        assert staff.post(f"{one}unverify/", {"why": ""}, format="json").status_code == 400
        assert not staff.post(f"{one}unverify/", {"why": "Wrong."}, format="json").json()["is_verified"]

    def test_the_list_is_scoped_and_filtered(self, staff, importer):
        make.ImporterFactory(verified=True, company="Verified SpA")
        make.ImporterFactory(country="BR")
        address = f"{V1}/importers/"

        def found(**asked):
            return [one["company"] for one in staff.get(address, asked).json()["results"]]

        assert found() == ["Verified SpA", "Calzados del Sur"]
        assert found(verified="yes") == ["Verified SpA"] and found(verified="no") == ["Calzados del Sur"]
        assert found(q="verif") == ["Verified SpA"] and found(country="BR") == []
        assert staff.get(address, {"verified": "maybe"}).status_code == 400
        assert "tax_number" not in staff.get(address).json()["results"][0]

    def test_each_reading_of_a_company_is_in_the_trail(self, staff, importer):
        assert staff.get(f"{V1}/importers/{importer.pk}/").json()["tax_number"] == ""
        assert [entry.verb for entry in AuditEntry.objects.exclude(verb="issue_token")] == ["read"]

    def test_queries_of_the_list_do_not_grow(self, staff, importer, django_assert_max_num_queries):
        staff.get(f"{V1}/importers/")
        with django_assert_max_num_queries(12) as one:
            staff.get(f"{V1}/importers/")
        for _number in range(11):
            make.ImporterFactory(verified=True)
        with django_assert_max_num_queries(len(one.captured_queries)):
            staff.get(f"{V1}/importers/")
