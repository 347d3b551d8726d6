from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from inquiries.models import Basket, BasketLine
from kit.text import clean_text
from tests.factories import (
    BasketFactory,
    BasketLineFactory,
    CertificateTypeFactory,
    IncotermFactory,
    PriceOfferFactory,
    ProducerFactory,
    UnitFactory,
    UserFactory,
    in_days,
)
from tests.hostile.strings import NAUGHTY

PAGE = "/en/inquiries/basket/"


def said(*lines: BasketLine, **more: Any) -> dict[str, Any]:
    """The form as the page gives it, with what somebody changed."""
    fields: dict[str, Any] = {"do": "save"}
    for line in lines:
        fields[f"line-{line.pk}-quantity"] = f"{line.quantity:f}"
        fields[f"line-{line.pk}-currency"] = "USD"
    return fields | more


def test_an_empty_basket_leads_on_to_the_products(client: Client, db):
    page = client.get(PAGE).content.decode()
    assert "Your enquiry basket is empty" in page and 'href="/en/products/"' in page


def test_products_stand_under_their_producers_with_what_they_are_worth(client: Client, own):
    sandals = BasketLineFactory(basket=own, quantity=Decimal(600))
    BasketLineFactory(basket=own, product__producer=sandals.product.producer)
    BasketLineFactory(basket=own)
    response = client.get(PAGE)
    page = response.context["page"]
    assert [len(group.rows) for group in page.groups] == [2, 1]
    assert page.enquiries == 2
    unit_price = sandals.product.offers.get().unit_price
    assert page.totals == [("Approximate FOB value", f"USD\xa0{unit_price * 1200:,.2f}")]


def test_what_is_said_is_kept(client: Client, own):
    line = BasketLineFactory(basket=own)
    IncotermFactory(code="CIF")
    halal = CertificateTypeFactory()
    form = said(
        line,
        destination_country="CL",
        destination_port="San Antonio",
        incoterm="CIF",
        place="Valparaíso",
        wanted_on=str(in_days(60)),
        needs=["quotation", "samples"],
        certificates=[halal.code],
        message="¿Pueden imprimir la etiqueta en español?",
    )
    key = f"line-{line.pk}-"
    form |= {
        f"{key}quantity": "1,200",
        f"{key}target_price": "6.5",
        f"{key}currency": "EUR",
        f"{key}samples": "2",
        f"{key}incoterm": "FOB",
        f"{key}place": "Tanjung Perak",
        f"{key}certificates": [halal.code],
        f"{key}note": "Sizes 38 to 45",
    }
    assert client.post(PAGE, form).status_code == 302
    own.refresh_from_db()
    line.refresh_from_db()
    assert (own.destination_country, own.destination_port, own.incoterm_id) == ("CL", "San Antonio", "CIF")
    assert (own.place, own.wanted_on, own.needs) == ("Valparaíso", in_days(60), ["quotation", "samples"])
    assert own.certificates == line.certificates == [halal.code]
    assert (line.quantity, line.target_price, line.currency) == (Decimal(1200), Decimal("6.5"), "EUR")
    assert (line.samples, line.incoterm_id, line.place, line.note) == (2, "FOB", "Tanjung Perak", "Sizes 38 to 45")


def test_a_target_price_begins_in_the_currency_of_the_price_that_is_shown(client: Client, own):
    line = BasketLineFactory(basket=own, quantity=Decimal(600))
    PriceOfferFactory(product=line.product, incoterm__code="EXW", currency="EUR", unit_price=Decimal(9))
    form = client.get(PAGE).context["forms"].lines[0]
    assert form["currency"].value() == "USD"
    client.post(PAGE, said(line, **{f"line-{line.pk}-target_price": "4.75"}))
    line.refresh_from_db()
    assert (line.target_price, line.currency) == (Decimal("4.75"), "USD")


