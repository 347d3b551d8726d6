"""The clock of saved searches: one letter a person and day, in their language, each product once."""

from __future__ import annotations

import datetime
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Letter
from catalog import new_matches
from inquiries import search_clock as clock
from inquiries import search_mails
from inquiries.models import SavedSearch
from inquiries.models.saved_search import next_look
from kit.limited_reads import TooSlow
from tests import factories as make
from tests.catalog.products import published

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def sandal(**more):
    return published(title={"en": "Leather sandal", "es": "Sandalia de cuero"}, **more)


@pytest.fixture
def search(importer):
    return make.SavedSearchFactory.create(importer=importer, due=True, frequency="daily", query="q=sandal")


def test_a_letter_in_the_readers_language_names_the_product_and_how_to_stop(search):
    sandal(slug="leather-sandals")
    assert clock.write_search_letters() == 1
    letter = Letter.objects.get()
    assert (letter.recipient, letter.language) == (search.importer.user, "es")
    assert "Sandalia de cuero" in letter.body and "/es/products/leather-sandals/" in letter.body
    assert "/es/products/?q=sandal&sort=newest" in letter.body
    stop = next(line for line in letter.body.splitlines() if "/searches/stop/" in line).rpartition(" ")[2]
    assert Client().get(stop.partition("//")[2].partition("/")[2].join(["/", ""])).status_code == 200


def test_a_second_run_and_a_second_day_without_news_write_nothing(search):
    sandal()
    for _run in range(2):
        clock.write_search_letters()
    SavedSearch.objects.update(next_on=timezone.now().date())
    clock.write_search_letters()
    assert Letter.objects.count() == 1


def test_all_searches_of_a_person_come_in_one_letter_and_each_person_has_their_own(search):
    make.SavedSearchFactory.create(importer=search.importer, due=True, query="q=cuero", name="Cuero")
    make.SavedSearchFactory.create(due=True)
    sandal()
    assert clock.write_search_letters() == 2
    letter = Letter.objects.get(recipient=search.importer.user)
    assert "Sandalias" in letter.body and "Cuero" in letter.body
    assert letter.event == f"new_matches:{search.importer_id}:{timezone.now():%Y%m%d}"


def test_nothing_new_is_no_letter_and_the_next_look_is_set(search):
    assert clock.write_search_letters() == 0
    search.refresh_from_db()
    assert search.next_on == timezone.now().date() + DAY and not Letter.objects.exists()


@pytest.mark.parametrize("state", ["off", "later", "closed account"])
def test_who_wants_none_gets_none(search, state):
    sandal()
    if state == "off":
        search.stop()
    elif state == "later":
        SavedSearch.objects.update(next_on=timezone.now().date() + DAY)
    else:
        type(search.importer.user).objects.filter(pk=search.importer.user_id).update(is_active=False)
    assert clock.write_search_letters() == 0 and not Letter.objects.exists()


def test_twenty_are_shown_and_the_others_counted(search, monkeypatch):
    monkeypatch.setattr(search_mails, "MOST_SHOWN", 2)
    for _number in range(5):
        sandal()
    clock.write_search_letters()
    letter = Letter.objects.get()
    assert letter.body.count("Sandalia de cuero") == 2 and "3" in letter.body and "5" in letter.subject


def test_what_was_taken_down_meanwhile_is_not_told(search):
    product = sandal()
    type(product).objects.filter(pk=product.pk).update(state="suspended")
    assert clock.write_search_letters() == 0 and not Letter.objects.exists()


def test_a_search_that_takes_too_long_waits_for_its_next_day_and_holds_up_no_other(search):
    other = make.SavedSearchFactory.create(importer=search.importer, due=True, query="q=cuero")
    sandal()
    real = new_matches.news_of

    def slow(query, **more):
        if query == search.query:
            raise TooSlow
        return real(query, **more)

    with patch.object(clock, "news_of", slow):
        assert clock.write_search_letters() == 1
    search.refresh_from_db()
    other.refresh_from_db()
    assert search.known == [] and len(other.known) == 1
    assert search.next_on > timezone.now().date()


def test_the_trouble_of_one_company_is_not_the_next_ones(search):
    make.SavedSearchFactory.create(due=True)
    sandal()
    real = search_mails.new_matches

    def breaking(importer, told, **more):
        if importer == search.importer:
            raise RuntimeError("no letter today")
        return real(importer, told, **more)

    with patch.object(search_mails, "new_matches", breaking), pytest.raises(RuntimeError):
        clock.write_search_letters()
    assert Letter.objects.count() == 1
    search.refresh_from_db()
    assert search.known == [] and search.next_on == timezone.now().date()


def test_a_run_is_bounded_and_the_next_one_goes_on(monkeypatch):
    monkeypatch.setattr(clock, "MOST_A_RUN", 2)
    for _number in range(3):
        make.SavedSearchFactory.create(due=True)
    sandal()
    assert [clock.write_search_letters() for _run in range(3)] == [2, 1, 0]


def test_a_company_costs_the_same_however_many_products_are_new(search, django_assert_max_num_queries):
    sandal()
    with django_assert_max_num_queries(40) as one:
        clock.write_search_letters()
    for _number in range(11):
        sandal()
    SavedSearch.objects.update(next_on=timezone.now().date())
    Letter.objects.all().delete()
    with django_assert_max_num_queries(len(one.captured_queries)):
        assert clock.write_search_letters() == 1


@pytest.mark.parametrize(
    ("frequency", "today", "expected"),
    [
        ("daily", "2026-11-26", "2026-11-27"),
        ("weekly", "2026-11-26", "2026-11-30"),
        ("weekly", "2026-11-30", "2026-12-07"),
        ("weekly", "2026-12-06", "2026-12-07"),
        ("daily", "2027-02-28", "2027-03-01"),
    ],
)
def test_weekly_letters_come_on_mondays(frequency, today, expected):
    assert next_look(frequency, datetime.date.fromisoformat(today)) == datetime.date.fromisoformat(expected)
