"""The importer reads a thread in their own language and writes on."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from inquiries.models import Said, Side, Stage
from tests import asking
from tests import factories as make
from tests.exporters.certificates import GOOD_PDF

pytestmark = pytest.mark.django_db
MONDAY = datetime.datetime(2026, 11, 23, 3, tzinfo=datetime.UTC)


@pytest.fixture
def importer(client):
    row = make.ImporterFactory(country="CL", user__time_zone="America/Santiago")
    client.force_login(row.user)
    return row


def address(enquiry, language="en"):
    with override(language):
        return reverse("enquiry_detail", args=[enquiry.pk])


def said(**given):
    return {"text": "Gracias.", "language": "es", "seen": "0"} | given


def test_who_answers_by_when_is_said_in_the_readers_zone(client, importer):
    with time_machine.travel(MONDAY):
        enquiry = asking.an_enquiry(importer)
        client.force_login(importer.user)
        html = client.get(address(enquiry)).text
    assert f"{enquiry.producer.trade_name} answers by Mon 30 Nov, 00:00 UTC−03." in html


def test_lateness_is_said_with_what_is_done_about_it(client, importer):
    with time_machine.travel(MONDAY):
        enquiry = asking.an_enquiry(importer)
    with time_machine.travel(MONDAY + datetime.timedelta(days=8)):
        client.force_login(importer.user)
        assert "has not answered; it was due by" in client.get(address(enquiry)).text
        type(enquiry).objects.filter(pk=enquiry.pk).update(stage=Stage.MISSION_TOLD)
        assert "The Indonesian mission knows" in client.get(address(enquiry)).text


def test_a_refused_one_says_why_and_shows_others(client, importer):
    product = make.ProductFactory(published=True)
    other = make.ProductFactory(published=True, commodity=product.commodity, hs6=product.hs6, title={"en": "Other"})
    enquiry = asking.an_enquiry(importer, product)
    assert "Others who offer" not in client.get(address(enquiry)).text
    enquiry.refuse(Said(kind="cannot_supply", reason="capacity"), by=asking.member_of(product.producer))
    html = client.get(address(enquiry)).text
    assert "our capacity is taken" in html and "Others who offer" in html and other.producer.trade_name in html
    assert "Send the message" not in html and "Withdraw" not in html


def test_a_long_silent_one_shows_others_too(client, importer):
    product = make.ProductFactory(published=True)
    make.ProductFactory(published=True, commodity=product.commodity, hs6=product.hs6)
    enquiry = asking.an_enquiry(importer, product)
    type(enquiry).objects.filter(pk=enquiry.pk).update(stage=Stage.ALTERNATIVES)
    assert "Others who offer" in client.get(address(enquiry)).text


def test_a_held_one_says_who_has_it_and_cannot_be_written_to(client, importer):
    held = asking.an_enquiry(importer, text="http://a.test http://b.test http://c.test http://d.test")
    html = client.get(address(held)).text
    assert "The Indonesian mission looks at it first" in html and "Send the message" not in html
    assert client.post(address(held), said()).status_code == 409


def test_a_message_with_a_file_makes_it_the_producers_turn(client, importer):
    enquiry = asking.an_enquiry(importer)
    asking.answer(enquiry)
    file = SimpleUploadedFile("etiqueta.pdf", GOOD_PDF)
    newest = enquiry.messages.get().pk
    assert client.post(address(enquiry), said(seen=newest, attachments=[file])).status_code == 302
    enquiry.refresh_from_db()
    message = enquiry.messages.get(side=Side.IMPORTER)
    assert (message.side, message.attachments.get().name, enquiry.turn) == ("importer", "etiqueta.pdf", "producer")


def test_the_language_is_that_of_the_page_and_can_be_changed(client, importer):
    enquiry = asking.an_enquiry(importer)
    form = client.get(address(enquiry, "pt-br")).context["form"]
    assert form["language"].value() == "pt"
    client.post(address(enquiry, "pt-br"), said(language="en"))
    assert enquiry.messages.get().language == "en"


def test_nothing_written_is_wrong_and_an_answer_meanwhile_is_told(client, importer):
    enquiry = asking.an_enquiry(importer)
    assert client.post(address(enquiry), said(text="")).status_code == 422
    asking.answer(enquiry, "Harga USD 6")
    response = client.post(address(enquiry), said(text="¿Cuánto cuesta?"))
    assert response.status_code == 409
    assert "Harga USD 6" in response.text and "¿Cuánto cuesta?" in response.text


def test_a_double_click_writes_once(client, importer):
    enquiry = asking.an_enquiry(importer)
    answers = [client.post(address(enquiry), said(submission_key="k")) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302] and enquiry.messages.count() == 1


def test_what_the_mission_told_the_producer_alone_is_not_there(client, importer):
    enquiry = asking.an_enquiry(importer)
    mission = make.MissionStaffFactory()
    enquiry.write(Said(text="Catatan rahasia", to=Side.PRODUCER, language="id"), side=Side.MISSION, by=mission.user)
    html = client.get(address(enquiry)).text
    assert "Catatan rahasia" not in html and "message written" not in html.lower()


def test_the_other_sides_addresses_are_not_there(client, importer):
    enquiry = asking.an_enquiry(importer)
    member = asking.answer(enquiry).author
    html = client.get(address(enquiry)).text
    assert member.email not in html and member.name not in html
