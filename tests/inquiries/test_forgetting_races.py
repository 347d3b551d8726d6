"""An account is erased while its owner still asks and writes: nothing of it is left, and nobody waits for ever."""

from __future__ import annotations

import datetime
from functools import partial

import pytest
from django.utils import timezone

from inaaccess import erasure
from inquiries import forgetting
from inquiries.models import Enquiry, EnquiryMessage, EnquiryRound, Said, Side
from tests import asking
from tests import factories as make
from tests.exporters.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TRIES = 5


def test_S40_a_message_written_meanwhile_is_emptied_or_refused():
    for _number in range(TRIES):
        enquiry = asking.an_enquiry()
        person, copy = enquiry.importer.user, Enquiry.objects.get(pk=enquiry.pk)
        done = at_once(
            partial(erasure.erase, person, by=person),
            partial(copy.write, Said(text="Still there?"), side=Side.IMPORTER, by=person),
        )
        assert done in (["done", "done"], ["done", "transition_not_allowed"])
    assert not Enquiry.objects.open().exists()
    assert {message.text for message in EnquiryMessage.objects.all()} <= {"–"}


def test_S40_what_is_sent_meanwhile_is_withdrawn_or_refused():
    for _number in range(TRIES):
        importer, product = make.ImporterFactory.create(country="CL"), make.ProductFactory.create(published=True)
        asking.member_of(product.producer)
        done = at_once(
            partial(erasure.erase, importer.user, by=importer.user),
            partial(asking.ask, product, importer=importer),
        )
        assert done in (["done", "done"], ["account_erased", "done"])
    assert not Enquiry.objects.open().exists()
    assert not EnquiryRound.objects.exclude(text="").exists()


def test_two_nights_at_once_delete_each_enquiry_once(monkeypatch):
    monkeypatch.setattr(forgetting, "DELETED_AT_ONCE", 1)
    products = [make.ProductFactory.create(published=True) for _number in range(4)]
    asking.ask(*products, importer=make.ImporterFactory.create(country="CL"))
    deleted: list[int] = []
    night = partial(forgetting.delete_silent_since, timezone.now() + datetime.timedelta(seconds=5))
    assert at_once(*[lambda: deleted.append(night())] * 2) == ["done", "done"]
    assert sum(deleted) == len(products)
    assert not Enquiry.objects.exists() and night() == 0 and not EnquiryRound.objects.exists()
