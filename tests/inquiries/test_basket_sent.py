from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client

from accounts.models import Letter, SubmissionKey, User
from accounts.ratelimit import TooMany
from inquiries import sending
from inquiries.models import Basket, BasketLine, Enquiry, EnquiryRound, Importer
from promotion.models import CampaignDay
from tests.factories import (
    BasketFactory,
    BasketLineFactory,
    CampaignFactory,
    CertificateTypeFactory,
    ImporterFactory,
    IncotermFactory,
    MembershipFactory,
    ProductFactory,
    UserFactory,
    in_days,
)
from tests.inquiries.asking_pages import pressed

PAGE = "/en/inquiries/basket/"


@pytest.fixture
def importer(db: None) -> Importer:
    return ImporterFactory(country="CL")


@pytest.fixture
def own(importer: Importer, client: Client) -> Basket:
    client.force_login(importer.user)
    return BasketFactory(user=importer.user)


def test_each_producer_gets_one_enquiry_with_only_their_part(client: Client, own, importer):
    sandals = BasketLineFactory(basket=own, quantity=Decimal(600))
    shoes = BasketLineFactory(basket=own, product__producer=sandals.product.producer)
    chips = BasketLineFactory(basket=own)
    IncotermFactory(code="CIF")
    halal = CertificateTypeFactory()
    more: dict[str, Any] = {
        "destination_port": "San Antonio",
        "incoterm": "CIF",
        "place": "Valparaíso",
        "wanted_on": str(in_days(60)),
        "certificates": [halal.code],
        f"line-{chips.pk}-incoterm": "FOB",
        f"line-{chips.pk}-destination_port": "Callao",
        f"line-{chips.pk}-target_price": "1.15",
        f"line-{chips.pk}-currency": "USD",
        f"line-{chips.pk}-samples": "3",
    }
    response = client.post("/es/inquiries/basket/", pressed(sandals, shoes, chips, **more))
    sent = EnquiryRound.objects.get()
    assert response["Location"] == f"/es/inquiries/basket/sent/{sent.pk}/"
    assert (sent.importer, sent.language, sent.destination_country) == (importer, "es", "CL")
    assert (sent.wanted_on, sent.needs) == (in_days(60), ["quotation"])
    first, second = Enquiry.objects.filter(round=sent).order_by("pk")
    assert [line.product for line in first.lines.all()] == [sandals.product, shoes.product]
    line = first.lines.all()[0]
    assert line.quantity == 600
    assert (line.incoterm_id, line.place, line.destination_port) == ("CIF", "Valparaíso", "San Antonio")
    asked = second.lines.get()
    assert (asked.incoterm_id, asked.place, asked.destination_port) == ("FOB", "", "Callao")
    assert (asked.target_price, asked.samples, asked.certificates) == (Decimal("1.15"), 3, [halal.code])


def test_what_was_sent_leaves_the_basket_and_the_terms_stay(client: Client, own):
    line, gone = BasketLineFactory.create_batch(2, basket=own)
    gone.product.retire(by=UserFactory())
    client.post(PAGE, pressed(line, destination_port="San Antonio"))
    own.refresh_from_db()
    assert list(own.lines.all()) == [gone], "not offered any more: not sent, still to be seen"
    assert (own.message, own.destination_port, own.destination_country) == ("", "San Antonio", "CL")
    assert Enquiry.objects.get().lines.get().product == line.product


def test_the_page_after_it_says_what_went_where_and_who_answers_by_when(client: Client, own):
    line = BasketLineFactory(basket=own)
    page = client.post(PAGE, pressed(line), follow=True).content.decode()
    enquiry = Enquiry.objects.get()
    assert "Your enquiry is sent" in page and enquiry.number in page
    assert line.product.producer.trade_name in page and "300\xa0pairs" in page
    assert "An answer is due by" in page
    assert f'href="/en/inquiries/enquiries/{enquiry.pk}/"' in page


