"""The clearance card on a product's page: the reader's market, sources and dates, and never silence for "nothing"."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import indexing
from tests.factories import HSCodeFactory, ImporterFactory, MarketFactory, MarketRuleFactory, ProductFactory, in_days

pytestmark = pytest.mark.django_db


@pytest.fixture
def sandals():
    product = ProductFactory(published=True)
    indexing.reindex([product.pk])
    return product


def card(client, product, query: str = "", language: str = "en") -> str:
    response = client.get(f"/{language}/products/{product.slug}/{query}")
    assert response.status_code == 200
    found = re.search(r'<section[^>]* id="clearance".*?</section>', response.content.decode(), re.DOTALL)
    assert found
    return re.sub(r"\s+", " ", found[0])


def queries_of(client, product, query: str = "") -> list[str]:
    """What the page asks the database the second time."""
    card(client, product, query)
    with CaptureQueriesContext(connection) as captured:
        card(client, product, query)
        return [asked["sql"] for asked in captured.captured_queries]


def row(html: str, topic: str) -> str:
    return next(part for part in html.split("<tr>") if f'<th scope="row">{topic}</th>' in part)


def test_without_a_market_the_reader_may_choose_one(client, sandals):
    MarketFactory()

    html = card(client, sandals)

    assert "Importing into your market" in html and "<table" not in html
    assert '<option value="CL">Chile</option>' in html and f'action="/en/products/{sandals.slug}/#clearance"' in html


def test_the_chosen_market_is_shown_and_wins_over_the_importers_own(client, sandals):
    MarketFactory()
    MarketFactory(iso2="PE", name={"en": "Peru"})
    client.force_login(ImporterFactory(country="PE").user)

    assert "Importing into Peru" in card(client, sandals)
    html = card(client, sandals, "?market=cl")

    assert "Importing into Chile" in html and '<option value="CL" selected>' in html


def test_an_importer_of_no_market_here_chooses_like_a_visitor(client, sandals):
    MarketFactory()
    client.force_login(ImporterFactory(country="ES").user)

    assert "Importing into your market" in card(client, sandals)


def test_a_known_rule_has_its_source_and_its_date(client, sandals):
    MarketRuleFactory(hs=HSCodeFactory(code="6403"), checked_on=in_days(-1))

    shown = row(card(client, sandals, "?market=CL"), "Labels")

    assert "Labels in Spanish." in shown and "HS 6403" in shown and "Checked on" in shown and "badge--ok" in shown
    assert '<a href="https://www.example.com/law-1" rel="nofollow noopener">Law 1</a>' in shown


def test_what_nobody_checked_is_said_to_be_so_topic_by_topic(client, sandals):
    MarketRuleFactory()

    html = card(client, sandals, "?market=CL")

    assert html.count("Nobody has checked this yet. That does not mean that nothing applies.") == 6
    assert html.count("circle-help") == 6 and "Topics checked: 1 of 7." in html
    for claim in ("no restriction", "nothing applies.</p> <p", "OK<"):
        assert claim not in html


def test_an_old_one_and_an_unconfirmed_one_are_marked(client, sandals):
    MarketRuleFactory(old=True)
    MarketRuleFactory(unconfirmed=True, kind="tariff")

    html = card(client, sandals, "?market=CL")

    assert "checked more than 12 months ago" in row(html, "Labels")
    assert "not confirmed by a source" in row(html, "Tariff and preference")
    assert "Checked on" not in row(html, "Tariff and preference") and "Topics checked: 1 of 7." in html


def test_an_ended_rule_is_not_shown_as_current(client, sandals):
    MarketRuleFactory(ended=True, hs=HSCodeFactory(code="64"), text={"en": "The old duty."})

    shown = row(card(client, sandals, "?market=CL"), "Labels")

    assert "A rule about HS 64 is no longer valid: it ended on" in shown
    assert "not checked" in shown and "The old duty." not in shown


def test_a_text_in_another_language_says_so(client, sandals):
    MarketRuleFactory(text={"id": "Label berbahasa Spanyol."})

    shown = row(card(client, sandals, "?market=CL"), "Labels")

    assert '<p lang="id">Label berbahasa Spanyol.</p>' in shown and "Written in Indonesian" in shown


def test_what_staff_write_is_text_and_not_markup(client, sandals):
    MarketRuleFactory(text={"en": "<script>alert(1)</script>"}, source_title='"><img src=x>')

    html = card(client, sandals, "?market=CL")

    assert "<script>" not in html and "<img" not in html


@pytest.mark.parametrize("value", ["ZZ", "%00", "<b>"])
def test_a_market_that_is_none_is_ignored_with_a_note(client, sandals, value):
    MarketFactory()

    html = card(client, sandals, f"?market={value}")

    assert "alert--warn" in html and "was ignored" in html and "<table" not in html and "<b>" not in html


def test_the_card_costs_one_query_and_no_market_none(client, sandals):
    for code in ("64", "6403", "640399"):
        MarketRuleFactory(hs=HSCodeFactory(code=code))
    without, chosen = queries_of(client, sandals), queries_of(client, sandals, "?market=CL")
    client.force_login(ImporterFactory().user)
    importer = queries_of(client, sandals)

    assert len(chosen) == len(without) + 1
    assert len(importer) == len(chosen) + len(
        ("the session", "the person with their country", "what is saved", "the basket")
    )
    assert not any("inquiries_importer" in sql or "marketrule" in sql for sql in without)
