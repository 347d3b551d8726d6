"""Starting a product."""

from __future__ import annotations

import pytest

from catalog.models import Product
from tests import factories as make
from tests.catalog.desk import at, signed_in, url, words

pytestmark = pytest.mark.django_db


def test_a_product_starts_with_an_empty_draft(client):
    producer = signed_in(client).producer
    answer = client.post(at("product_start"), {"producer": producer.pk})
    revision = Product.objects.get(producer=producer).revisions.get()
    assert answer.url == url(revision, "what") and revision.state == "draft"


def test_a_form_sent_twice_starts_one_product(client):
    producer = signed_in(client).producer
    key = client.get(at("product_start")).context["form"]["submission_key"].value()
    answers = {client.post(at("product_start"), {"producer": producer.pk, "submission_key": key}).url for _ in range(2)}
    assert len(answers) == 1 and Product.objects.count() == 1


def test_the_producer_is_chosen_among_ones_own(client):
    owner = signed_in(client)
    second = make.MembershipFactory(user=owner.user).producer
    foreign = make.ProducerFactory(trade_name="Not mine")
    page = words(client.get(at("product_start")))
    assert second.trade_name in page and owner.producer.trade_name in page and "Not mine" not in page
    assert client.post(at("product_start"), {"producer": foreign.pk}).status_code == 422
    assert not Product.objects.exists()


def test_an_officer_starts_one_for_a_producer_of_the_regency(client):
    officer = make.OfficerScopeFactory()
    producer = make.ProducerFactory()
    client.force_login(officer.user)
    assert client.post(at("product_start"), {"producer": producer.pk}).status_code == 302
    assert Product.objects.get().producer == producer


def test_who_has_no_producer_is_told_to_add_one(client):
    client.force_login(make.UserFactory())
    page = client.get(at("product_start"))
    assert "First tell us about your company" in words(page)
    assert client.post(at("product_start"), {"producer": make.ProducerFactory().pk}).status_code == 422