def test_nobody_else_sees_what_was_sent(client: Client, own):
    client.post(PAGE, pressed(BasketLineFactory(basket=own)))
    stranger = Client()
    stranger.force_login(ImporterFactory().user)
    address = f"{PAGE}sent/{EnquiryRound.objects.get().pk}/"
    assert stranger.get(address).status_code == 404
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"consent": ""}, "Without this nobody can answer you."),
        ({"destination_country": ""}, "Choose where the goods are to go."),
        ({"wanted_on": "2020-01-01"}, "This day is past."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_sent(client: Client, own, more: dict[str, str], message: str):
    line = BasketLineFactory(basket=own)
    response = client.post(PAGE, pressed(line, **more))
    page = response.content.decode()
    assert response.status_code == 422 and message in page and "etiqueta en español" in page
    assert not EnquiryRound.objects.exists() and not SubmissionKey.objects.exists()
    assert client.post(PAGE, pressed(line)).status_code == 302


def test_less_than_the_minimum_and_no_quantity_at_all_are_sent_too(client: Client, own):
    few, unknown = BasketLineFactory.create_batch(2, basket=own)
    keys = {f"line-{few.pk}-quantity": "1", f"line-{unknown.pk}-quantity": ""}
    assert client.post(PAGE, pressed(few, unknown, **keys)).status_code == 302
    assert Enquiry.objects.count() == 2


def test_pressed_twice_it_is_sent_once(client: Client, own):
    line = BasketLineFactory(basket=own)
    first, second = client.post(PAGE, pressed(line)), client.post(PAGE, pressed(line))
    assert first["Location"] == second["Location"]
    assert EnquiryRound.objects.count() == 1
    own.refresh_from_db()
    assert own.message == ""


def test_an_empty_basket_sends_nothing(client: Client, own):
    assert client.post(PAGE, pressed()).status_code == 409
    assert not EnquiryRound.objects.exists()


def test_nobody_asks_their_own_producer(client: Client, own):
    line = BasketLineFactory(basket=own)
    MembershipFactory(user=own.user, producer=line.product.producer)
    assert client.post(PAGE, pressed(line)).status_code == 409
    assert list(own.lines.all()) == [line]


# --- limits --------------------------------------------------------------------------------------


def limited(settings: Any, **limits: int) -> None:
    settings.RATE_LIMITS = settings.RATE_LIMITS | {scope: (times, 3600) for scope, times in limits.items()}


@pytest.mark.parametrize("scope", ["enquiry", "enquiry_address"])
def test_S6_beyond_the_limit_the_basket_is_kept_and_the_page_says_when(client: Client, own, settings, scope: str):
    limited(settings, **{scope: 1})
    client.post(PAGE, pressed(BasketLineFactory(basket=own)))
    line = BasketLineFactory(basket=own)
    response = client.post(PAGE, pressed(line, key="other", message="Kept as typed"))
    page = response.content.decode()
    assert response.status_code == 429 and response["Retry-After"]
    assert "your basket is kept" in page and "60 minutes" in page and "Kept as typed" in page
    assert list(own.lines.all()) == [line] and EnquiryRound.objects.count() == 1
    own.refresh_from_db()
    assert own.message == "Kept as typed"


def test_S6_one_producer_is_asked_so_often_a_day_and_others_are_not_touched(client: Client, own, settings):
    limited(settings, enquiry_producer=1)
    first = BasketLineFactory(basket=own)
    producer = first.product.producer
    client.post(PAGE, pressed(first))
    again, other = BasketLineFactory(basket=own, product__producer=producer), BasketLineFactory(basket=own)
    response = client.post(PAGE, pressed(again, other, key="2"))
    assert response.status_code == 429 and f"{producer.trade_name} got several" in response.content.decode()
    assert EnquiryRound.objects.count() == 1
    client.post(PAGE, pressed(other, key="3", do="", remove=again.pk))
    assert client.post(PAGE, pressed(other, key="4")).status_code == 302, "the refused try was not counted"


def test_S6_a_refused_sending_is_not_counted(client: Client, own, settings):
    limited(settings, enquiry=1)
    line = BasketLineFactory(basket=own)
    membership = MembershipFactory(user=own.user, producer=line.product.producer)
    assert client.post(PAGE, pressed(line)).status_code == 409
    membership.delete()
    assert client.post(PAGE, pressed(line)).status_code == 302


# --- two at once ---------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_S29_pressed_twice_at_once_it_is_sent_once():
    importer = ImporterFactory(country="CL")
    line = BasketLineFactory(basket__user=importer.user)
    start = Barrier(4)

    def press(_number: int) -> str:
        client = Client()
        client.force_login(importer.user)
        start.wait()
        try:
            return client.post(PAGE, pressed(line))["Location"]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(press, range(4)))) == 1
    assert EnquiryRound.objects.count() == 1 and not BasketLine.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_S6_of_many_sendings_at_once_exactly_the_limit_passes(settings):
    limited(settings, enquiry_address=3)
    baskets = [BasketFactory(user=ImporterFactory(country="CL").user, destination_country="CL") for _ in range(8)]
    for basket in baskets:
        BasketLineFactory(basket=basket)
    start = Barrier(8)

    def send(basket: Basket) -> bool:
        start.wait()
        try:
            sending.send(basket, by=User.objects.get(basket=basket), address="203.0.113.7")
        except TooMany:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(send, baskets)) == 3
    assert EnquiryRound.objects.count() == 3


# --- a visitor -----------------------------------------------------------------------------------


def test_a_visitor_is_led_to_registering_and_loses_nothing(client: Client, db):
    line = BasketLineFactory()
    client.post(f"{PAGE}add/", {"product": line.product.slug})
    basket = Basket.objects.get(user=None)
    mine = basket.lines.get()
    fields = pressed(mine, **{f"line-{mine.pk}-note": "Sizes 38 to 45"})
    response = client.post(PAGE, fields)
    assert response["Location"].startswith("/en/account/register/importer/?next=")
    page = client.get(response["Location"]).content.decode()
    assert "Your enquiry is kept" in page
    assert 'name="next" value="/en/account/login/?next=/en/inquiries/basket/"' in unquote(page)
    basket.refresh_from_db()
    mine.refresh_from_db()
    assert basket.message == "¿Pueden imprimir la etiqueta en español?" and mine.note == "Sizes 38 to 45"
    assert not EnquiryRound.objects.exists()


def test_the_campaign_whose_link_led_to_a_product_gets_the_enquiry(client: Client, own):
    campaign, product = CampaignFactory(), ProductFactory(published=True)
    for page in (f"?c={campaign.code}", "?c=%00", "?c=nothing", "?c=" + "A" * 500):
        headers = {"Referer": f"http://testserver/en/products/{product.slug}/{page}"}
        assert client.post(f"{PAGE}add/", {"product": product.slug}, headers=headers).status_code == 302
    elsewhere = {"Referer": f"https://elsewhere.example/?c={CampaignFactory().code}"}
    client.post(f"{PAGE}add/", {"product": product.slug}, headers=elsewhere)
    own.refresh_from_db()
    assert own.campaigns == [campaign.code]
    client.post(PAGE, pressed(own.lines.get()))
    assert CampaignDay.objects.get().enquiries == 1
    own.refresh_from_db()
    assert own.campaigns == []


def test_letters_go_out_to_both_sides(client: Client, own):
    line = BasketLineFactory(basket=own)
    member = MembershipFactory(producer=line.product.producer).user
    client.post(PAGE, pressed(line))
    assert {letter.recipient for letter in Letter.objects.all()} == {own.user, member}
