"""The page of a market: its missions, its demand, and what is offered in the missions' own order."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import indexing
from tests.factories import (
    AccreditationFactory,
    CategoryFactory,
    HSCodeFactory,
    MarketFactory,
    MarketListingFactory,
    MarketRuleFactory,
    MissionFactory,
    ProductFactory,
    in_days,
)

pytestmark = pytest.mark.django_db


def page(client, query: str = "", language: str = "en") -> str:
    response = client.get(f"/{language}/markets/CL/{query}")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def offered(rank: int = 1000, **fields):
    listing = MarketListingFactory(
        listed=True,
        market=MarketFactory(),
        rank=rank,
        product=ProductFactory(published=True, target_markets=["CL"], **fields.pop("product", {})),
        **fields,
    )
    indexing.reindex([listing.product_id])
    return listing


def order(html: str, *listings) -> list[int]:
    return sorted(range(len(listings)), key=lambda index: html.index(f"/products/{listings[index].product.slug}/"))


def test_products_stand_in_the_missions_rank(client):
    third, first, second = offered(30), offered(10), offered(20)

    assert order(page(client), third, first, second) == [1, 2, 0]


def test_only_public_listings_are_shown(client):
    shown = offered()
    elsewhere = offered(product={"producer": shown.product.producer})
    type(elsewhere.product).objects.filter(pk=elsewhere.product.pk).update(target_markets=["PE"])
    suspended = offered()
    suspended.product.suspend(by=None, why="A check.")
    declined = MarketListingFactory(declined=True, market=shown.market, product=ProductFactory(published=True))

    html = page(client)

    assert shown.product.slug in html
    assert not any(one.product.slug in html for one in (elsewhere, suspended, declined))


def test_what_the_mission_promotes_says_so_but_never_tobacco(client):
    offered(promoted_until=in_days(3))
    offered(promoted_until=in_days(-1))
    shelf = CategoryFactory(slug="tobacco", parent=None, name={"en": "Tobacco"}, may_be_promoted=False)
    offered(promoted_until=in_days(3), product={"category": CategoryFactory(slug="kretek", parent=shelf)})

    assert page(client).count("Promoted by the mission") == 1


def test_the_missions_that_cover_the_market_today_are_named(client):
    market = MarketFactory()
    AccreditationFactory(market=market, mission=MissionFactory(), is_resident=True)
    AccreditationFactory(
        market=market, mission=MissionFactory(code="KBRI-BUE", city="Buenos Aires", country="AR"), until=in_days(-1)
    )

    html = page(client)

    assert "Embassy of Indonesia in Santiago" in html and "Buenos Aires" not in html


def test_facts_have_their_source_and_the_day_of_the_check(client):
    MarketFactory(
        demand_sectors=["footwear", "cold-storage"],
        label_language="es",
        agreement="IC-CEPA",
        agreement_status="in_force",
        source="A press report",
        checked_on=in_days(-3),
        trade_blocs=["ALADI"],
    )

    html = page(client)

    for fact in ("Footwear", "Cold storage", "Spanish", "IC-CEPA: in force", "A press report", "ALADI", "Checked on"):
        assert fact in html, fact
    assert "?category=footwear&amp;market=CL" in html and "more than 12 months ago" not in html


def test_old_facts_are_marked_and_unknown_ones_are_unknown(client):
    market = MarketFactory(checked_on=in_days(-400))
    assert "more than 12 months ago" in page(client)

    type(market).objects.update(checked_on=None)
    html = page(client)

    assert "Not checked yet" in html and html.count("not checked") == 3 and "no restriction" not in html


def test_a_market_without_mission_or_products_offers_a_way_on(client):
    MarketFactory()

    html = page(client)

    assert "We do not know yet which mission covers this market." in html
    assert "Nothing is offered here yet" in html and 'href="/en/products/"' in html


def test_pages_go_on_where_the_one_before_ended(client):
    for number in range(26):
        offered(rank=1 + number // 2)
    html = page(client)
    address = re.search(r'rel="next" href="/en/markets/CL/([^"]+)"', html)
    assert address

    following = page(client, address[1])

    slugs = re.findall(r'href="/en/products/([^"/]+)/\?market=CL"', html + following)
    assert len(slugs) == len(set(slugs)) == 26


def test_a_forged_position_gives_the_first_page_with_a_note(client):
    listing = offered()

    html = page(client, "?after=forged")

    assert "alert--warn" in html and listing.product.slug in html


def test_an_address_in_small_letters_leads_to_the_market(client):
    MarketFactory()

    response = client.get("/en/markets/cl/")

    assert response.status_code == 301 and response["Location"] == "/en/markets/CL/"
    assert client.get("/en/markets/ZZ/").status_code == 404
    assert client.get("/en/markets/%00/").status_code == 404


def test_what_the_mission_promotes_stands_first_and_once(client):
    first = offered(10)
    promoted = offered(500, promoted_until=in_days(3))

    html = page(client)

    assert order(html, first, promoted) == [1, 0]
    assert html.index("Featured in this market") < html.index("Offered in this market")
    assert html.count(f'href="/en/products/{promoted.product.slug}/?market=CL"') == 1


def test_promoted_products_are_not_repeated_on_later_pages(client):
    for number in range(25):
        offered(1 + number)
    offered(26, promoted_until=in_days(3))
    html = page(client)
    address = re.search(r'rel="next" href="/en/markets/CL/([^"]+)"', html)
    assert address

    following = page(client, address[1])

    assert "Featured in this market" not in following and "Promoted by the mission" not in following
    assert len(re.findall(r'href="/en/products/[^"/]+/\?market=CL"', html + following)) == 26


def test_a_market_where_all_is_promoted_does_not_say_that_nothing_is_offered(client):
    offered(promoted_until=in_days(3))

    html = page(client)

    assert "Everything that is offered here stands above." in html and "Nothing is offered here yet" not in html


def test_a_mission_tells_address_hours_and_languages_or_that_we_do_not_know(client):
    AccreditationFactory(market=MarketFactory(), mission=MissionFactory())
    html = page(client)
    assert "Address and opening hours are not known yet." in html and "Answers in" not in html
    type(MissionFactory()).objects.update(address="Calle 1")
    html = page(client)
    assert html.count("not known yet, ask the mission") == 1 and "hours are not known" not in html

    type(MissionFactory()).objects.update(
        address="Calle 1\n<b>Santiago</b>", opening_hours={"es": "Lunes a viernes, 9 a 16"}, languages=["es", "en"]
    )
    html = page(client)

    assert "Calle 1<br>&lt;b&gt;Santiago&lt;/b&gt;" in html and "not known yet" not in html
    assert '<span lang="es">Lunes a viernes, 9 a 16</span>' in html and "Spanish, English" in html


def test_rules_about_goods_are_shown_those_of_all_goods_first_and_no_exceptions(client):
    MarketRuleFactory(hs=HSCodeFactory(code="6403"), text={"en": "Materials on the label."})
    MarketRuleFactory(text={"en": "Labels in Spanish."})
    MarketRuleFactory(kind="tariff", ended=True, text={"en": "The old duty."})
    MarketRuleFactory(kind="sample", product=ProductFactory(), text={"en": "Only this one."})

    html = page(client)

    assert html.index("Labels in Spanish.") < html.index("Materials on the label.") and "HS 6403" in html
    assert "The old duty." not in html and "Only this one." not in html
    assert "Nobody has checked for all goods: Tariff and preference, Certificates required, Registration" in html
    assert "That does not mean that nothing applies." in html


def test_many_rules_are_cut_and_said_to_be(client):
    market = MarketFactory()
    for number in range(21):
        MarketRuleFactory(market=market, hs=HSCodeFactory(code=f"6403{number:02}"), text={"en": f"Rule {number:02}."})

    html = page(client)

    assert html.count("Rule ") - html.count("Rule in brief") == 20 and "There are more rules about single HS" in html


def test_incoterms_are_a_picture_and_the_same_in_words(client):
    MarketFactory()

    html = page(client)

    drawing = re.search(r"<svg class=\"incoterms-drawing\".*?</svg>", html)
    assert drawing and 'role="img"' in drawing[0] and drawing[0].count("incoterms-risk") == 11
    row = re.search(r'<th scope="row">CIF .*?</tr>', html)
    assert row and "Cost, Insurance and Freight" in row[0] and "the port of arrival" in row[0]
    assert "on board in the port of loading" in row[0] and "The producer insures the transport." in row[0]


def test_twelve_products_cost_as_many_queries_as_one(client):
    offered()
    offered(promoted_until=in_days(3))
    MarketRuleFactory()
    page(client)
    with CaptureQueriesContext(connection) as one:
        page(client)
    for number in range(11):
        offered()
        MarketRuleFactory(hs=HSCodeFactory(code=f"6403{number:02}"))
    offered(promoted_until=in_days(3))
    with CaptureQueriesContext(connection) as twelve:
        page(client)

    assert len(one) == len(twelve) <= 10
    assert len({query["sql"] for query in twelve.captured_queries}) == len(twelve)
