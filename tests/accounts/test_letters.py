from __future__ import annotations

import datetime
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_q.models import OrmQ

from accounts import letters
from accounts.models import AuditEntry, Letter, LetterState, User
from accounts.workflow import Refused
from catalog import mails as catalog_mails
from catalog.models import Product, ProductRevision
from catalog.models.request import Asked
from exporters import mails as exporter_mails
from exporters.models import Certificate, Producer
from markets import mails as market_mails
from markets.models import MarketListing
from tests.factories import (
    CertificateFactory,
    MarketListingFactory,
    MembershipFactory,
    ProductFactory,
    RevisionFactory,
    UserFactory,
)
from tests.registering import IMPORTER, PRODUCER, importer_form, producer_form

HEAD = {
    "Content-Type", "MIME-Version", "Subject", "From", "To", "Reply-To", "Date", "Message-ID",
    "Auto-Submitted", "List-Unsubscribe", "List-Unsubscribe-Post",
}  # fmt: skip
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def post(event: str = "something:1", address: str = "siti@example.test") -> None:
    letters.post(address, subject="Hello", body="Text", event=event, language="en")


def test_a_letter_waits_in_the_outbox_and_the_queue_is_woken(db):
    post()
    assert Letter.objects.get().state == LetterState.WAITING
    assert OrmQ.objects.count() == 1
    assert not mail.outbox


def test_S31_a_rollback_leaves_neither_letter_nor_job(db):
    with transaction.atomic():
        post()
        transaction.set_rollback(True)
    assert not Letter.objects.exists()
    assert not OrmQ.objects.exists()


def test_S31_one_event_writes_to_one_address_once(db):
    post()
    post()
    post(address="other@example.test")
    assert Letter.objects.count() == 2


def test_sending_empties_the_body_and_happens_once(db):
    post()
    assert letters.send_due() == 1
    assert letters.send_due() == 0
    assert [message.to for message in mail.outbox] == [["siti@example.test"]]
    letter = Letter.objects.get()
    assert (letter.state, letter.body) == (LetterState.SENT, "")


def test_S31_with_the_mail_server_down_nothing_is_lost_and_the_waits_grow(db, settings):
    settings.EMAIL_BACKEND = "no.such.backend"
    post()
    waits = []
    for _time in range(letters.MAX_TRIES):
        Letter.objects.update(next_try_at=timezone.now())
        letters.send_due()
        waits.append(Letter.objects.get().next_try_at - timezone.now())
    assert waits == sorted(waits)
    assert waits[1] > datetime.timedelta(seconds=100)
    letter = Letter.objects.get()
    assert (letter.state, letter.tries, letter.body) == (LetterState.FAILED, letters.MAX_TRIES, "Text")
    assert letter.last_error


def test_a_letter_that_failed_is_sent_again_by_staff_only_once(db):
    post()
    Letter.objects.update(state=LetterState.FAILED, tries=8)
    staff = UserFactory.create(ministry=True)
    letter = Letter.objects.get()
    letter.retry(by=staff)
    assert AuditEntry.objects.get(verb="retry").by == staff
    assert letters.send_due() == 1
    with pytest.raises(Refused) as refusal:
        letter.retry(by=staff)
    assert refusal.value.code == "letter_not_failed"


def test_S24_no_line_end_gets_into_the_subject(db):
    letters.post("siti@example.test", subject="Hi\r\nBcc: x@evil.test", body="", event="e", language="en")
    letters.send_due()
    assert mail.outbox[0].subject == "Hi Bcc: x@evil.test"
    assert mail.outbox[0].bcc == []


def test_nothing_in_a_letter_is_escaped_as_html(db):
    name = "O'Brien & Söhne <sandal>"
    member = MembershipFactory.create(producer__trade_name=name, user__name=name)
    member.producer.invite("new@example.test", role="editor", by=member.user, language="en")
    assert name in Letter.objects.get().body


# --- every letter in every language ----------------------------------------------------------------


