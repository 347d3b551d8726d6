"""What every answer says to caches."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["desk", "desk_product_list", "product_start", "certificate_list", "home"])
def test_no_cache_keeps_what_a_signed_in_person_reads(client, page):
    client.force_login(make.MembershipFactory().user)
    answer = client.get(reverse(page))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]


def test_a_page_of_the_product_form_is_kept_by_no_cache(client):
    revision = make.RevisionFactory()
    client.force_login(make.MembershipFactory(producer=revision.product.producer).user)
    answer = client.get(reverse("revision_what", args=[revision.pk]))
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]


def test_a_visitors_page_may_be_kept(client):
    assert "no-store" not in client.get(reverse("home")).get("Cache-Control", "")
