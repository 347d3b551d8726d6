from __future__ import annotations

from inquiries.models import SavedProduct
from tests import factories as make
from tests.catalog.products import published

LIST = "/en/inquiries/saved/"


def test_the_newest_stands_first_and_nothing_of_others_is_there(buying, importer):
    for name in ("First sandal", "Second sandal"):
        SavedProduct.keep(published(title={"en": name}), importer=importer)
    make.SavedProductFactory.create(product=published(title={"en": "Sandal of others"}))
    page = buying.get(LIST).content.decode()
    assert page.index("Second sandal") < page.index("First sandal")
    assert "Sandal of others" not in page


def test_what_is_not_offered_any_more_is_said_to_be_so_without_what_was_taken_down(buying, importer):
    make.SavedProductFactory.create(
        importer=importer, product=make.ProductFactory(retired=True, slug="old", title={"en": "Old sandal"})
    )
    make.SavedProductFactory.create(
        importer=importer, product=make.ProductFactory(suspended=True, slug="bad", title={"en": "Bad sandal"})
    )
    page = buying.get(LIST).content.decode()
    assert page.count("Not offered any more") == 2
    assert "Old sandal" in page and "Bad sandal" not in page
    assert buying.post("/en/inquiries/saved/bad/unsave/", {"next": LIST})["Location"] == LIST
    assert SavedProduct.objects.count() == 1


def test_pages_go_on_and_a_forged_position_is_the_start(buying, importer):
    for _number in range(25):
        make.SavedProductFactory.create(importer=importer)
    first = buying.get(LIST)
    assert len(first.context["rows"]) == 24
    assert len(buying.get(LIST + first.context["next_url"]).context["rows"]) == 1
    forged = buying.get(f"{LIST}?after=forged", follow=True)
    assert len(forged.context["rows"]) == 24 and "This page of the list is not there" in forged.content.decode()


def test_its_queries_do_not_grow(buying, importer, django_assert_num_queries):
    SavedProduct.keep(published(), importer=importer)
    buying.get(LIST)
    with django_assert_num_queries(7):
        buying.get(LIST)
    for _number in range(11):
        SavedProduct.keep(published(), importer=importer)
    with django_assert_num_queries(7):
        buying.get(LIST)