def test_an_incomplete_draft_is_kept_too(client: Client, own):
    line = BasketLineFactory(basket=own)
    assert client.post(PAGE, said(line, **{f"line-{line.pk}-quantity": ""})).status_code == 302
    line.refresh_from_db()
    assert line.quantity is None and line.currency == ""


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("quantity", "many", "Enter a number."),
        ("quantity", "0", "greater than or equal to"),
        ("quantity", "300.5", "Give a whole number"),
        ("quantity", "9" * 40, "Enter a number."),
        ("target_price", "-1", "greater than or equal to"),
        ("currency", "XXX", "Select a valid choice"),
        ("samples", "1000", "less than or equal to"),
        ("incoterm", "XYZ", "Select a valid choice"),
        ("certificates", "NONE", "Select a valid choice"),
        ("place", "x" * 81, "at most 80"),
        ("note", "x" * 1001, "at most 1000"),
    ],
)
def test_what_is_wrong_in_a_line_is_said_and_everything_typed_is_kept(
    client: Client, own, field: str, value: str, message: str
):
    line = BasketLineFactory(basket=own)
    form = said(line, message="Kept as typed", **{f"line-{line.pk}-{field}": value})
    response = client.post(PAGE, form)
    page = response.content.decode()
    assert response.status_code == 422 and message in page
    assert "Kept as typed" in page
    own.refresh_from_db()
    assert own.message == ""


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("destination_country", "ZZ"),
        ("wanted_on", "2020-01-01"),
        ("wanted_on", "tomorrow"),
        ("needs", "gold"),
        ("message", "x" * 3001),
        ("destination_port", "x" * 81),
    ],
)
def test_what_is_wrong_in_the_terms_is_said_and_nothing_is_stored(client: Client, own, field: str, value: str):
    line = BasketLineFactory(basket=own)
    response = client.post(PAGE, said(line, **{field: value, f"line-{line.pk}-quantity": "700"}))
    assert response.status_code == 422
    assert f'id="id_{field}' in response.content.decode() and "700" in response.content.decode()
    line.refresh_from_db()
    assert line.quantity == 300


def test_texts_are_cleaned_of_what_cannot_be_seen(client: Client, own):
    line = BasketLineFactory(basket=own)
    client.post(PAGE, said(line, message="a\x00b\u202ec", destination_port="San\u200b  Antonio\n"))
    own.refresh_from_db()
    assert (own.message, own.destination_port) == ("abc", "San Antonio")


def test_less_than_the_minimum_order_is_said_kindly_and_kept(client: Client, own):
    line = BasketLineFactory(basket=own)
    client.post(PAGE, said(line, **{f"line-{line.pk}-quantity": "100"}))
    page = client.get(PAGE).content.decode()
    assert "The minimum order is 300\xa0pairs. You can ask all the same." in page
    assert "on request" in page
    line.refresh_from_db()
    assert line.quantity == 100


def test_what_is_sold_by_weight_takes_decimals(client: Client, own):
    line = BasketLineFactory(
        basket=own, product__unit=UnitFactory(code="KGM", symbol="kg", kind="mass", name={"en": "kilogram"})
    )
    assert client.post(PAGE, said(line, **{f"line-{line.pk}-quantity": "300.5"})).status_code == 302


def test_a_product_taken_out_can_be_put_back_until_the_basket_is_saved(client: Client, own):
    gone, stays = BasketLineFactory.create_batch(2, basket=own)
    response = client.post(PAGE, said(gone, stays, do="", remove=gone.pk, message="Also typed"), follow=True)
    assert "was taken out" in response.content.decode()
    own.refresh_from_db()
    assert list(own.lines.in_it()) == [stays] and own.message == "Also typed"
    client.post(PAGE, said(stays, do="", put_back=gone.pk))
    assert set(own.lines.in_it()) == {gone, stays}
    client.post(PAGE, said(stays, do="", remove=gone.pk))
    client.post(PAGE, said(stays))
    assert list(own.lines.all()) == [stays]


def test_taking_out_works_beside_a_wrong_field_and_keeps_what_was_typed(client: Client, own):
    gone, stays = BasketLineFactory.create_batch(2, basket=own)
    response = client.post(PAGE, said(gone, stays, remove=gone.pk, **{f"line-{stays.pk}-quantity": "many"}))
    assert response.status_code == 422 and "many" in response.content.decode()
    assert list(own.lines.in_it()) == [stays]


