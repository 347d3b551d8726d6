from __future__ import annotations

import datetime
from decimal import Decimal

from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from accounts.models import Letter, User
from inquiries.models import Basket, BasketLine
from tests.factories import BasketLineFactory, ProductFactory, UserFactory
from tests.registering import IMPORTER, importer_form, link_in

ADD = "/en/inquiries/basket/add/"


def test_the_log_in_page_brings_the_visitors_basket_along(client: Client, db):
    user = User.objects.create_user("marta@example.test", "calzados del sur de chile", name="Marta")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    product = ProductFactory(published=True)
    client.post(ADD, {"product": product.slug})
    response = client.post("/en/account/login/", {"login": user.email, "password": "calzados del sur de chile"})
    assert response.status_code == 302
    basket = Basket.objects.get()
    assert basket.user == user and basket.lines.get().product == product
    assert str(product) in client.get("/en/inquiries/basket/").content.decode()


def test_two_baskets_become_one_and_the_newer_word_stands(db):
    line = BasketLineFactory(quantity=Decimal(300), note="Only the old one says this")
    own = line.basket
    own.message, own.destination_country, own.needs = "old", "CL", ["samples"]
    own.save()
    newer, key = Basket.objects.start()
    newer.message, newer.destination_country = "new", "PE"
    newer.save()
    BasketLineFactory(basket=newer, product=line.product, quantity=Decimal(900))
    other = BasketLineFactory(basket=newer)
    Basket.objects.join(own.user, key)
    Basket.objects.join(own.user, key)
    joined = Basket.objects.get()
    assert joined == own and joined.key_hash is None
    assert (joined.message, joined.destination_country, joined.needs) == ("new\n\nold", "PE", ["quotation", "samples"])
    both = BasketLine.objects.get(product=line.product)
    assert (both.quantity, both.note) == (Decimal(900), "Only the old one says this")
    assert set(joined.lines.all()) == {both, other}


def test_registering_keeps_the_basket_for_a_first_sign_in_from_another_browser(client: Client, db):
    product = ProductFactory(published=True)
    client.post(ADD, {"product": product.slug})
    Basket.objects.update(destination_country="PE")
    assert '<option value="PE" selected' in client.get(IMPORTER).content.decode()
    form = importer_form(country="PE")
    client.post(IMPORTER, form)
    assert product.slug in client.get("/en/inquiries/basket/").content.decode(), "still there for the visitor"
    elsewhere = Client()
    confirm = link_in(Letter.objects.get())
    elsewhere.post(confirm)
    response = elsewhere.post("/en/account/login/", {"login": form["email"], "password": form["password"]})
    assert response.status_code == 302
    assert product.slug in elsewhere.get("/en/inquiries/basket/").content.decode()
    assert Basket.objects.get().user == User.objects.get(email=form["email"])


def test_a_known_address_gets_nobody_elses_basket(client: Client, db):
    owner = UserFactory(email="known@example.test")
    client.post(ADD, {"product": ProductFactory(published=True).slug})
    client.post(IMPORTER, importer_form(email=owner.email))
    assert Basket.objects.get().awaits is None
    Basket.objects.join(owner)
    assert not Basket.objects.filter(user=owner).exists()


def test_a_basket_of_a_person_is_never_joined_to_anothers(db):
    line, stranger = BasketLineFactory(), UserFactory()
    Basket.objects.join(stranger, "")
    line.basket.await_login_of(stranger)
    assert line.basket.awaits is None
    assert not Basket.objects.filter(user=stranger).exists()


def test_several_baskets_are_joined_in_the_order_of_their_age(db):
    user = UserFactory()
    product = ProductFactory(published=True)
    for age, quantity in ((2, 100), (1, 200)):
        basket, _key = Basket.objects.start()
        basket.await_login_of(user)
        BasketLineFactory(basket=basket, product=product, quantity=quantity)
        Basket.objects.filter(pk=basket.pk).update(changed_at=timezone.now() - datetime.timedelta(days=age))
    Basket.objects.join(user)
    assert BasketLine.objects.get().quantity == 200
    assert Basket.objects.get().user == user
