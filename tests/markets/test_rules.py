"""Rules of markets: the closest one wins, what nobody checked is said to be so, what ended is not shown as current."""

from __future__ import annotations

import datetime
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import AuditEntry
from accounts.workflow import Refused
from catalog.models import HSCode
from markets.models import MarketRule, RuleKind, RuleStanding
from markets.models.rule import prefixes
from tests.factories import HSCodeFactory, MarketFactory, MarketRuleFactory, ProductFactory, UserFactory, in_days

pytestmark = pytest.mark.django_db


@pytest.fixture
def chile():
    return MarketFactory()


@pytest.fixture
def sandals():
    return ProductFactory(published=True)  # HS 6403.99


@pytest.fixture
def officer():
    return UserFactory(ministry=True)


def hs(code: str) -> HSCode:
    return HSCodeFactory(code=code)


def answer(product, market, kind="label"):
    return next(one for one in MarketRule.objects.for_product(product, market) if one.kind == kind)


# --- which rule holds ----------------------------------------------------------------------------


def test_without_rules_every_topic_is_not_checked(sandals, chile, django_assert_num_queries):
    with django_assert_num_queries(1):
        card = MarketRule.objects.for_product(sandals, chile)

    assert [one.kind for one in card] == list(RuleKind)
    assert not any(one.rule or one.ended or one.is_known for one in card)


def test_the_longest_prefix_wins_and_an_exception_for_the_product_wins_over_all(sandals, chile):
    for scope in ({}, {"hs": hs("64")}, {"hs": hs("6403")}, {"hs": hs("640399")}, {"product": sandals}):
        closest = MarketRuleFactory(**scope)
        assert answer(sandals, chile).rule == closest


def test_other_goods_other_markets_and_other_topics_do_not_count(sandals, chile):
    MarketRuleFactory(hs=hs("64"), market=MarketFactory(iso2="PE"))
    MarketRuleFactory(hs=hs("6404"))
    MarketRuleFactory(hs=hs("640391"))
    MarketRuleFactory(product=ProductFactory(published=True))
    MarketRuleFactory(kind="tariff")

    assert answer(sandals, chile).rule is None
    assert answer(sandals, chile, "tariff").is_known


def test_a_product_without_a_code_has_the_rules_of_all_goods_only(chile):
    product = ProductFactory(published=True, hs6=None)
    MarketRuleFactory(hs=hs("64"))
    assert answer(product, chile).rule is None

    general = MarketRuleFactory()

    assert answer(product, chile).rule == general and prefixes(None) == []


def test_an_ended_rule_is_never_current_and_is_told_where_nothing_as_close_holds(sandals, chile):
    ended = MarketRuleFactory(hs=hs("6403"), ended=True)
    assert answer(sandals, chile) == (RuleKind.LABEL, None, ended)

    general = MarketRuleFactory()
    assert answer(sandals, chile) == (RuleKind.LABEL, general, ended)

    closer = MarketRuleFactory(hs=hs("640399"))
    assert answer(sandals, chile) == (RuleKind.LABEL, closer, None)


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        ({"checked_on": in_days(0)}, RuleStanding.CHECKED),
        ({"checked_on": in_days(-365)}, RuleStanding.CHECKED),
        ({"checked_on": in_days(-366)}, RuleStanding.OLD),
        ({"checked_on": None}, RuleStanding.UNCONFIRMED),
        ({"valid_until": in_days(0)}, RuleStanding.CHECKED),
        ({"valid_until": in_days(-1)}, RuleStanding.ENDED),
    ],
)
def test_how_a_rule_stands(facts, standing):
    rule = MarketRuleFactory(**facts)

    assert rule.standing() == standing
    assert [one for one in RuleStanding if MarketRule.objects.standing(one).exists()] == [standing]


def test_what_nobody_confirmed_is_no_knowledge(sandals, chile):
    rule = MarketRuleFactory(unconfirmed=True)

    assert answer(sandals, chile).rule == rule and not answer(sandals, chile).is_known


