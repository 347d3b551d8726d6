from __future__ import annotations

import pytest
from django.test import Client

from inquiries.models import SavedSearch
from inquiries.stop_links import stop_all, stop_one
from tests import factories as make


@pytest.fixture
def searches(importer):
    make.SavedSearchFactory.create(name="De otra empresa")
    return [make.SavedSearchFactory.create(importer=importer, name=name) for name in ("Sandalias", "Batik")]


def mailed():
    return set(SavedSearch.objects.mailed().values_list("name", flat=True))


def test_a_link_opened_changes_nothing_and_one_press_stops_one_search_without_a_log_in(searches):
    link, reader = stop_one(searches[0]), Client()
    page = reader.get(link).content.decode()
    assert "Sandalias" in page and "Batik" not in page
    assert mailed() == {"Sandalias", "Batik", "De otra empresa"}
    for _press in range(2):
        assert "We write no more about this" in reader.post(link).content.decode()
    assert mailed() == {"Batik", "De otra empresa"}
    assert "stopped already" in reader.get(link).content.decode()


def test_another_link_stops_all_of_the_company_and_no_other(importer, searches):
    Client().post(stop_all(importer))
    assert mailed() == {"De otra empresa"}


def test_a_link_about_a_search_that_is_gone_says_that_it_is_stopped(searches):
    link = stop_one(searches[0])
    searches[0].delete()
    assert "stopped already" in Client().get(link).content.decode()


@pytest.mark.parametrize("change", [lambda link: link[:-2] + "x/", lambda link: link.replace("/stop/", "/stop/W")])
def test_a_forged_link_is_not_there(searches, change):
    for method in ("get", "post"):
        assert getattr(Client(), method)(change(stop_one(searches[0]))).status_code == 404


def test_the_press_needs_the_page(searches):
    assert Client(enforce_csrf_checks=True).post(stop_one(searches[0])).status_code == 403
