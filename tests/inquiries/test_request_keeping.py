"""What ends by itself and what an erased person leaves behind."""

from __future__ import annotations

import datetime
import uuid

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from accounts.models import AuditEntry, Letter
from inaaccess import erasure, orphans, retention
from inaaccess.personal_data import download
from inquiries.models import BuyingRequest, Enquiry, Match
from inquiries.request_keeping import run
from kit.uploads import picture_path
from tests import factories as make
from tests.inquiries.test_offers import offers

pytestmark = pytest.mark.django_db


def with_picture(**fields) -> BuyingRequest:
    key = uuid.uuid4()
    default_storage.save(picture_path(key, "640"), ContentFile(b"RIFF a picture of the tests"))
    return make.BuyingRequestFactory(picture_key=key, **fields)


def has_file(key: uuid.UUID | None) -> bool:
    assert key is not None
    return default_storage.exists(picture_path(key, "640"))


def test_24_months_after_the_end_it_goes_with_its_matches_and_picture(django_capture_on_commit_callbacks):
    old, young = with_picture(closed=True), with_picture(closed=True)
    make.MatchFactory(request=old)
    BuyingRequest.objects.filter(pk=old.pk).update(ended_at=timezone.now() - datetime.timedelta(days=731))
    assert retention.run(dry=True).requests == 1 and BuyingRequest.objects.count() == 2
    with django_capture_on_commit_callbacks(execute=True):
        assert retention.run(dry=False).requests == 1
    assert BuyingRequest.objects.get() == young and not Match.objects.exists()
    assert not has_file(old.picture_key) and has_file(young.picture_key)


def test_whoever_erases_the_account_ends_what_is_open_and_leaves_no_words(django_capture_on_commit_callbacks):
    importer = make.ImporterFactory()
    waiting = with_picture(importer=importer, title="Botas de Camila", specification="Llamar a Camila.")
    opened = make.BuyingRequestFactory(importer=importer, opened=True)
    member = make.MembershipFactory(producer=make.MatchFactory(invited=True, request=opened).product.producer).user
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(importer.user, by=importer.user)
    rows = {row.pk: row for row in BuyingRequest.objects.all()}
    assert rows[waiting.pk].state == "withdrawn" and rows[opened.pk].state == "closed"
    assert all(row.title == "–" and not row.specification and row.picture_key is None for row in rows.values())
    assert not has_file(waiting.picture_key)
    assert Letter.objects.filter(recipient=member, event__startswith="buying_request_over").exists()


def test_the_clock_lets_an_offer_in_that_waits_beside_a_free_place():
    request = make.BuyingRequestFactory(opened=True)
    *_five, sixth = offers(request, 10, 20, 30, 40, 50, 60)
    Enquiry.objects.filter(pk=_five[0].pk).update(state="withdrawn")
    assert run() == 0 and run() == 0
    sixth.refresh_from_db()
    assert not sixth.is_waiting
    told = Letter.objects.filter(recipient=request.importer.user, event__startswith=f"quotation_received:{sixth.pk}:")
    assert told.count() == 1


def test_a_person_takes_their_requests_along():
    row = make.BuyingRequestFactory(title="Botas", specification="Talla 40")
    (told,) = dict(download(row.importer.user))["inquiries.BuyingRequest"]
    assert told["title"] == "Botas" and told["specification"] == "Talla 40"


def test_its_picture_belongs_to_something():
    row = with_picture()
    assert row.picture_key is not None
    found = orphans.find(older_than=datetime.timedelta(0))
    assert picture_path(row.picture_key, "640") not in found.files


def test_each_side_reads_the_history_of_what_is_theirs(people):
    row = make.BuyingRequestFactory(importer=people["importer"].importer)
    row.approve(by=people["mission_own"], seen_version=1)
    match = make.MatchFactory(request=row)
    member = make.MembershipFactory(producer=match.product.producer).user
    match.invite(by=people["mission_own"])
    verbs = {
        who: set(AuditEntry.objects.visible_to(user).values_list("verb", flat=True)) & {"approve", "invite_producer"}
        for who, user in {
            "importer": people["importer"],
            "member": member,
            "mission": people["mission_own"],
            "other mission": people["mission_other"],
            "stranger": make.MembershipFactory().user,
        }.items()
    }
    assert verbs == {
        "importer": {"approve"},
        "member": {"invite_producer"},
        "mission": {"approve", "invite_producer"},
        "other mission": set(),
        "stranger": set(),
    }