# --- what the database holds ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "facts",
    [
        {"source_url": "http://www.example.com/law"},
        {"source_url": ""},
        {"text": {}},
        {"source_title": ""},
    ],
)
def test_the_database_refuses_a_rule_that_cannot_be_followed_to_its_source(facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        MarketRuleFactory(**facts)


def test_the_database_refuses_two_scopes_and_the_same_rule_twice(sandals):
    with pytest.raises(IntegrityError), transaction.atomic():
        MarketRuleFactory(hs=hs("64"), product=sandals)
    MarketRuleFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        MarketRuleFactory()


def test_messages_of_the_constraints_come_before_the_database_does(sandals):
    MarketRuleFactory()
    with pytest.raises(ValidationError) as refused:
        MarketRuleFactory.build(market=MarketFactory(), source_url="", product=sandals, hs=hs("64")).full_clean()
    assert {"A rule is about an HS code or about one product, not both."} <= set(refused.value.messages)
    with pytest.raises(ValidationError, match="change that one"):
        MarketRuleFactory.build(market=MarketFactory()).validate_constraints()


# --- verbs ---------------------------------------------------------------------------------------


def test_a_new_rule_is_in_the_trail_with_its_facts_and_its_writer_has_checked_it(chile, officer):
    rule = MarketRuleFactory.build(market=chile, checked_on=in_days(0))

    rule.keep(by=officer)

    entry = AuditEntry.objects.get(verb="write_rule")
    assert rule.checked_by == officer and entry.by == officer and entry.object_id == str(rule.pk)
    assert "market: CL" in entry.to_state and "Etiquetas en español." in entry.to_state


def test_a_change_tells_what_was_and_the_same_again_tells_nothing(officer):
    rule = MarketRuleFactory(checked_by=None)
    rule.source_title = "Law 2"

    rule.keep(by=officer)
    rule.keep(by=officer)

    entry = AuditEntry.objects.get(verb="write_rule")
    assert (entry.from_state, entry.to_state) == ("source_title: Law 1", "source_title: Law 2")
    assert rule.checked_by is None  # whoever corrects a title has not checked the rule


def test_the_same_rule_of_somebody_else_is_refused(chile, officer):
    MarketRuleFactory()
    with pytest.raises(Refused) as refusal:
        MarketRuleFactory.build(market=chile).keep(by=officer)
    assert refusal.value.code == "rule_there" and not AuditEntry.objects.filter(verb="write_rule").exists()


def test_what_was_deleted_meanwhile_is_not_written_again(officer):
    rule = MarketRuleFactory()
    MarketRule.objects.all().delete()
    for verb in (rule.keep, rule.confirm):
        with pytest.raises(Refused) as refusal:
            verb(by=officer)
        assert refusal.value.code == "rule_gone"


def test_confirming_is_of_today_and_once_a_day(officer):
    rule = MarketRuleFactory(old=True)

    rule.confirm(by=officer)
    rule.confirm(by=UserFactory(ministry=True))

    assert rule.checked_on == timezone.now().date() and rule.checked_by == officer
    assert AuditEntry.objects.get(verb="confirm").from_state == in_days(-366).isoformat()


@pytest.mark.parametrize(("trait", "code"), [("ended", "rule_ended"), ("unconfirmed", "source_missing")])
def test_what_ended_or_has_no_source_cannot_be_confirmed(trait, code, officer):
    rule = MarketRuleFactory(**{trait: True})
    with pytest.raises(Refused) as refusal:
        rule.confirm(by=officer)
    assert refusal.value.code == code and not AuditEntry.objects.filter(verb="confirm").exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_write_the_same_rule_at_once_make_one():
    chile, people = MarketFactory(), [UserFactory(ministry=True) for _one in range(2)]
    barrier, codes = threading.Barrier(2), []

    def write(by):
        try:
            barrier.wait()
            MarketRuleFactory.build(market=chile, checked_on=datetime.date(2026, 1, 1)).keep(by=by)
        except Refused as refusal:
            codes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(one,)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert codes == ["rule_there"] and MarketRule.objects.count() == 1
    assert AuditEntry.objects.filter(verb="write_rule").count() == 1
