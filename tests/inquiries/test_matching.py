"""What may fit a buying request: how it is judged, case by case, and how it is found in the catalogue."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from inquiries.judging import POINTS, Candidate, judge
from inquiries.match_words import SENTENCES, sentences
from inquiries.matching import matches_of, propose
from inquiries.models import Match
from tests import factories as make
from tests.catalog.products import published

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 26)
RATES = {"CLP": Decimal("0.001"), "USD": Decimal(1)}

# What is asked beside 3,000 pairs a month; what the product says beside 6,000 a month; found, missing; the score.
CASES: list[tuple[dict[str, Any], dict[str, Any], dict[str, Any], set[str], set[str], int]] = [
    ({}, {}, {}, {"commodity", "capacity", "lead"}, {"market_not_asked"}, 65),
    ({"commodity": None, "hs": "640399"}, {}, {}, {"hs6", "capacity", "lead"}, {"market_not_asked"}, 57),
    ({"commodity": None, "hs": "6403"}, {}, {}, {"hs4", "capacity", "lead"}, {"market_not_asked"}, 47),
    ({"commodity": None, "hs": "64"}, {}, {}, {"hs2", "capacity", "lead"}, {"market_not_asked"}, 33),
    ({"commodity": None}, {}, {"is_found_by_words": True}, {"words", "capacity", "lead"}, {"market_not_asked"}, 39),
    ({}, {"capacity_per_month": 2999}, {}, {"commodity", "lead"}, {"capacity_below", "market_not_asked"}, 50),
    ({}, {"capacity_per_month": None}, {}, {"commodity", "lead"}, {"capacity_unknown", "market_not_asked"}, 50),
    ({"frequency": "year", "quantity": 72000}, {}, {}, {"commodity", "capacity", "lead"}, {"market_not_asked"}, 65),
    ({"frequency": "once", "quantity": 12000}, {}, {}, {"commodity", "capacity", "lead"}, {"market_not_asked"}, 65),
    ({"quantity": 200}, {}, {}, {"commodity", "capacity", "lead"}, {"moq_above", "market_not_asked"}, 55),
    ({"unit": "KGM"}, {}, {}, {"commodity", "lead"}, {"unit_differs", "market_not_asked"}, 50),
    ({}, {"target_markets": ["CL"]}, {}, {"commodity", "capacity", "lead", "asks"}, set(), 71),
    ({}, {"target_markets": ["CL"]}, {"is_listed": True}, {"commodity", "capacity", "lead", "listed"}, set(), 75),
    ({}, {"lead_time_days": 61}, {}, {"commodity", "capacity"}, {"lead_late", "market_not_asked"}, 55),
    ({}, {"lead_time_days": None}, {}, {"commodity", "capacity"}, {"lead_unknown", "market_not_asked"}, 55),
    ({"certificates": ["HALAL", "SVLK"]}, {}, {"certificates": frozenset({"HALAL"})},
     {"commodity", "capacity", "lead", "certificate"}, {"certificate_missing", "market_not_asked"}, 70),
    ({"target_price": Decimal(7), "currency": "USD"}, {}, {},
     {"commodity", "capacity", "lead", "price"}, {"market_not_asked"}, 80),
    ({"target_price": Decimal(6), "currency": "USD"}, {}, {},
     {"commodity", "capacity", "lead"}, {"price_above", "market_not_asked"}, 65),
    ({"target_price": Decimal(7000), "currency": "CLP"}, {}, {},
     {"commodity", "capacity", "lead", "price"}, {"market_not_asked"}, 80),
    ({"target_price": Decimal(7), "currency": "PEN"}, {}, {},
     {"commodity", "capacity", "lead"}, {"price_unrated", "market_not_asked"}, 65),
    ({"target_price": Decimal(7), "currency": "USD"}, {}, {"offers": []},
     {"commodity", "capacity", "lead"}, {"price_unknown", "market_not_asked"}, 65),
]  # fmt: skip


def asked(**said: Any) -> Any:
    if "hs" in said:
        said["hs"] = make.HSCodeFactory(code=said["hs"])
    if "unit" in said:
        said["unit"] = make.UnitFactory(code=said["unit"], kind="mass")
    return make.BuyingRequestFactory(**{"deadline": TODAY + datetime.timedelta(days=60), **said})


def candidate(beside: dict[str, Any], **said: Any) -> Candidate:
    product = make.ProductFactory(published=True, **said)
    known: dict[str, Any] = {
        "offers": list(product.offers.all()),
        "certificates": frozenset(),
        "is_listed": False,
        "is_found_by_words": False,
    }
    return Candidate(product, **{**known, **beside})


@pytest.mark.parametrize(("request_says", "product_says", "beside", "found", "missing", "score"), CASES)
def test_a_product_is_judged(request_says, product_says, beside, found, missing, score):
    judged = judge(asked(**request_says), candidate(beside, **product_says), today=TODAY, rates=RATES)
    assert judged is not None
    assert {code for code, _params in judged.reasons} == found
    assert {code for code, _params in judged.lacking} == missing
    assert judged.score == score


def test_other_goods_are_no_match():
    other = candidate({}, commodity=None, hs6=make.HSCodeFactory(code="190590"))
    assert judge(asked(), other, today=TODAY, rates=RATES) is None


def test_every_finding_has_its_sentence_in_each_language():
    for row in CASES:
        judged = judge(asked(**row[0]), candidate(row[2], **row[1]), today=TODAY, rates=RATES)
        assert judged is not None
        for language in ("id", "en", "es", "pt-br"):
            with override(language):
                told = sentences([*judged.reasons, *judged.lacking])
            assert len(told) == len(judged.reasons) + len(judged.lacking)
            assert not any("%(" in sentence for sentence in told)


def test_every_code_that_gives_points_has_a_sentence():
    assert set(POINTS) <= set(SENTENCES)


def test_sentences_say_the_facts_in_the_readers_words():
    judged = judge(asked(), candidate({}), today=TODAY, rates=RATES)
    assert judged is not None
    assert sentences(judged.reasons) == [
        "It is what was asked for: Leather sandals.",
        "The capacity suffices: 6,000\u00a0pairs a month, 3,000\u00a0pairs are wanted.",
        "It can be ready in time: lead time 35 days, deadline 25 Jan 2027.",
    ]


class TestFinding:
    def test_by_commodity_heading_and_words_the_best_first(self):
        boots = make.CommodityFactory(slug="boots", name={"en": "Boots"}, synonyms={}, hs6__code="640391")
        same = published()
        heading = published(commodity=boots, hs6=boots.hs6, title={"en": "Boots"})
        food = make.CommodityFactory(slug="chips", name={"en": "Chips"}, synonyms={}, hs6__code="190590")
        worded = published(commodity=food, hs6=food.hs6, title={"en": "Umbrella stand"})
        published(commodity=food, hs6=food.hs6, title={"en": "Cassava chips"})
        found = matches_of(make.BuyingRequestFactory(title="umbrella stand"))
        assert [judged.product for judged in found] == [same, heading, worded]

    def test_only_what_is_public(self):
        published(producer=make.ProducerFactory(suspended=True))
        make.ProductFactory(retired=True)
        assert matches_of(make.BuyingRequestFactory()) == []

    def test_with_words_alone_that_say_nothing_there_is_nothing(self):
        published()
        assert matches_of(make.BuyingRequestFactory(commodity=None, title="xyzzy")) == []

    def test_certificates_listing_and_prices_are_read_with_them(self):
        product = published(target_markets=["CL"])
        make.MarketListingFactory(listed=True, product=product)
        certificate = make.CertificateFactory(producer=product.producer, verified=True)
        product.coverages.create(certificate=certificate)
        request = make.BuyingRequestFactory(certificates=["HALAL"], target_price=7, currency="USD")
        codes = {code for code, _params in matches_of(request)[0].reasons}
        assert codes == {"commodity", "capacity", "certificate", "listed", "lead", "price"}

    @pytest.mark.parametrize("number", [1, 12])
    def test_at_most_ten_queries_however_many_fit(self, number, django_assert_max_num_queries):
        for _one in range(number):
            published()
        request = make.BuyingRequestFactory(title="leather sandals", target_price=7, currency="USD")
        matches_of(request)  # reads the reference rows, which the process keeps
        with django_assert_max_num_queries(12) as done:
            assert len(matches_of(request)) == number
        reads = [one["sql"] for one in done.captured_queries if "SAVEPOINT" not in one["sql"]]
        assert len(reads) <= 10


class TestProposing:
    def test_twice_is_once_and_what_was_answered_stays(self):
        first, second = published(), published()
        request = make.BuyingRequestFactory(opened=True)
        assert {match.product for match in propose(request)} == {first, second}
        Match.objects.filter(product=first).update(state="invited", score=1)
        third = published()
        assert {match.product for match in propose(request)} == {first, second, third}
        assert Match.objects.get(product=first).score == 1

    def test_what_does_not_fit_any_more_goes(self):
        product = published()
        request = make.BuyingRequestFactory(opened=True)
        propose(request)
        product.retire(by=make.UserFactory())
        assert propose(request) == []
