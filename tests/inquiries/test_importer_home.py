from __future__ import annotations

import pytest
from django.test import Client

from tests import asking
from tests import factories as make
from tests.catalog.products import published

pytestmark = pytest.mark.django_db
HOME = "/en/inquiries/"


def test_it_shows_what_is_saved_and_what_the_company_lacks(buying, importer):
    make.SavedProductFactory.create(importer=importer, product=published(title={"en": "Leather sandal"}))
    make.SavedSearchFactory.create(importer=importer, name="Sandalias")
    page = buying.get(HOME).content.decode()
    assert "Leather sandal" in page and "Sandalias" in page
    assert "20 %" in page and "Tax number" in page


def test_it_shows_nothing_of_other_importers(buying):
    make.SavedProductFactory.create(product=published(title={"en": "Leather sandal"}))
    make.SavedSearchFactory.create(name="De otra empresa")
    page = buying.get(HOME).content.decode()
    assert "Leather sandal" not in page and "De otra empresa" not in page


def test_a_complete_company_is_not_asked_for_anything(client):
    full = {"tax_number": "1", "website": "https://www.calzados.cl/", "buys_hs": ["64"], "languages": ["es"]}
    client.force_login(make.ImporterFactory.create(**full).user)
    assert client.get(HOME).context["completeness"] == (100, [])


def test_it_counts_enquiries_and_leads_to_each_list(buying, importer):
    assert "ask several producers at once" in buying.get(HOME).content.decode()
    asking.quote(asking.an_enquiry(importer))
    asking.an_enquiry(importer)
    asking.an_enquiry()
    told = {label: number for number, label, _url in buying.get(HOME).context["enquiries"]}
    assert told == {"wait for your answer": 1, "quotations to compare": 1, "wait for the producer": 1}


def test_its_queries_do_not_grow(buying, importer, django_assert_num_queries):
    def add() -> None:
        make.SavedProductFactory.create(importer=importer, product=published())
        make.SavedSearchFactory.create(importer=importer)

    add()
    buying.get(HOME)
    with django_assert_num_queries(13):
        buying.get(HOME)
    for _number in range(11):
        add()
    with django_assert_num_queries(13):
        buying.get(HOME)


def test_the_menu_leads_importers_to_it_and_nobody_else(buying, db):
    assert f'href="{HOME}"' in buying.get("/en/markets/").content.decode()
    other = Client()
    other.force_login(make.MembershipFactory.create().user)
    assert f'href="{HOME}"' not in other.get("/en/markets/").content.decode()
    assert f'href="{HOME}"' not in Client().get("/en/markets/").content.decode()


def test_who_is_a_producer_too_finds_the_other_desk(client):
    importer = make.ImporterFactory.create()
    make.MembershipFactory.create(user=importer.user)
    client.force_login(importer.user)
    assert 'href="/en/desk/"' in client.get(HOME).content.decode()


def test_a_request_that_was_begun_is_not_forgotten(buying, importer):
    make.BasketFactory(user=importer.user, request_draft={"title": ["Sandalias"]})
    page = buying.get("/en/inquiries/").content.decode()
    assert "buying request begun, not handed in yet" in page and 'href="/en/inquiries/requests/new/"' in page
