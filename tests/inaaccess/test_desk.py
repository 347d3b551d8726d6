"""The producer's desk."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories import (
    CertificateFactory,
    MatchFactory,
    MembershipFactory,
    PriceOfferFactory,
    ProducerFactory,
    ProductFactory,
    RevisionFactory,
    UserFactory,
    in_days,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    membership = MembershipFactory(producer=ProducerFactory(listed=True))
    client.force_login(membership.user)
    return membership


def test_someone_without_a_producer_is_told_what_to_do(client):
    client.force_login(UserFactory())
    response = client.get(reverse("desk"))
    assert response.status_code == 200
    assert "You do not belong to a producer yet" in response.content.decode()


def test_what_reviewers_ask_for_comes_first(client, owner):
    draft = RevisionFactory(product__producer=owner.producer, title={"id": "Sandal draf"})
    asked = RevisionFactory(changes_requested=True, product__producer=owner.producer, title={"id": "Sandal diminta"})
    asked.change_requests.create(version=1, field="moq", reason="moq_missing", comment="Tulis MOQ.")
    todos = client.get(reverse("desk")).context["todos"]
    assert [todo.url for todo in todos] == [
        reverse("revision_what", args=[asked.pk]),
        reverse("revision_preview", args=[draft.pk]),
    ]
    assert "1 change" in todos[0].detail
    assert todos[0].urgent


def test_prices_and_certificates_that_run_out_are_named(client, owner):
    product = ProductFactory(published=True, parts=False, producer=owner.producer)
    PriceOfferFactory(product=product, valid_until=in_days(10))
    CertificateFactory(producer=owner.producer, verified=True, expires_on=in_days(60))
    CertificateFactory(producer=owner.producer, verified=True, expires_on=in_days(200))
    urls = [todo.url for todo in client.get(reverse("desk")).context["todos"]]
    assert urls == [reverse("desk_product", args=[product.pk]), reverse("certificate_create")]


def test_invitations_to_offer_stand_among_what_is_to_do(client, owner):
    product = ProductFactory(published=True, producer=owner.producer)
    match = MatchFactory(invited=True, product=product, request__title="Sandalias de cuero")
    MatchFactory(product=product)
    MatchFactory(invited=True)
    (todo,) = [todo for todo in client.get(reverse("desk")).context["todos"] if "Sandalias" in todo.title]
    assert todo.url == reverse("request_invitation", args=[match.pk]) and todo.urgent


def test_products_of_other_producers_are_not_there(client, owner):
    RevisionFactory(title={"id": "Milik orang lain"})
    response = client.get(reverse("desk"))
    assert response.context["rows"] == []
    assert "Milik orang lain" not in response.content.decode()


def test_the_number_of_queries_does_not_grow_with_the_rows(client, owner, django_assert_max_num_queries):
    def look() -> int:
        with django_assert_max_num_queries(40) as captured:
            client.get(reverse("desk"))
        return len(captured)

    RevisionFactory(complete=True, product__producer=owner.producer)
    few = look()
    for _number in range(11):
        RevisionFactory(complete=True, product__producer=owner.producer)
    assert look() == few
