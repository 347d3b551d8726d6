"""Rules on the desk: each mission writes those of its own markets; the form is strict, "checked today" is a verb."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from markets.models import MarketRule
from tests.factories import (
    AccreditationFactory,
    HSCodeFactory,
    MarketFactory,
    MarketRuleFactory,
    MissionStaffFactory,
    ProductFactory,
    UserFactory,
    in_days,
)

pytestmark = pytest.mark.django_db
LIST, ADD = "/admin/markets/marketrule/", "/admin/markets/marketrule/add/"


@pytest.fixture
def santiago(client):
    post = MissionStaffFactory()
    AccreditationFactory(mission=post.mission)
    client.force_login(post.user)
    return post.user


def facts(**more):
    return {
        "market": "CL",
        "kind": "tariff",
        "hs": "6403",
        "text_en": "Six per cent.",
        "source_title": "Customs tariff 2026",
        "source_url": "https://www.example.com/tariff",
        "checked_on": in_days(0).isoformat(),
        **more,
    }


def test_a_mission_writes_a_rule_of_its_market_and_has_checked_it(client, santiago):
    HSCodeFactory(code="640399")

    response = client.post(ADD, facts(hs="6403.99"))

    assert response.status_code == 302, response.context and response.context["errors"]
    rule = MarketRule.objects.get()
    assert (rule.hs_id, rule.text, rule.checked_by) == ("640399", {"en": "Six per cent."}, santiago)
    assert AuditEntry.objects.get(object_type="markets.marketrule").verb == "write_rule"


def test_sending_the_form_twice_makes_one_rule(client, santiago):
    HSCodeFactory(code="6403")
    client.post(ADD, facts())

    response = client.post(ADD, facts())

    assert "change that one" in response.content.decode() and MarketRule.objects.count() == 1


def test_another_missions_market_cannot_be_written_into(client, santiago):
    HSCodeFactory(code="6403")
    brazil = MarketFactory(iso2="BR")
    own = MarketRuleFactory(checked_on=in_days(-3))
    address = reverse("admin:markets_marketrule_change", args=[own.pk])

    client.post(ADD, facts(market="BR"))
    client.post(address, facts(market="BR"))

    assert not brazil.rules.exists() and own.pk == MarketRule.objects.get().pk
    assert '<option value="BR"' not in client.get(ADD).content.decode()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"hs": "0000"}, "There is no such code"),
        ({"hs": "64039"}, "There is no such code"),
        ({"hs": "leather"}, "There is no such code"),
        ({"source_url": "http://www.example.com/tariff"}, "begins with https://"),
        ({"source_url": "https://127.0.0.1/"}, "begins with https://"),
        ({"source_url": "https://intranet.local/"}, "begins with https://"),
        ({"source_url": "javascript:alert(1)"}, "begins with https://"),
        ({"source_url": ""}, "A checked rule needs the link to its source."),
        ({"source_title": " "}, "required"),
        ({"text_en": ""}, "required"),
        ({"checked_on": in_days(2).isoformat()}, "A check cannot be in the future."),
        ({"product": "nothing-like-it"}, "There is no public product at this address."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, santiago, wrong, says):
    HSCodeFactory(code="6403")

    html = client.post(ADD, facts(**wrong)).content.decode()

    assert says in html and not MarketRule.objects.exists()
    assert wrong.get("source_title") or "Customs tariff 2026" in html


def test_a_rule_is_about_a_code_or_a_product_not_both(client, santiago):
    product = ProductFactory(published=True)
    both = client.post(ADD, facts(hs="6403", product=product.slug)).content.decode()
    assert "not both" in both

    client.post(ADD, facts(hs="", product=f"https://www.example.com/en/products/{product.slug}/"))

    rule = MarketRule.objects.get()
    assert rule.product == product
    assert product.slug in client.get(reverse("admin:markets_marketrule_change", args=[rule.pk])).content.decode()


def test_a_rule_about_a_product_that_is_no_longer_public_can_still_be_corrected(client, santiago):
    rule = MarketRuleFactory(product=ProductFactory(suspended=True))
    address = reverse("admin:markets_marketrule_change", args=[rule.pk])

    client.post(address, facts(hs="", product=rule.product.slug, kind="label", source_title="Law 2"))

    rule.refresh_from_db()
    assert rule.source_title == "Law 2" and rule.product is not None


def test_an_unchanged_form_leaves_no_trace_and_a_changed_one_tells_both(client, santiago):
    HSCodeFactory(code="6403")
    client.post(ADD, facts())
    address = reverse("admin:markets_marketrule_change", args=[MarketRule.objects.get().pk])

    client.post(address, facts())
    assert AuditEntry.objects.filter(object_type="markets.marketrule").count() == 1
    client.post(address, facts(text_en="Free under the agreement."))

    entry = AuditEntry.objects.filter(object_type="markets.marketrule").latest("pk")
    assert "Six per cent." in entry.from_state and "Free under the agreement." in entry.to_state
    assert "rule written" in client.get(f"{address.removesuffix('change/')}history/").content.decode()


def test_the_list_is_filtered_by_how_rules_stand(client, santiago):
    MarketRuleFactory()
    MarketRuleFactory(kind="tariff", old=True)
    MarketRuleFactory(kind="sample", ended=True)
    MarketRuleFactory(kind="registration", unconfirmed=True)

    for standing, kind in (
        ("checked", "label"),
        ("old", "tariff"),
        ("ended", "sample"),
        ("unconfirmed", "registration"),
    ):
        rows = client.get(LIST, {"standing": standing}).context["cl"].result_list
        assert [row.kind for row in rows] == [kind]


def test_checked_today_is_a_button_that_tells_the_trail_once(client, santiago):
    rule = MarketRuleFactory(old=True)
    address = reverse("admin:rule_confirm", args=[rule.pk])
    assert (
        f'action="{address}"' in client.get(reverse("admin:markets_marketrule_change", args=[rule.pk])).content.decode()
    )

    assert client.post(address).status_code == client.post(address).status_code == 302

    rule.refresh_from_db()
    assert rule.checked_on == timezone.now().date() and rule.checked_by == santiago
    assert AuditEntry.objects.filter(verb="confirm").count() == 1


def test_what_cannot_be_confirmed_answers_409(client, santiago):
    rule = MarketRuleFactory(unconfirmed=True)

    response = client.post(reverse("admin:rule_confirm", args=[rule.pk]))

    assert response.status_code == 409 and "link to its source" in response.content.decode()


def test_staff_without_the_power_see_no_rules(client):
    client.force_login(UserFactory(is_staff=True))
    assert client.get(LIST).status_code == client.get(ADD).status_code == 403


def test_a_rule_that_was_written_wrongly_may_be_deleted_and_the_trail_says_so(client, santiago):
    rule = MarketRuleFactory()

    client.post(reverse("admin:markets_marketrule_delete", args=[rule.pk]), {"post": "yes"})

    assert not MarketRule.objects.exists() and AuditEntry.objects.get(verb="delete").object_id == str(rule.pk)
