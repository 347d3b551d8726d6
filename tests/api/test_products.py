from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog import vocabulary
from catalog.indexing import reindex
from catalog.models import CertificateCoverage, Product
from tests import factories as make

LIST = "/api/v1/products/"


def public(number=1, **fields):
    products = [make.ProductFactory(published=True, **fields) for _ in range(number)]
    reindex([product.pk for product in products])
    return products


@pytest.mark.django_db
def test_the_list_tells_what_a_card_shows(visitor):
    (product,) = public()
    certificate = make.CertificateFactory(producer=product.producer, verified=True)
    CertificateCoverage.objects.create(certificate=certificate, product=product)
    answer = visitor.get(LIST, {"lang": "id"}).json()
    (told,) = answer["results"]
    assert answer["next"] is None and answer["notes"] == []
    assert told["slug"] == product.slug and told["title"]["en"] == "Leather sandals with batik strap"
    assert told["display"]["title"] == "Sandal kulit dengan tali batik" and told["url"].startswith("/id/")
    assert told["price"] == {
        "amount": "6.8", "currency": "USD", "incoterm": "FOB", "place": "Tanjung Perak, Surabaya",
        "from_quantity": "300", "valid_until": make.in_days(90).isoformat(),
    }  # fmt: skip
    assert told["certificates"] == ["HALAL"] and told["moq"] == "300"


@pytest.mark.django_db
def test_an_expired_price_is_on_request(visitor):
    (product,) = public()
    product.offers.update(valid_until=make.in_days(-1))
    assert visitor.get(LIST).json()["results"][0]["price"] is None
    told = visitor.get(f"{LIST}{product.slug}/").json()
    assert [tier["amount"] for tier in told["prices"]] == [None]


@pytest.mark.django_db
def test_a_list_costs_at_most_three_queries_however_long(visitor):
    vocabulary.vocabulary()
    counts = []
    for number in (1, 11):
        public(number)
        with CaptureQueriesContext(connection) as asked:
            assert len(visitor.get(LIST).json()["results"]) >= number
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 3


@pytest.mark.django_db
def test_pages_follow_each_other_to_the_end(visitor):
    public(5)
    address, seen = f"{LIST}?page_size=2", []
    while address:
        answer = visitor.get(address).json()
        seen += [one["slug"] for one in answer["results"]]
        address = answer["next"]
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("colour=red", "colour"), ("category=nothing", "category"), ("hs=640", "hs"), ("moq_max=many", "moq_max"),
        ("moq_max=1,5", "moq_max"), ("price_max=NaN", "price_max"), ("lead_max=-1", "lead_max"), ("sort=title", "sort"),
        ("after=forged", "after"), ("page_size=101", "page_size"), ("page_size=0", "page_size"), ("lang=de", "lang"),
        ("q=a%00b", "q"), (f"q={'a' * 201}", "q"),
    ],
)  # fmt: skip
def test_S27_a_wrong_parameter_is_refused_by_name(visitor, asked, field):
    response = visitor.get(f"{LIST}?{asked}")
    assert response.status_code == 400
    assert list(response.json()["fields"]) == [field] and response.json()["code"] == "invalid"


@pytest.mark.django_db
def test_filters_are_those_of_the_page(visitor):
    (wanted,) = public(moq=Decimal(100))
    public(moq=Decimal(900))
    answer = visitor.get(LIST, {"moq_max": "100.5", "hs": "6403", "category": "footwear", "incoterm": "FOB"}).json()
    assert [one["slug"] for one in answer["results"]] == [wanted.slug]


@pytest.mark.django_db
def test_numbers_are_read_alike_in_every_language(visitor):
    public(moq=Decimal(100))
    assert visitor.get(LIST, {"moq_max": "1.234", "lang": "es"}).json()["results"] == []


@pytest.mark.django_db
def test_a_product_is_found_by_its_words_in_any_language(visitor):
    (product,) = public()
    assert visitor.get(LIST, {"q": "sandalias"}).json()["results"][0]["slug"] == product.slug


@pytest.mark.django_db
def test_one_product_tells_its_whole_passport(visitor):
    (product,) = public()
    told = visitor.get(f"{LIST}{product.slug}/").json()
    assert told["carton_cbm"] == "0.096" and told["gross_kg"] == "14.2"
    assert told["photos"][0]["sizes"][0] == {
        "url": f"/photos/{product.placements.get().photo.key}/320", "width": 320, "height": 240
    }  # fmt: skip
    assert told["hs6_name"] == "Footwear 640399"
    (in_list,) = visitor.get(LIST).json()["results"]
    assert {name: told[name] for name in in_list} == in_list


@pytest.mark.django_db
def test_what_is_not_public_is_not_there_and_what_was_taken_back_is_gone(visitor):
    draft = make.ProductFactory(suspended=True)
    retired = make.ProductFactory(retired=True)
    assert visitor.get(f"{LIST}{draft.slug}/").status_code == 404
    assert visitor.get(f"{LIST}nothing/").json() == visitor.get(f"{LIST}{draft.slug}/").json()
    gone = visitor.get(f"{LIST}{retired.slug}/")
    assert gone.status_code == 410 and gone.json()["code"] == "retired"


@pytest.mark.django_db
def test_an_unchanged_answer_is_not_sent_again(visitor):
    (product,) = public()
    first = visitor.get(LIST)
    assert "public" in first["Cache-Control"] and "max-age=60" in first["Cache-Control"]
    again = visitor.get(LIST, HTTP_IF_NONE_MATCH=first["ETag"])
    assert again.status_code == 304 and again.content == b""
    Product.objects.filter(pk=product.pk).update(lead_time_days=99)
    assert visitor.get(LIST, HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200
