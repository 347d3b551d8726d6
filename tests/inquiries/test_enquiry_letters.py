from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse

from accounts import letter_choices, letters
from accounts.letter_mail import message_id
from accounts.models import Letter, LetterKind, User
from kit.languages import pick
from tests import factories as make
from tests.asking import an_enquiry, answer, ask, member_of, quote

pytestmark = pytest.mark.django_db


@pytest.fixture
def enquiry():
    importer = make.ImporterFactory(country="CL", user__email="buyer@importer.test", user__language="en")
    return an_enquiry(importer)


def to_importer(enquiry):
    return Letter.objects.filter(recipient=enquiry.importer.user, thread=f"enquiry:{enquiry.pk}").order_by("pk")


def test_the_letters_about_an_enquiry_stand_together_with_each_reader(enquiry):
    answer(enquiry)
    quote(enquiry)
    letters.send_due()
    first, *later = to_importer(enquiry)
    assert later and all(letter.kind == LetterKind.ENQUIRIES for letter in (first, *later))
    heads = {message.extra_headers["Message-ID"]: message.message() for message in mail.outbox}
    assert "References" not in heads[message_id(first)]
    assert {heads[message_id(letter)]["In-Reply-To"] for letter in later} == {message_id(first)}


def test_they_have_one_subject_in_the_readers_language_and_begin_with_what_happened(enquiry):
    User.objects.filter(pk=member_of(enquiry.producer).pk).update(language="id")
    answer(enquiry)
    quote(enquiry)
    enquiry.withdraw(by=enquiry.importer.user)
    letters.send_due()
    goods = {language: pick(enquiry.lines.get().title, language).text for language in ("en", "id")}
    of_importer: list[Any] = [message for message in mail.outbox if message.to == ["buyer@importer.test"]]
    *_first, answered, quoted = of_importer
    assert answered.subject == quoted.subject == f"Enquiry {enquiry.number}: {goods['en']}"
    happened = f"{enquiry.producer.trade_name} answers your enquiry {enquiry.number}"
    assert answered.body.startswith(f"{happened}\n\nDear ")
    html = answered.alternatives[0][0]
    assert html.count(happened) == 2 and re.search(rf"<h1[^>]*>{happened}</h1>", html), "preheader and heading"
    withdrawn = Letter.objects.get(event__startswith="enquiry_withdrawn")
    assert withdrawn.subject == f"Permintaan penawaran {enquiry.number}: {goods['id']}"


def test_a_letter_knows_the_page_on_which_it_is_answered(enquiry, settings):
    answer(enquiry)
    page = to_importer(enquiry).latest("pk").page
    assert page == settings.SITE_URL + reverse("enquiry_detail", args=[enquiry.pk])


def test_no_letter_tells_the_address_of_the_other_side(enquiry):
    owner = member_of(enquiry.producer)
    answer(enquiry)
    quote(enquiry)
    letters.send_due()
    assert len(mail.outbox) >= 3
    for message in mail.outbox:
        others = {owner.email, "buyer@importer.test"} - set(message.to)
        assert not any(address in str(message.message().as_bytes()) for address in others), message.subject


def test_who_chose_so_gets_them_once_a_day(enquiry):
    letter_choices.choose(enquiry.importer.user, {"enquiries": "daily"})
    answer(enquiry)
    assert to_importer(enquiry).latest("pk").state == "held"


def test_what_was_sent_is_named_product_by_product():
    leather, rubber = (make.ProductFactory(published=True, title={"en": name}) for name in ("Leather", "Rubber"))
    importer = make.ImporterFactory(country="CL", user__language="en")
    ask(leather, rubber, importer=importer)
    body = Letter.objects.get(event__startswith="enquiries_sent").body.replace("\xa0", " ")
    assert "\n  Leather, 600 pairs\n" in body and "\n  Rubber, 600 pairs\n" in body and "\n\n\n" not in body


def test_a_quotation_says_its_price_and_leads_to_itself(enquiry):
    quotation = quote(enquiry)
    body = to_importer(enquiry).latest("pk").body.replace("\xa0", " ")
    assert "USD 6.80" in body and "Total FOB Tanjung Perak: USD 4,080.00" in body
    assert reverse("quotation_detail", args=[quotation.pk]) in body


def test_words_in_another_language_are_marked_with_it(enquiry):
    answer(enquiry)
    assert "kami kirim harga besok.\n(Written in Indonesian)" in to_importer(enquiry).latest("pk").body
