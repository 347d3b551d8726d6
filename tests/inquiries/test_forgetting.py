"""What goes with an importer's account, and what goes when its time is over."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import letters
from accounts.models import AuditEntry, Letter
from inaaccess import erasure, orphans, retention
from inquiries import answer_figures, attachments, forgetting
from inquiries.models import (
    BuyingRequest,
    Enquiry,
    EnquiryAttachment,
    EnquiryReport,
    EnquiryRound,
    Importer,
    Quotation,
    Said,
    SenderBlock,
    Side,
)
from inquiries.models.buying_request_state import MOST_OFFERS
from tests import asking
from tests import factories as make
from tests.exporters.certificates import GOOD_PDF
from tests.inquiries.test_offers import offer

pytestmark = pytest.mark.django_db
AT_ONCE = datetime.timedelta(seconds=-5)
SECRET = "Palabras Únicas"


def write(enquiry, side, text=SECRET):
    """A message of that side with a file."""
    by = enquiry.importer.user if side == Side.IMPORTER else asking.member_of(enquiry.producer)
    file = SimpleUploadedFile(f"{text}.pdf", GOOD_PDF)
    with transaction.atomic(), attachments.taken_in(enquiry, side, [file]) as kept:
        return enquiry.write(Said(text=text, files=kept), side=side, by=by)


@pytest.fixture
def enquiry():
    """One with words of the importer in every place."""
    importer = make.ImporterFactory.create(country="CL", company="Compañía Única")
    enquiry = asking.an_enquiry(importer, text=SECRET)
    enquiry.lines.update(note=SECRET)
    write(enquiry, Side.IMPORTER)
    EnquiryReport.file(enquiry, side=Side.IMPORTER, reason="other", note=SECRET, by=importer.user)
    SenderBlock.put(importer, producer=make.ProducerFactory.create(), by=make.UserFactory.create(), why=SECRET)
    return enquiry


@pytest.fixture
def erased(enquiry, django_capture_on_commit_callbacks):
    """Erase the importer's account; a function, so that the test says when."""

    def erase(by=None):
        with django_capture_on_commit_callbacks(execute=True):
            erasure.erase(enquiry.importer.user, by=by)
        return Enquiry.objects.get(pk=enquiry.pk)

    return erase


class TestErasing:
    def test_S40_an_open_enquiry_is_withdrawn_and_the_producer_told(self, enquiry, erased):
        assert erased(by=enquiry.importer.user).state == "withdrawn"
        entry = AuditEntry.objects.get(verb="withdraw")
        assert (entry.by, entry.why) == (enquiry.importer.user, "")
        letter = Letter.objects.get(event__startswith="enquiry_withdrawn:")
        assert letter.recipient == asking.member_of(enquiry.producer)
        letters.send_due()
        assert not [row for row in Letter.objects.all() if "Única" in row.subject + row.body]

    def test_by_the_clock_a_held_one_is_withdrawn_and_nobody_told(self):
        links = "https://a.test https://b.test https://c.test"
        held = asking.an_enquiry(text=links)
        assert held.state == "held"
        erasure.erase(held.importer.user, by=None, why="retention")
        assert Enquiry.objects.get().state == "withdrawn"
        assert not Letter.objects.filter(event__startswith="enquiry_withdrawn:").exists()

    def test_S40_the_importers_words_and_files_go(self, enquiry, erased):
        kept = write(enquiry, Side.PRODUCER, text="Bisa.")
        path = EnquiryAttachment.objects.get(message__side=Side.IMPORTER).file_path
        left = erased()
        assert (left.round.text, left.lines.get().note, left.closing_note) == ("", "", "")
        assert left.messages.get(side=Side.IMPORTER).text == "–"
        assert EnquiryReport.objects.get().note == SenderBlock.objects.get().why == ""
        assert EnquiryAttachment.objects.get().message == kept and kept.text == "Bisa."
        assert not default_storage.exists(path)
        found = orphans.find(older_than=AT_ONCE)
        assert path not in {*found.files, *found.lost}

    def test_what_was_closed_stays_closed_and_offered(self, enquiry, erased):
        asking.quote(enquiry, note="Harga tetap.")
        enquiry.decline(by=enquiry.importer.user, version=1, reason="price", note=SECRET)
        left = erased()
        assert (left.state, left.decline_reason, left.closing_note) == ("declined", "price", "")
        assert Quotation.objects.get().note == "Harga tetap."

    def test_the_company_is_a_number_and_its_enquiries_stay(self, enquiry, erased):
        erased()
        assert Importer.objects.get().company == f"– {enquiry.importer.user_id}"

    def test_the_producer_still_reads_the_thread_and_staff_too(self, client, enquiry, erased):
        erased()
        client.force_login(asking.member_of(enquiry.producer))
        page = client.get(reverse("desk_enquiry", args=[enquiry.pk]))
        assert page.status_code == 200 and f"– {enquiry.importer.user_id}" in page.text
        assert "Única" not in page.text and client.get(reverse("desk_enquiry_list")).status_code == 200
        client.force_login(make.UserFactory.create(ministry=True))
        page = client.get(reverse("admin:enquiry_oversee", args=[enquiry.pk]))
        assert page.status_code == 200 and "Única" not in page.text

    def test_another_importers_enquiries_are_left_alone(self, enquiry, erased):
        other = asking.an_enquiry(text="Somebody else asks.")
        write(other, Side.IMPORTER, text="And asks again.")
        erased()
        other.refresh_from_db()
        assert (other.state, other.round.text) == ("sent", "Somebody else asks.")
        assert other.messages.get().text == "And asks again." and other.messages.get().attachments.count() == 1

    def test_S40_a_producers_member_is_a_number_and_the_words_stay_the_business(self):
        enquiry = asking.an_enquiry()
        make.MembershipFactory.create(producer=enquiry.producer, role="owner")
        member = make.MembershipFactory.create(producer=enquiry.producer, role="editor", user__name="Nama Unik").user
        enquiry.answer(Said(text="Bisa.", language="id"), by=member)
        erasure.erase(member, by=member)
        message = enquiry.messages.get()
        member.refresh_from_db()
        assert (message.text, message.author) == ("Bisa.", member)
        assert member.erased_at and not member.name and Enquiry.objects.get().state == "answered"

    @pytest.mark.parametrize("state", ["open", "expired"])
    def test_offers_to_a_request_are_taken_back_too_those_that_wait_as_well(self, state):
        request = make.BuyingRequestFactory.create(opened=True)
        matches = [
            make.MatchFactory.create(invited=True, request=request, score=50) for _number in range(MOST_OFFERS + 1)
        ]
        for match in matches:
            offer(match)
        assert Enquiry.objects.filter(waiting_since__isnull=False).count() == 1
        BuyingRequest.objects.update(state=state)
        erasure.erase(request.importer.user, by=request.importer.user)
        assert set(Enquiry.objects.values_list("state", "round__text")) == {("withdrawn", "")}

    def test_a_refused_erasure_withdraws_nothing(self, enquiry):
        owner = enquiry.importer.user
        make.MembershipFactory.create(user=owner, role="owner")
        with pytest.raises(erasure.SoleOwner):
            erasure.erase(owner, by=owner)
        assert Enquiry.objects.get().state == "sent"


