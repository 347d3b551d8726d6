from __future__ import annotations

from decimal import Decimal

import pytest

from inquiries.models import Basket, BasketLine, Enquiry
from tests import factories as make

BASKET = "/api/v1/my/basket/"
LINES, SEND = f"{BASKET}lines/", f"{BASKET}send/"


@pytest.fixture
def importer(db):
    return make.ImporterFactory(country="CL")


@pytest.fixture
def own(importer, client_of):
    return client_of(importer.user)


def test_an_empty_basket_is_told_without_making_one(own):
    told = own.get(BASKET).json()
    assert told["lines"] == [] and told["destination_country"] == ""
    assert not Basket.objects.exists()


def test_a_basket_is_filled_changed_and_sent_by_program(own):
    sandals, chips = make.ProductFactory.create_batch(2, published=True)
    make.IncotermFactory(code="CIF")
    body = {"product": sandals.slug, "quantity": "600", "target_price": "6.5", "currency": "USD", "samples": 2}
    line = own.post(LINES, body)
    assert line.status_code == 201
    assert line.json()["minimum_quantity"] == "300.00" and line.json()["is_offered"] is True
    other = own.post(LINES, {"product": chips.slug}).json()
    assert other["quantity"] == "300.00", "the minimum order to begin with"
    changed = own.patch(f"{LINES}{other['id']}/", {"quantity": "100", "note": "Sizes 38 to 45", "incoterm": "FOB"})
    assert changed.status_code == 200 and changed.json()["incoterm"] == "FOB"
    assert own.post(SEND).status_code == 400, "where to?"
    terms = {"destination_country": "CL", "incoterm": "CIF", "place": "Valparaíso", "needs": ["samples"]}
    told = own.patch(BASKET, terms).json()
    assert {key: told[key] for key in terms} == terms and len(told["lines"]) == 2
    sent = own.post(SEND, HTTP_IDEMPOTENCY_KEY="k")
    assert own.post(SEND, HTTP_IDEMPOTENCY_KEY="k").json() == sent.json()
    assert sent.status_code == 201 and len(sent.json()["enquiries"]) == Enquiry.objects.count() == 2
    first = Enquiry.objects.get(producer=sandals.producer).lines.get()
    assert (first.incoterm_id, first.target_price, first.samples) == ("CIF", Decimal("6.5"), 2)
    assert own.get(BASKET).json()["lines"] == []


def test_a_product_that_is_in_it_already_is_changed(own):
    product = make.ProductFactory(published=True)
    own.post(LINES, {"product": product.slug, "note": "first"})
    own.post(LINES, {"product": product.slug, "quantity": "900"})
    line = BasketLine.objects.get()
    assert (line.quantity, line.note) == (Decimal(900), "first")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"quantity": "0"}, "quantity"),
        ({"quantity": "300.5"}, "quantity"),
        ({"quantity": "1e400"}, "quantity"),
        ({"target_price": "5"}, "currency"),
        ({"currency": "XXX"}, "currency"),
        ({"samples": 1000}, "samples"),
        ({"incoterm": "XYZ"}, "incoterm"),
        ({"certificates": ["NONE"]}, "certificates"),
        ({"certificates": "HALAL"}, "certificates"),
        ({"place": "x" * 81}, "place"),
        ({"note": "x" * 1001}, "note"),
    ],
)
def test_what_the_page_would_not_take_is_refused_and_nothing_is_put_in(own, body, field):
    product = make.ProductFactory(published=True)
    refused = own.post(LINES, {"product": product.slug, **body})
    assert refused.status_code == 400 and field in refused.json()["fields"]
    assert not BasketLine.objects.exists()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"destination_country": "ZZ"}, "destination_country"),
        ({"needs": ["gold"]}, "needs.0"),
        ({"wanted_on": "soon"}, "wanted_on"),
        ({"message": "x" * 3001}, "message"),
    ],
)
def test_wrong_terms_are_refused(own, body, field):
    refused = own.patch(BASKET, body)
    assert refused.status_code == 400 and field in refused.json()["fields"]


def test_lines_of_others_are_like_missing_ones(own):
    foreign = make.BasketLineFactory()
    assert own.patch(f"{LINES}{foreign.pk}/", {"quantity": "7"}).status_code == 404
    assert own.delete(f"{LINES}{foreign.pk}/").status_code == 404
    foreign.refresh_from_db()
    assert foreign.quantity == 300


def test_a_line_is_taken_out_for_good(own, importer):
    line = make.BasketLineFactory(basket=make.BasketFactory(user=importer.user))
    assert own.delete(f"{LINES}{line.pk}/").status_code == 204
    assert not BasketLine.objects.exists()


def test_the_number_of_queries_does_not_grow_with_the_lines(own, importer, django_assert_num_queries):
    basket = make.BasketFactory(user=importer.user)
    make.BasketLineFactory(basket=basket)
    own.get(BASKET)
    with django_assert_num_queries(4) as one:
        own.get(BASKET)
    make.BasketLineFactory.create_batch(11, basket=basket)
    with django_assert_num_queries(len(one.captured_queries)):
        own.get(BASKET)
