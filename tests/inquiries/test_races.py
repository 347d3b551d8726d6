"""Two people at once at what importers have."""

from __future__ import annotations

import pytest

from accounts.models import AuditEntry, Letter
from inquiries import search_clock as clock
from inquiries.models import Importer, SavedProduct, SavedSearch, saved_product
from tests import factories as make
from tests.catalog.products import published
from tests.exporters.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_who_verify_at_once_one_does_and_the_importer_is_told_once():
    staff = [make.UserFactory.create(mission=True) for _number in range(2)]
    pk = make.ImporterFactory.create().pk
    copies = [Importer.objects.get(pk=pk) for _number in range(2)]
    done = at_once(
        *(
            lambda one=one, by=by: one.verify(by=by, note="x", seen_version=1)
            for one, by in zip(copies, staff, strict=True)
        )
    )
    assert done == ["already_verified", "done"]
    assert AuditEntry.objects.filter(verb="verify").count() == Letter.objects.count() == 1


def test_of_two_companies_added_at_once_one_is_and_the_same_twice_is_one():
    person = make.UserFactory.create()
    said = [{"company": name, "country": "CL"} for name in ("Calzados del Sur", "Calzados del Norte")]
    done = at_once(*(lambda one=one: Importer.add_company(one, by=person) for one in said))
    assert done == ["company_exists", "done"]
    mine = {"company": Importer.objects.get().company, "country": "CL"}
    assert at_once(*[lambda: Importer.add_company(mine, by=person)] * 2) == ["done", "done"]
    assert AuditEntry.objects.filter(verb="add_company").count() == Importer.objects.count() == 1


def test_a_product_saved_twice_at_once_is_saved_once():
    importer, product = make.ImporterFactory.create(), make.ProductFactory.create(published=True)
    assert at_once(*[lambda: SavedProduct.keep(product, importer=importer)] * 3) == ["done"] * 3
    assert SavedProduct.objects.count() == 1


def test_the_last_place_is_given_to_one(monkeypatch):
    monkeypatch.setattr(saved_product, "MOST_SAVED", 1)
    importer = make.ImporterFactory.create()
    products = [make.ProductFactory.create(published=True) for _number in range(2)]
    done = at_once(*(lambda one=one: SavedProduct.keep(one, importer=importer) for one in products))
    assert done == ["done", "too_many_saved"]


def test_a_search_saved_twice_at_once_is_saved_once():
    importer = make.ImporterFactory.create()
    save = {"query": "q=sandal", "name": "x", "frequency": "daily", "importer": importer}
    assert at_once(*[lambda: SavedSearch.keep(**save)] * 2) == ["done"] * 2
    assert SavedSearch.objects.count() == 1


def test_two_workers_at_once_write_one_letter():
    make.SavedSearchFactory.create(due=True)
    published(slug="leather-sandals", title={"en": "Leather sandal"})
    assert at_once(clock.write_search_letters, clock.write_search_letters) == ["done", "done"]
    assert Letter.objects.count() == 1
