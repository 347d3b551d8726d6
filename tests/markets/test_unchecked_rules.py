"""What nobody has checked, by market and HS heading, in order of demand; each topic opens a rule filled in so far."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from catalog.models import UnmetQuery
from markets.unchecked import unchecked_pairs
from tests.factories import (
    AccreditationFactory,
    CommodityFactory,
    HSCodeFactory,
    MarketFactory,
    MarketListingFactory,
    MarketRuleFactory,
    MissionStaffFactory,
    ProductFactory,
)

pytestmark = pytest.mark.django_db
PAGE = "/admin/rules/unchecked/"


@pytest.fixture
def chile():
    return MarketFactory()


def asking(code: str, markets=("CL",), **fields):
    return ProductFactory(published=True, hs6=HSCodeFactory(code=code), target_markets=list(markets), **fields)


def listed(code: str):
    return MarketListingFactory(listed=True, product=asking(code))


def pairs(markets=("CL",)):
    return [(pair.market, pair.heading) for pair in unchecked_pairs(markets)]


def searched(text: str, visits: int, market: str = "CL"):
    UnmetQuery.objects.create(text=text, language="es", market=market, day=timezone.now().date(), visits=visits)


def test_only_public_products_that_ask_or_are_offered_make_a_pair(chile):
    asking("640399")
    asking("640340")
    ProductFactory(suspended=True, hs6=HSCodeFactory(code="200819"), target_markets=["CL"])
    asking("090111", ["BR"])

    assert pairs() == [("CL", "6403")]
    assert pairs(["CL", "BR"]) == [("CL", "6403"), ("BR", "0901")]


def test_listings_come_first_then_searches_then_what_asks(chile):
    CommodityFactory()  # leather sandals, "ojotas de cuero": 6403
    asking("090111")
    asking("090121")
    asking("200819")
    asking("640399")
    listed("940161")
    searched("ojotas de cuero", 5)
    searched("2008.19", 3)
    searched("ojotas de cuero", 9, "PE")
    searched("zzz", 100)

    found = unchecked_pairs(["CL"])

    assert [pair.heading for pair in found] == ["9401", "6403", "2008", "0901"]
    assert [(pair.listed, pair.searches, pair.asking) for pair in found] == [(1, 0, 1), (0, 5, 1), (0, 3, 1), (0, 0, 2)]


def test_a_checked_rule_of_the_heading_its_chapter_or_all_goods_answers_a_topic(chile):
    asking("640399")
    HSCodeFactory(code="640399")
    MarketRuleFactory(kind="label")
    MarketRuleFactory(kind="tariff", hs=HSCodeFactory(code="64"))
    MarketRuleFactory(kind="sample", hs=HSCodeFactory(code="6403"))

    missing = unchecked_pairs(["CL"])[0].missing

    assert missing == ["certificate", "registration", "prohibition", "anti_dumping"]


def test_nothing_less_answers_it(chile):
    product = asking("640399")
    MarketRuleFactory(kind="label", unconfirmed=True)
    MarketRuleFactory(kind="tariff", ended=True)
    MarketRuleFactory(kind="sample", hs=HSCodeFactory(code="640399"))
    MarketRuleFactory(kind="registration", product=product)
    MarketRuleFactory(kind="certificate", hs=HSCodeFactory(code="6404"))
    MarketRuleFactory(kind="prohibition", market=MarketFactory(iso2="BR"))

    assert len(unchecked_pairs(["CL"])[0].missing) == 7


def test_a_heading_with_every_topic_checked_is_not_in_the_list(chile):
    asking("640399")
    for kind in ("tariff", "certificate", "label", "registration", "prohibition", "anti_dumping", "sample"):
        MarketRuleFactory(kind=kind)

    assert not pairs()


def test_the_page_shows_own_markets_and_opens_rules_filled_in_so_far(client, chile):
    post = MissionStaffFactory()
    AccreditationFactory(mission=post.mission, market=chile)
    MarketFactory(iso2="BR", name={"en": "Brazil"})
    asking("640399", ["CL", "BR"])
    client.force_login(post.user)

    html = client.get(PAGE).content.decode()
    assert "Brazil" not in html and 'value="BR"' not in client.get(f"{PAGE}?market=BR").content.decode()

    address = re.search(r'href="([^"]+kind=anti_dumping)"', html)
    assert address
    form = client.get(address[1].replace("&amp;", "&")).context["adminform"].form
    assert (form["market"].value(), form["hs"].value(), form["kind"].value()) == ("CL", "6403", "anti_dumping")


def test_the_number_of_pairs_costs_no_more_queries(chile, django_assert_max_num_queries):
    for code in ("640399", "200819", "940161", "090111"):
        asking(code)
        listed(code)
    unchecked_pairs(["CL"])
    with django_assert_max_num_queries(5):
        assert len(unchecked_pairs(["CL"])) == 4