def test_lines_of_another_basket_are_not_touched(client: Client, own):
    line, foreign = BasketLineFactory(basket=own), BasketLineFactory()
    client.post(PAGE, said(line, foreign, remove=foreign.pk, **{f"line-{foreign.pk}-quantity": "7"}))
    foreign.refresh_from_db()
    assert foreign.removed_at is None and foreign.quantity == 300


@pytest.mark.parametrize("number", ["x", "-1", "٣", "9" * 30, ""])
def test_a_forged_number_takes_nothing_out(client: Client, own, number: str):
    line = BasketLineFactory(basket=own)
    assert client.post(PAGE, said(line, remove=number)).status_code == 302
    assert list(own.lines.in_it()) == [line]


def test_a_product_that_is_retired_stays_visible_and_is_not_sent(client: Client, own):
    line, gone = BasketLineFactory.create_batch(2, basket=own)
    gone.product.retire(by=UserFactory())
    response = client.get(PAGE)
    assert "no longer offered" in response.content.decode()
    assert response.context["page"].enquiries == 1
    assert list(own.lines.offered()) == [line]
    assert client.post(PAGE, said(line)).status_code == 302
    assert gone in own.lines.in_it()


def test_a_product_of_a_suspended_producer_is_not_offered_any_more(client: Client, own):
    line = BasketLineFactory(basket=own)
    line.product.producer.suspend(by=UserFactory(), why="x")
    assert client.get(PAGE).context["page"].enquiries == 0


def test_queries_are_the_same_with_one_line_and_with_twelve(
    client: Client, own, django_assert_num_queries, django_assert_max_num_queries
):
    lines = [BasketLineFactory(basket=own)]
    client.get(PAGE)
    with django_assert_max_num_queries(10) as one:
        client.get(PAGE)
    with django_assert_max_num_queries(20) as saved:
        client.post(PAGE, said(*lines, message="one"))
    lines += [BasketLineFactory(basket=own, product__producer=ProducerFactory(listed=True)) for _ in range(11)]
    with django_assert_num_queries(len(one.captured_queries)):
        client.get(PAGE)
    with django_assert_num_queries(len(saved.captured_queries)):
        client.post(PAGE, said(*lines, message="twelve"))


def test_the_key_that_enter_presses_takes_nothing_out(client: Client, own):
    BasketLineFactory(basket=own)
    page = client.get(PAGE).content.decode()
    form = page[page.index('class="basket ') :]
    assert form.index('value="keep"') < form.index('name="remove"')


def test_a_visitors_basket_is_forgotten_after_thirty_days(db):
    basket, _key = Basket.objects.start()
    BasketFactory()
    assert not Basket.objects.abandoned()
    Basket.objects.update(changed_at=timezone.now() - timedelta(days=31))
    assert list(Basket.objects.abandoned()) == [basket]


@pytest.mark.parametrize("text", NAUGHTY[::41], ids=ascii)
def test_S21_hostile_strings_in_every_field_are_kept_or_said_to_be_wrong(client: Client, own, text: str):
    line = BasketLineFactory(basket=own)
    terms = ("destination_country", "destination_port", "incoterm", "place", "wanted_on", "message")
    asked = ("quantity", "target_price", "currency", "samples", "incoterm", "place", "destination_port", "note")
    short, longer = text[:80], text[:1000]
    only_texts = {"destination_port": short, "place": short, "message": longer, f"line-{line.pk}-note": longer}
    assert client.post(PAGE, said(line, **only_texts)).status_code == 302
    page = client.get(PAGE).content.decode()
    assert "<script>alert" not in page
    own.refresh_from_db()
    line.refresh_from_db()
    assert own.message == line.note == clean_text(longer)
    everything: dict[str, Any] = dict.fromkeys(terms, text) | {f"line-{line.pk}-{name}": text for name in asked}
    everything |= {"certificates": [text], "needs": [text], "remove": text, "put_back": text}
    assert client.post(PAGE, everything | {"do": text}).status_code in {302, 422}
    assert client.post(PAGE, everything | {"do": "send", "consent": text, "submission_key": text}).status_code == 422
