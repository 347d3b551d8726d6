from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.indexing import reindex
from catalog.models import AttributeField, AttributeTemplate
from tests import factories as make

V1 = "/api/v1"


@pytest.fixture(autouse=True)
def rows(db):
    return make.CommodityFactory(), make.AccreditationFactory()


def test_categories_tell_their_level_and_what_they_ask(visitor):
    template = AttributeTemplate.objects.create(slug="footwear", name={"en": "Footwear"})
    AttributeField.objects.create(template=template, key="sole", label={"en": "Sole", "id": "Sol"}, required=True)
    category = make.CategoryFactory()
    category.parent.template = template
    category.parent.save()
    told = {one["slug"]: one for one in visitor.get(f"{V1}/categories/", {"lang": "es"}).json()["results"]}
    assert told[category.slug]["parent"] == "footwear" and told["footwear"]["parent"] is None
    assert told[category.slug]["name_text"] == "Sandalias"
    (fact,) = visitor.get(f"{V1}/categories/{category.slug}/").json()["facts"]
    assert fact["key"] == "sole" and fact["required"]


@pytest.mark.parametrize("asked", ["ojotas de cuero", "sandal kulit", "640399", "6403", "lether sandals"])
def test_a_commodity_is_found_by_any_of_its_names(visitor, asked):
    (told,) = visitor.get(f"{V1}/commodities/", {"q": asked}).json()["results"]
    assert told["slug"] == "leather-sandals" and told["hs6"] == "640399"
    assert visitor.get(f"{V1}/commodities/leather-sandals/").json() == told


def test_hs_codes_are_read_by_level_and_found_by_digits(visitor):
    assert [one["code"] for one in visitor.get(f"{V1}/hs-codes/").json()["results"]] == ["64", "6403", "640399"]
    told = visitor.get(f"{V1}/hs-codes/", {"digits": "6", "under": "64"}).json()["results"]
    assert [(one["dotted"], one["parent"]) for one in told] == [("6403.99", "6403")]
    assert [one["code"] for one in visitor.get(f"{V1}/hs-codes/", {"q": "6403.9"}).json()["results"]] == ["640399"]
    assert visitor.get(f"{V1}/hs-codes/640399/").json()["digits"] == 6
    assert visitor.get(f"{V1}/hs-codes/", {"q": "x"}).status_code == 400
    assert visitor.get(f"{V1}/hs-codes/", {"under": "xx"}).status_code == 400


def test_markets_and_missions_know_each_other(visitor):
    assert visitor.get(f"{V1}/markets/cl/").json()["currency"] == "CLP"
    (mission,) = visitor.get(f"{V1}/missions/").json()["results"]
    assert mission["name"] == "KBRI Santiago" and mission["markets"][0]["market"] == "CL"
    assert visitor.get(f"{V1}/missions/KBRI-SCL/").json() == mission


def test_producers_show_nothing_private(visitor):
    producer = make.ProducerFactory(
        listed=True, nib="1234567890123", address="Jalan Rahasia 1", contact_phone="+62811", contact_email="a@b.id"
    )
    make.ProducerFactory(trade_name="Draft")
    (told,) = visitor.get(f"{V1}/producers/", {"province": "35"}).json()["results"]
    assert told["slug"] == producer.slug and told["display"]["place"] == "Kota Mojokerto, Jawa Timur"
    text = visitor.get(f"{V1}/producers/{producer.slug}/").content.decode()
    assert not any(word in text for word in ("1234567890123", "Rahasia", "+62811", "a@b.id"))


def test_products_of_a_producer(visitor):
    product = make.ProductFactory(published=True)
    reindex([product.pk])
    told = visitor.get(f"{V1}/producers/{product.producer.slug}/products/").json()
    assert [one["slug"] for one in told["results"]] == [product.slug]


@pytest.mark.parametrize(
    ("address", "more"),
    [
        ("categories", lambda n: make.CategoryFactory(slug=f"c{n}")),
        ("commodities", lambda n: make.CommodityFactory(slug=f"c{n}")),
        ("hs-codes", lambda n: make.HSCodeFactory(code=f"64{10 + n}")),
        ("producers", lambda n: make.ProducerFactory(listed=True)),
        ("markets", lambda n: make.MarketFactory(iso2=f"A{chr(65 + n)}")),
        ("missions", lambda n: make.AccreditationFactory(mission=make.MissionFactory(code=f"M{n}"))),
    ],
)
def test_lists_cost_the_same_however_long(visitor, address, more):
    counts = []
    for number in (0, 1, 12):
        for one in range(number):
            more(one)
        with CaptureQueriesContext(connection) as asked:
            assert len(visitor.get(f"{V1}/{address}/").json()["results"]) >= number
        counts.append(len(asked))
    assert counts[1] == counts[2] <= 4