def write_all() -> None:
    """One of each letter of catalogue, markets and producers."""
    revision = ProductRevision.objects.get()
    product, listing = Product.objects.get(slug__isnull=False), MarketListing.objects.get()
    catalog_mails.revision_submitted(revision)
    catalog_mails.revision_approved(revision)
    catalog_mails.changes_requested(
        revision, [Asked("offers", "price_incomplete", "Which port?"), Asked("moq", "other", "How many?")]
    )
    catalog_mails.revision_rejected(revision)
    reviewer = User.objects.get(groups__name="ministry")
    catalog_mails.review_assigned(revision, to=reviewer, by=reviewer, number=1)
    catalog_mails.translation_written(revision, ["title.es", "description.pt"])
    catalog_mails.product_suspended(product, why="A complaint.")
    market_mails.listing_listed(listing)
    market_mails.listing_declined(listing)
    market_mails.listing_withdrawn(listing, why="No demand.")
    market_mails.listing_proposed(listing)
    exporter_mails.producer_suspended(product.producer, why="A complaint.")
    for certificate in Certificate.objects.all():
        exporter_mails.certificate_verified(certificate)
        exporter_mails.certificate_rejected(certificate)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_has_subject_text_and_links_of_the_readers_language(db, language):
    member = MembershipFactory.create(user__language=language)
    product = ProductFactory.create(published=True, producer=member.producer)
    RevisionFactory.create(submitted=True, product=product, rejection="Not allowed.")
    MarketListingFactory.create(listed=True, product=product)
    CertificateFactory.create(producer=member.producer)
    UserFactory.create(ministry=True, language=language)
    write_all()
    written = Letter.objects.all()
    assert written.count() == 14
    for letter in written:
        assert letter.language == language
        assert len(letter.subject) > 10
        assert letter.body.count("\n") > 3
        links = re.findall(r"https?://\S+", letter.body)
        assert len(links) >= 1, letter.event
        assert all(f"/{language}/" in link or "/admin/" in link for link in links), (letter.event, links)
        assert "{" not in letter.body


WRITTEN = "=1+1\r\nBcc: x@evil.test\n<script>alert(1)</script>"


def test_S24_whatever_names_say_no_letter_has_another_head_than_ours(db):
    member = MembershipFactory.create(user__name=WRITTEN)
    Producer.objects.update(trade_name=WRITTEN)
    product = ProductFactory.create(published=True, producer=member.producer, title={"en": WRITTEN, "id": WRITTEN})
    RevisionFactory.create(submitted=True, product=product, rejection=WRITTEN, title={"en": WRITTEN, "id": WRITTEN})
    MarketListingFactory.create(listed=True, product=product)
    CertificateFactory.create(producer=member.producer, number=WRITTEN)
    reviewer = UserFactory.create(ministry=True, name=WRITTEN)
    write_all()
    letters.send_due()
    assert len(mail.outbox) == Letter.objects.count() == 14
    for message in mail.outbox:
        sent = message.message()
        assert set(sent.keys()) <= HEAD, sent.keys()
        assert sent["From"] == settings.DEFAULT_FROM_EMAIL and len(message.recipients()) == 1
        assert message.recipients()[0] in {member.user.email, reviewer.email}


def test_S22_whatever_names_say_no_markup_of_theirs_runs_in_a_letter(db):
    product = ProductFactory.create(producer=MembershipFactory.create().producer, title={"en": WRITTEN})
    catalog_mails.product_suspended(product, why=WRITTEN)
    letters.send_due()
    sent = mail.outbox[0]
    assert isinstance(sent, mail.EmailMultiAlternatives) and "<script>" in sent.body
    html = str(sent.alternatives[0][0])
    assert sent.message().get_content_type() == "multipart/alternative" and "&lt;script&gt;alert(1)" in html
    assert "<script" not in html and "<img" not in html


@pytest.mark.parametrize(
    "address", ["siti@example.test\r\nBcc: x@evil.test", "siti@example.test\nSubject: x", "a\r@b.test"]
)
@pytest.mark.parametrize("form", ["producer", "importer", "reset", "invitation"])
def test_S24_an_address_with_a_line_end_is_refused_and_written_to_by_nobody(db, client, form, address):
    if form == "invitation":
        member = MembershipFactory.create(role="owner")
        client.force_login(member.user)
        sent = client.post(reverse("member_invite", args=[member.producer.pk]), {"email": address, "role": "editor"})
    elif form == "reset":
        sent = client.post(reverse("account_reset_password"), {"email": address})
    else:
        said = producer_form(email=address) if form == "producer" else importer_form(email=address)
        sent = client.post(PRODUCER if form == "producer" else IMPORTER, said)
    assert sent.status_code in (200, 422) and sent.context["form"].errors["email"]
    assert not Letter.objects.exists() and not OrmQ.objects.exists()


def test_what_the_reviewers_ask_stands_in_words(db):
    member = MembershipFactory.create()
    revision = RevisionFactory.create(submitted=True, product__producer=member.producer)
    catalog_mails.changes_requested(revision, [Asked("offers", "price_incomplete", "Which port?")])
    assert "- Prices (price incomplete): Which port?" in Letter.objects.get().body


def test_every_letter_of_the_folder_begins_with_its_subject():
    for path in Path(settings.BASE_DIR, "templates/mails").rglob("[!_]*.txt"):
        first = path.read_text().splitlines()[0]
        assert "translate" in first, path.name
