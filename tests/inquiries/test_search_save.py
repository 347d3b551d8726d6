from __future__ import annotations

import pytest
from django.test import Client

from accounts.workflow import Refused
from inquiries.models import SavedSearch, saved_search
from tests import factories as make
from tests.catalog.products import published

SAVE, LIST = "/en/inquiries/searches/save/", "/en/inquiries/searches/"


def said(**more):
    return {"query": "q=sandal", "name": "Sandals", "frequency": "daily"} | more


def test_the_list_of_products_leads_to_it_with_what_it_means(buying, db):
    published()
    page = buying.get("/en/products/?q=sandal&sort=price&utm_source=x").content.decode()
    assert f'href="{SAVE}?q=sandal"' in page
    assert SAVE not in buying.get("/en/products/").content.decode()


def test_it_offers_a_name_and_saves_only_what_is_known(buying, importer):
    form = buying.get(f"{SAVE}?q=sandal&utm_source=x&moq_max=500").context["form"]
    assert form["name"].value() == "“sandal”, Minimum order up to 500"
    product = published(title={"en": "Leather sandal"})
    answer = buying.post(SAVE, said(query="moq_max=5000&q=sandal&utm_source=x"))
    assert answer["Location"] == LIST
    search = SavedSearch.objects.get()
    assert (search.importer, search.query) == (importer, "q=sandal&moq_max=5000")
    assert search.known == [product.pk]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"query": ""}, "Search for something first"),
        ({"query": "utm_source=x&sort=newest"}, "Search for something first"),
        ({"name": ""}, "This field is required"),
        ({"name": "123"}, "at least one letter"),
        ({"frequency": "hourly"}, "Select a valid choice"),
    ],
)
def test_wrong_values_are_said(buying, wrong, sentence):
    answer = buying.post(SAVE, said(**wrong))
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert not SavedSearch.objects.exists()


def test_the_same_search_again_is_the_one_that_is_there(buying):
    buying.post(SAVE, said())
    buying.post(SAVE, said(name="Again"))
    assert SavedSearch.objects.get().name == "Sandals"


def test_there_are_thirty_at_most(importer, monkeypatch):
    monkeypatch.setattr(saved_search, "MOST_SEARCHES", 1)
    SavedSearch.keep("q=batik", name="x", frequency="off", importer=importer)
    with pytest.raises(Refused) as refusal:
        SavedSearch.keep("q=sandal", name="x", frequency="off", importer=importer)
    assert refusal.value.code == "too_many_searches"


def test_a_visitor_logs_in_first_and_loses_nothing_of_the_search(db):
    published()
    assert f'href="{SAVE}?q=sandal"' in Client().get("/en/products/?q=sandal").content.decode()
    answer = Client().get(f"{SAVE}?q=sandal&market=CL")
    assert (
        answer["Location"].startswith("/en/account/login/?next=") and "q%3Dsandal%26market%3DCL" in answer["Location"]
    )


def test_who_has_no_company_adds_it_first_and_the_search_is_kept(client, db):
    client.force_login(make.MembershipFactory.create().user)
    assert f"{SAVE}?q=sandal" in client.get("/en/products/?q=sandal").content.decode()
    address = client.get(f"{SAVE}?q=sandal")["Location"]
    assert address == "/en/inquiries/company/new/?next=%2Fen%2Finquiries%2Fsearches%2Fsave%2F%3Fq%3Dsandal"
    company = {"company": "Batik Mojo Trading", "country": "PE", "next": f"{SAVE}?q=sandal"}
    page = client.post("/en/inquiries/company/new/", company, follow=True)
    assert 'name="query" value="q=sandal"' in page.content.decode()


def test_staff_are_not_offered_it(client, db):
    client.force_login(make.UserFactory(mission=True))
    assert SAVE not in client.get("/en/products/?q=sandal").content.decode()
