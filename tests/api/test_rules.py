"""Rules in the API: everybody reads them with source and standing; staff write them as strictly as on the desk."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEntry
from markets.models import MarketRule
from tests import factories as make

V1 = "/api/v1"
pytestmark = pytest.mark.django_db


@pytest.fixture
def chile():
    return make.MarketFactory()


@pytest.fixture
def santiago(chile, client_of):
    post = make.MissionStaffFactory()
    make.AccreditationFactory(mission=post.mission, market=chile)
    return client_of(post.user)


def said(**more):
    return {
        "market": "CL",
        "kind": "tariff",
        "hs": "6403",
        "text": {"en": "Six per cent."},
        "source_title": "Customs tariff 2026",
        "source_url": "https://www.example.com/tariff",
        "checked_on": timezone.now().date().isoformat(),
        **more,
    }


def ids(answer):
    return {one["id"] for one in answer.json()["results"]}


def test_everybody_reads_what_is_known_with_its_source_and_standing(visitor, chile):
    rule = make.MarketRuleFactory(old=True)

    (told,) = visitor.get(f"{V1}/rules/", {"lang": "es"}).json()["results"]

    assert told["text_text"] == "Etiquetas en español." and told["standing"] == "old"
    assert told["source_url"] == rule.source_url and "checked_by" not in told
    assert visitor.get(f"{V1}/rules/{rule.pk}/", {"lang": "es"}).json() == told


def test_rules_are_found_by_market_kind_code_product_and_standing(visitor, chile):
    general = make.MarketRuleFactory()
    chapter = make.MarketRuleFactory(hs=make.HSCodeFactory(code="64"))
    six = make.MarketRuleFactory(hs=make.HSCodeFactory(code="640399"), ended=True)
    sandals, other = make.ProductFactory(published=True), make.ProductFactory(published=True)
    own = make.MarketRuleFactory(product=sandals, kind="sample")
    peru = make.MarketRuleFactory(market=make.MarketFactory(iso2="PE"))

    def found(**query):
        return ids(visitor.get(f"{V1}/rules/", query))

    assert found(market="pe") == {peru.pk}
    assert found(kind="sample") == {own.pk}
    assert found(standing="ended") == {six.pk}
    assert found(market="CL", hs="6403") == {general.pk, chapter.pk}
    assert found(market="CL", hs="6403.99") == {general.pk, chapter.pk, six.pk}
    assert found(market="CL", product=sandals.slug) == {general.pk, chapter.pk, six.pk, own.pk}
    assert found(market="CL", product=other.slug) == {general.pk, chapter.pk, six.pk}


@pytest.mark.parametrize(
    "query",
    [{"market": "ZZ"}, {"kind": "x"}, {"hs": "640"}, {"hs": "x"}, {"product": "none"}, {"standing": "x"}, {"q": "x"}],
)
def test_a_wrong_filter_is_a_400(visitor, chile, query):
    assert visitor.get(f"{V1}/rules/", query).status_code == 400


def test_the_card_tells_every_topic_known_or_not(visitor, chile):
    product = make.ProductFactory(published=True)
    rule = make.MarketRuleFactory(hs=make.HSCodeFactory(code="6403"))
    ended = make.MarketRuleFactory(kind="tariff", ended=True)

    told = visitor.get(f"{V1}/markets/cl/clearance/{product.slug}/").json()

    topics = {one["kind"]: one for one in told["topics"]}
    assert len(topics) == 7 and topics["label"]["rule"]["id"] == rule.pk
    assert topics["tariff"]["standing"] == "not_checked" and topics["tariff"]["ended"]["id"] == ended.pk
    assert topics["sample"] == {"kind": "sample", "standing": "not_checked", "rule": None, "ended": None}
    assert visitor.get(f"{V1}/markets/CL/clearance/none/").status_code == 404


def test_a_mission_writes_changes_and_confirms_a_rule_of_its_market(santiago):
    make.HSCodeFactory(code="6403")

    answer = santiago.post(f"{V1}/rules/", said(), format="json")
    assert answer.status_code == 201
    address = f"{V1}/rules/{answer.json()['id']}/"
    changed = santiago.patch(address, {"text": {"en": "Free."}, "checked_on": None}, format="json").json()
    assert (changed["text"], changed["hs"], changed["standing"]) == ({"en": "Free."}, "6403", "unconfirmed")

    assert santiago.post(f"{address}confirm/").json()["standing"] == "checked"
    assert [entry.verb for entry in AuditEntry.objects.filter(object_type="markets.marketrule").order_by("pk")] == [
        "write_rule",
        "write_rule",
        "confirm",
    ]


def test_an_exception_for_one_product_is_written_and_read_by_its_slug(santiago):
    product = make.ProductFactory(published=True)

    told = santiago.post(f"{V1}/rules/", said(hs=None, product=product.slug), format="json").json()
    assert told["product"] == product.slug and told["hs"] is None
    told = santiago.patch(f"{V1}/rules/{told['id']}/", {"source_title": "Tariff"}, format="json").json()

    assert told["product"] == product.slug and told["source_title"] == "Tariff"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"hs": "0000"}, "hs"),
        ({"source_url": "http://www.example.com/"}, "source_url"),
        ({"source_url": "https://10.0.0.1/"}, "source_url"),
        ({"source_url": ""}, "__all__"),
        ({"text": {}}, "text"),
        ({"text": {"fr": "x"}}, "text"),
        ({"checked_on": "2999-01-01"}, "checked_on"),
        ({"kind": "magic"}, "kind"),
        ({"product": "none"}, "product"),
    ],
)
def test_what_is_wrong_is_named_by_field(santiago, wrong, field):
    make.HSCodeFactory(code="6403")

    answer = santiago.post(f"{V1}/rules/", said(**wrong), format="json")

    assert answer.status_code == 400 and field in answer.json()["fields"] and not MarketRule.objects.exists()


def test_the_same_rule_twice_is_told_apart(santiago):
    make.HSCodeFactory(code="6403")
    santiago.post(f"{V1}/rules/", said(), format="json")

    assert santiago.post(f"{V1}/rules/", said(), format="json").status_code == 400
    assert MarketRule.objects.count() == 1


def test_another_missions_market_is_not_there(santiago):
    foreign = make.MarketRuleFactory(market=make.MarketFactory(iso2="BR"))
    own = make.MarketRuleFactory()

    made = [santiago.post(f"{V1}/rules/", said(market=code), format="json") for code in ("BR", "ZZ")]
    assert [answer.status_code for answer in made] == [400, 400] and made[0].json() == made[1].json()
    assert santiago.patch(f"{V1}/rules/{foreign.pk}/", {"source_title": "x"}, format="json").status_code == 404
    assert santiago.post(f"{V1}/rules/{foreign.pk}/confirm/").status_code == 404
    assert santiago.patch(f"{V1}/rules/{own.pk}/", {"market": "BR"}, format="json").status_code == 400
    assert set(MarketRule.objects.values_list("market", "source_title")) == {("BR", "Law 1"), ("CL", "Law 1")}


def test_a_token_needs_the_scope_of_writing(chile, client_of):
    post = make.MissionStaffFactory()
    make.AccreditationFactory(mission=post.mission, market=chile)
    reader = client_of(post.user, ["catalogue:read"])
    rule = make.MarketRuleFactory()

    assert reader.get(f"{V1}/rules/").status_code == 200
    assert reader.post(f"{V1}/rules/{rule.pk}/confirm/").json()["code"] == "scope_missing"


def test_twelve_rules_cost_as_many_queries_as_one(visitor, chile, django_assert_num_queries):
    def add(number):
        make.MarketRuleFactory(market=make.MarketFactory(iso2=f"{chr(65 + number)}X"), product=make.ProductFactory())

    add(0)
    with CaptureQueriesContext(connection) as one:
        visitor.get(f"{V1}/rules/")
    for number in range(1, 12):
        add(number)
    with django_assert_num_queries(len(one)):
        assert len(visitor.get(f"{V1}/rules/").json()["results"]) == 12
    assert len(one) <= 2