def years_later(years, days=0):
    return time_machine.travel(timezone.now() + datetime.timedelta(days=365 * years + days), tick=False)


class TestRetention:
    def test_S40_24_months_after_it_was_closed_it_goes_whole(self, enquiry, django_capture_on_commit_callbacks):
        asking.quote(enquiry)
        path = EnquiryAttachment.objects.get().file_path
        with years_later(1):
            enquiry.withdraw(by=enquiry.importer.user)
        with years_later(2, days=2):
            assert forgetting.delete_silent_since(timezone.now() - retention.ENQUIRY_KEPT) == 0
        with years_later(3, days=2), django_capture_on_commit_callbacks(execute=True):
            assert forgetting.delete_silent_since(timezone.now() - retention.ENQUIRY_KEPT) == 1
            assert forgetting.delete_silent_since(timezone.now() - retention.ENQUIRY_KEPT) == 0
        for model in (Enquiry, EnquiryRound, EnquiryAttachment, EnquiryReport, Quotation):
            assert not model._base_manager.exists()
        assert not default_storage.exists(path)

    def test_one_that_nobody_closed_goes_24_months_after_the_last_word(self, enquiry):
        with years_later(1):
            enquiry.answer(Said(text="Bisa.", language="id"), by=asking.member_of(enquiry.producer))
        before = retention.ENQUIRY_KEPT
        with years_later(2, days=2):
            assert not forgetting.silent_since(timezone.now() - before).exists()
        with years_later(3, days=2):
            assert forgetting.silent_since(timezone.now() - before).get() == enquiry

    def test_a_round_stays_until_its_last_enquiry_goes(self):
        importer = make.ImporterFactory.create(country="CL")
        products = [make.ProductFactory.create(published=True), make.ProductFactory.create(published=True)]
        first, second = asking.ask(*products, importer=importer).enquiries.order_by("pk")
        with years_later(1):
            second.withdraw(by=importer.user)
        with years_later(2, days=2):
            assert forgetting.delete_silent_since(timezone.now() - retention.ENQUIRY_KEPT) == 1
            assert EnquiryRound.objects.get().enquiries.get() == second != first
        with years_later(4):
            assert forgetting.delete_silent_since(timezone.now() - retention.ENQUIRY_KEPT) == 1
            assert not EnquiryRound.objects.exists()

    def test_many_go_some_at_a_time(self, monkeypatch):
        monkeypatch.setattr(forgetting, "DELETED_AT_ONCE", 2)
        importer = make.ImporterFactory.create(country="CL")
        asking.ask(*[make.ProductFactory.create(published=True) for _number in range(3)], importer=importer)
        with years_later(2, days=2):
            assert forgetting.delete_silent_since(timezone.now() - retention.ENQUIRY_KEPT) == 3
        assert not Enquiry.objects.exists() and not EnquiryRound.objects.exists()

    def test_the_figures_of_the_producer_stay_right(self, enquiry):
        with years_later(2, days=-30):
            asking.answer(asking.an_enquiry(product=enquiry.lines.get().product))
        with years_later(2, days=2):
            retention.run(dry=False)
            answers = answer_figures.refresh(enquiry.producer_id)
            assert (answers.asked, answers.answered) == (1, 1)

    def test_a_dry_run_only_counts(self, enquiry):
        with years_later(2, days=2):
            assert retention.run(dry=True).enquiries == 1
        assert Enquiry.objects.get() == enquiry
