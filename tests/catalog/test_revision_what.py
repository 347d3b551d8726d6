"""The first step: words in four languages, the commodity that fills the rest, facts by template."""

from __future__ import annotations

import pytest

from catalog.models import AttributeField, AttributeTemplate
from tests import factories as make
from tests.catalog.desk import as_sent, at, draft_of, signed_in, url, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(client):
    return draft_of(signed_in(client).producer, complete=False)


@pytest.fixture
def footwear():
    template = AttributeTemplate.objects.create(slug="footwear", name={"en": "Footwear"})
    category = make.CategoryFactory()
    category.template = template
    category.save()
    AttributeField.objects.create(template=template, key="upper", label={"en": "Upper"}, required=True)
    AttributeField.objects.create(template=template, key="heel", label={"en": "Heel"}, kind="number", unit="cm")
    soles = [{"value": "eva", "label": {"en": "EVA"}}, {"value": "rubber", "label": {"en": "Rubber"}}]
    AttributeField.objects.create(template=template, key="sole", label={"en": "Sole"}, kind="choice", choices=soles)
    AttributeField.objects.create(template=template, key="for", label={"en": "For"}, kind="choices", choices=soles)
    AttributeField.objects.create(template=template, key="vegan", label={"en": "Vegan"}, kind="yes_no")
    return category


def test_texts_are_kept_by_language_without_what_cannot_be_seen(client, draft):
    sent = as_sent(client, draft, "what", title_id=" Sandal\u200b  kulit ", title_en="Leather sandals", title_pt="")
    assert client.post(url(draft, "what"), sent).status_code == 302
    draft.refresh_from_db()
    assert draft.title == {"id": "Sandal kulit", "en": "Leather sandals"}


def test_a_text_that_is_too_long_is_refused_with_its_language_and_kept(client, draft):
    answer = client.post(url(draft, "what"), as_sent(client, draft, "what", title_es="x" * 121))
    draft.refresh_from_db()
    assert answer.status_code == 422 and "Spanish: at most 120 characters; now there are 121" in words(answer)
    assert "es" not in draft.title and "x" * 121 in client.get(url(draft, "what")).content.decode()


def test_picking_a_commodity_fills_hs_code_and_category(client, draft):
    commodity = make.CommodityFactory()
    sent = as_sent(client, draft, "what", commodity=commodity.pk, pick="1")
    assert client.post(url(draft, "what"), sent).url == url(draft, "what")
    draft.refresh_from_db()
    assert (draft.commodity, draft.hs6, draft.category) == (commodity, commodity.hs6, commodity.category)


def test_the_name_of_the_code_is_marked_as_english_in_other_languages(client, draft):
    draft.hs6 = make.HSCodeFactory()
    draft.save()
    page = client.get(url(draft, "what").replace("/en/", "/es/")).content.decode()
    assert f'{draft.hs6.dotted} <span class="muted" lang="en">{draft.hs6.name}</span>' in page


def test_a_code_chosen_beside_another_commodity_stays(client, draft):
    commodity, other = make.CommodityFactory(), make.HSCodeFactory(code="640299")
    client.post(url(draft, "what"), as_sent(client, draft, "what", commodity=commodity.pk, hs6="6402.99"))
    draft.refresh_from_db()
    assert draft.hs6 == other and draft.category == commodity.category


def test_a_commodity_can_be_looked_for_and_picked_without_javascript(client, draft):
    commodity = make.CommodityFactory()
    sent = as_sent(client, draft, "what", title_en="New title", q="ojotas", find="1")
    found = client.post(url(draft, "what"), sent, follow=True)
    assert f'name="pick_commodity" value="{commodity.pk}"' in found.content.decode()
    client.post(url(draft, "what"), as_sent(client, draft, "what", pick_commodity=commodity.pk))
    draft.refresh_from_db()
    assert draft.commodity == commodity and draft.title["en"] == "New title"


@pytest.mark.parametrize("typed", ["6403", "999999", "shoes"])
def test_only_a_subheading_of_the_hs_is_taken(client, draft, typed):
    make.HSCodeFactory()
    answer = client.post(url(draft, "what"), as_sent(client, draft, "what", hs6=typed))
    assert answer.status_code == 422 and "no 6-digit code of HS 2022" in words(answer)


def test_the_facts_of_the_category_are_asked_and_kept_by_their_kind(client, draft, footwear):
    client.post(url(draft, "what"), as_sent(client, draft, "what", category=footwear.pk))
    facts = {"attr_upper": "Cow leather", "attr_heel": "2.5", "attr_sole": "eva",
             "attr_for": ["rubber"], "attr_vegan": "no"}  # fmt: skip
    client.post(url(draft, "what"), as_sent(client, draft, "what", **facts))
    draft.refresh_from_db()
    assert draft.attributes == {"upper": "Cow leather", "heel": 2.5, "sole": "eva", "for": ["rubber"], "vegan": False}


def test_a_wrong_fact_is_refused_and_the_others_are_kept(client, draft, footwear):
    client.post(url(draft, "what"), as_sent(client, draft, "what", category=footwear.pk))
    sent = as_sent(client, draft, "what", attr_upper="Canvas", attr_heel="high")
    assert client.post(url(draft, "what"), sent).status_code == 422
    draft.refresh_from_db()
    assert draft.attributes == {"upper": "Canvas"}


def test_brand_and_business_models_are_kept(client, draft):
    client.post(url(draft, "what"), as_sent(client, draft, "what", brand="Asli", business_models=["brand", "oem"]))
    draft.refresh_from_db()
    assert draft.brand == "Asli" and draft.business_models == ["brand", "oem"]


def test_the_page_takes_a_fixed_number_of_queries(client, draft, footwear, django_assert_max_num_queries):
    client.post(url(draft, "what"), as_sent(client, draft, "what", category=footwear.pk))
    for number in range(12):
        AttributeField.objects.create(template_id="footwear", key=f"fact{number}", label={"en": f"Fact {number}"})
        make.CategoryFactory(slug=f"category-{number}")
    with django_assert_max_num_queries(20):
        client.get(url(draft, "what"))


def test_commodity_suggestions_cross_languages(client, draft):
    commodity = make.CommodityFactory()
    found = client.get(at("commodity_suggest"), {"q": "ojtas"}).json()["results"]
    assert [one["value"] for one in found] == [commodity.pk] and "ojotas de cuero" in found[0]["note"]
