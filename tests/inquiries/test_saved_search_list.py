"""The list of saved searches, search_change and search_delete."""

from __future__ import annotations

import datetime

from django.utils import timezone

from inquiries.models import SavedSearch
from tests import factories as make
from tests.catalog.products import published

LIST = "/en/inquiries/searches/"


def test_it_says_in_words_what_each_asks_for(buying, importer):
    make.SavedSearchFactory.create(importer=importer, name="Sandalias", query="q=sandal&moq_max=500")
    make.SavedSearchFactory.create(name="De otra empresa")
    page = buying.get(LIST).content.decode()
    assert "“sandal” · Minimum order up to 500" in page and "every week" in page
    assert "De otra empresa" not in page


def test_a_search_is_renamed_and_written_about_every_day(buying, importer):
    search = make.SavedSearchFactory.create(importer=importer)
    buying.post(f"{LIST}{search.pk}/change/", {"name": "Batik", "frequency": "daily"})
    search.refresh_from_db()
    assert (search.name, search.frequency) == ("Batik", "daily")
    assert search.next_on == timezone.now().date() + datetime.timedelta(days=1)


def test_after_a_pause_only_what_comes_from_then_on_is_new(buying, importer):
    search = make.SavedSearchFactory.create(importer=importer, frequency="off")
    product = published(title={"en": "Leather sandal"})
    buying.post(f"{LIST}{search.pk}/change/", {"name": "x", "frequency": "weekly"})
    search.refresh_from_db()
    assert search.known == [product.pk]


def test_a_wrong_name_opens_its_form_again_with_what_was_typed(buying, importer):
    search = make.SavedSearchFactory.create(importer=importer)
    answer = buying.post(f"{LIST}{search.pk}/change/", {"name": "12345", "frequency": "off"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<details class="fold" open>' in page and 'value="12345"' in page


def test_a_search_is_deleted_once(buying, importer):
    search = make.SavedSearchFactory.create(importer=importer)
    assert buying.post(f"{LIST}{search.pk}/delete/")["Location"] == LIST
    assert not SavedSearch.objects.exists()
    assert buying.post(f"{LIST}{search.pk}/delete/").status_code == 404


def test_searches_of_others_are_not_there(buying, db):
    foreign = make.SavedSearchFactory.create()
    for verb in ("change", "delete"):
        assert buying.post(f"{LIST}{foreign.pk}/{verb}/", {"name": "x", "frequency": "off"}).status_code == 404
    foreign.refresh_from_db()
    assert foreign.frequency == "weekly"


def test_its_queries_do_not_grow(buying, importer, django_assert_num_queries):
    make.SavedSearchFactory.create(importer=importer)
    buying.get(LIST)
    with django_assert_num_queries(5):
        buying.get(LIST)
    for _number in range(11):
        make.SavedSearchFactory.create(importer=importer)
    with django_assert_num_queries(5):
        buying.get(LIST)
