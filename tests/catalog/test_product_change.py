"""Opening a revision: from the public content, or from a closed one; never a second beside an open one."""

from __future__ import annotations

import pytest

from catalog.models import OPEN_STATES, ProductRevision
from tests import factories as make
from tests.catalog.desk import at, signed_in, url

pytestmark = pytest.mark.django_db


def test_a_published_product_is_changed_by_a_copy_of_what_is_public(client):
    product = make.ProductFactory(published=True, producer=signed_in(client).producer)
    answer = client.post(at("product_change", product.pk))
    revision = product.revisions.get()
    assert answer.url == url(revision, "what") and revision.title == product.title
    assert revision.offers.count() == product.offers.count() == 1
    product.refresh_from_db()
    assert product.state == "published"


def test_pressed_twice_it_opens_the_same_revision(client):
    product = make.ProductFactory(published=True, producer=signed_in(client).producer)
    answers = {client.post(at("product_change", product.pk)).url for _press in range(2)}
    assert len(answers) == 1 and ProductRevision.objects.filter(state__in=OPEN_STATES).count() == 1


@pytest.mark.parametrize("state", ["rejected", "withdrawn"])
def test_a_product_that_was_never_public_goes_on_from_its_last_revision(client, state):
    closed = make.RevisionFactory(**{state: True}, product__producer=signed_in(client).producer, moq=777)
    client.post(at("product_change", closed.product_id))
    fresh = closed.product.open_revision()
    assert fresh.moq == 777 and fresh.placements.count() == closed.placements.count() == 1


def test_a_closed_revision_of_choice_is_taken_up_again(client):
    product = make.ProductFactory(published=True, producer=signed_in(client).producer)
    closed = make.RevisionFactory(rejected=True, product=product, moq=555)
    client.post(at("product_change", product.pk), {"source": closed.pk})
    assert product.open_revision().moq == 555


def test_a_revision_of_another_product_is_no_source(client):
    product = make.ProductFactory(published=True, producer=signed_in(client).producer)
    foreign = make.RevisionFactory(rejected=True)
    assert client.post(at("product_change", product.pk), {"source": foreign.pk}).status_code == 404
    assert not product.revisions.exists()
