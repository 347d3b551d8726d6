"""The files of messages: who may have them, how they are given out, and that none is left behind."""

from __future__ import annotations

import datetime

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from accounts.models import AuditEntry
from inaaccess import orphans
from inquiries import attachments
from inquiries.models import Said, Side
from tests import asking
from tests import factories as make
from tests.exporters.certificates import GOOD_PDF

pytestmark = pytest.mark.django_db
AT_ONCE = datetime.timedelta(seconds=-5)


@pytest.fixture
def enquiry():
    return asking.an_enquiry(product=make.ProductFactory(published=True, target_markets=["CL"]))


def attach(enquiry, *, side=Side.PRODUCER, to="", name="<b>harga<b>.pdf"):
    file = SimpleUploadedFile(name, GOOD_PDF)
    with transaction.atomic(), attachments.taken_in(enquiry, side, [file]) as kept:
        by = asking.member_of(enquiry.producer)
        message = enquiry.write(Said(text="Lihat.", files=kept, to=to), side=side, by=by)
    return message.attachments.get()


def fetch(client, attachment, person):
    client.force_login(person)
    return client.get(reverse("enquiry_attachment", args=[attachment.pk]))


def test_S16_both_sides_download_it_under_a_name_of_ours_and_no_browser_runs_it(client, enquiry):
    attachment = attach(enquiry)
    for person in (enquiry.importer.user, asking.member_of(enquiry.producer)):
        response = fetch(client, attachment, person)
        assert b"".join(response.streaming_content) == GOOD_PDF
        assert response["Content-Disposition"] == f'attachment; filename="{enquiry.number}-{attachment.pk}.pdf"'
        assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "private, no-store"
    assert not AuditEntry.objects.filter(verb="download").exists()


def test_staff_of_the_market_download_it_and_the_trail_says_so(client):
    market = make.MarketFactory(iso2="CL")
    enquiry = asking.an_enquiry(make.ImporterFactory(country="CL"))
    attachment = attach(enquiry)
    own = make.MissionStaffFactory(mission=make.AccreditationFactory(market=market).mission).user
    assert fetch(client, attachment, own).status_code == 200
    assert AuditEntry.objects.get(verb="download").by == own
    elsewhere = make.MissionStaffFactory(mission__code="KBRI-BSB").user
    assert fetch(client, attachment, elsewhere).status_code == 404


def test_S16_a_file_for_one_side_alone_is_not_the_other_sides(client, enquiry):
    attachment = attach(enquiry, side=Side.MISSION, to=Side.PRODUCER)
    assert fetch(client, attachment, enquiry.importer.user).status_code == 404
    assert fetch(client, attachment, asking.member_of(enquiry.producer)).status_code == 200


def test_strangers_and_neighbours_get_what_a_missing_one_gets(client, enquiry):
    attachment = attach(enquiry)
    for person in (make.MembershipFactory().user, make.ImporterFactory().user):
        assert fetch(client, attachment, person).status_code == 404


def test_a_file_that_the_storage_lost_is_missing(client, enquiry):
    attachment = attach(enquiry)
    default_storage.delete(attachment.file_path)
    assert fetch(client, attachment, enquiry.importer.user).status_code == 404


def test_what_a_failure_undoes_leaves_no_file(enquiry):
    with pytest.raises(RuntimeError), transaction.atomic():
        with attachments.taken_in(enquiry, Side.PRODUCER, [SimpleUploadedFile("x.pdf", GOOD_PDF)]):
            raise RuntimeError
    assert not default_storage.listdir("attachments")[1]


def test_attached_files_are_no_orphans_and_lost_ones_are_found(enquiry):
    attachment = attach(enquiry)
    found = orphans.find(older_than=AT_ONCE)
    assert attachment.file_path not in {*found.files, *found.lost}
    attachment.delete()
    found = orphans.find(older_than=AT_ONCE)
    assert attachment.file_path in found.files
