"""S20: whoever reviews is warned of producers with a name like the one under review."""

import pytest
from django.urls import reverse

from tests import factories as make

pytestmark = pytest.mark.django_db
WARNING = "Other producers have a name that looks like this one"


@pytest.fixture
def santiago(client):
    post = make.MissionStaffFactory()
    make.AccreditationFactory(mission=post.mission)
    client.force_login(post.user)
    return post.user


@pytest.fixture
def producer():
    found = make.ProducerFactory(trade_name="Batik Sari")
    make.RevisionFactory(submitted=True, product__producer=found, target_markets=["CL"])
    return found


def pages_about(producer):
    certificate = make.CertificateFactory(producer=producer)
    revision = producer.products.get().revisions.get()
    return [
        reverse("admin:review_revision", args=[revision.pk]),
        reverse("admin:certificate_review", args=[certificate.pk]),
        record_of(producer),
    ]


def record_of(producer):
    return reverse("admin:exporters_producer_change", args=[producer.pk])


def test_S20_each_page_of_a_review_warns_and_leads_to_the_others(client, santiago, producer):
    public = make.ProducerFactory(trade_name="CV Bаtik Sаri", legal_name="PT Rahasia", listed=True)  # Cyrillic а
    seen = make.ProducerFactory(trade_name="Battik Sari", legal_name="UD Battik")
    make.RevisionFactory(submitted=True, product__producer=seen, target_markets=["CL"])
    make.ProducerFactory(trade_name="B4tik Sari")
    make.ProducerFactory(trade_name="Batik Asri", listed=True)
    for address in pages_about(producer):
        page = client.get(address).content.decode()
        assert WARNING in page
        assert reverse("producer_detail", args=[public.slug]) in page and "PT Rahasia" not in page
        assert record_of(seen) in page and "UD Battik" in page
        assert "B4tik Sari" not in page and "Batik Asri" not in page


def test_S20_without_one_there_is_no_warning(client, santiago, producer):
    make.ProducerFactory(trade_name="Sandal Jaya", listed=True)
    for address in pages_about(producer):
        assert WARNING not in client.get(address).content.decode()


def test_S20_one_that_was_taken_from_the_public_is_told_without_a_link(client, santiago, producer):
    make.ProducerFactory(trade_name="Batik Sari Tbk", listed=True, state="suspended")
    page = client.get(pages_about(producer)[0]).content.decode()
    assert "<b>Batik Sari Tbk</b>" in page and ": suspended" in page


def test_the_ministry_is_told_of_drafts_too(client, producer):
    client.force_login(make.UserFactory(ministry=True))
    draft = make.ProducerFactory(trade_name="B4tik Sari")
    for address in pages_about(producer):
        assert record_of(draft) in client.get(address).content.decode()


def test_it_takes_one_query_however_many_there_are(client, santiago, producer, django_assert_num_queries):
    address = pages_about(producer)[1]
    client.get(address)
    with django_assert_num_queries(8) as one:
        client.get(address)
    for number in range(7):
        make.ProducerFactory(trade_name=f"Batik Sari{'.' * number}", listed=True, regency__code=f"35.{number:02}")
    with django_assert_num_queries(len(one.captured_queries)):
        client.get(address)
