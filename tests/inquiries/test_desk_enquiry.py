"""The producer reads an enquiry and answers it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import Letter
from inquiries.models import EnquiryLine, EnquiryMessage, EnquiryRound, Said, Side, Wish
from tests import asking
from tests import factories as make
from tests.exporters.certificates import GOOD_PDF
from tests.hostile.strings import NAUGHTY
from tests.kit import pdf_corpus, picture_corpus

pytestmark = pytest.mark.django_db


@pytest.fixture
def enquiry():
    importer = make.ImporterFactory(country="CL", company="Importadora Andes", user__language="es")
    return asking.an_enquiry(importer, text="¿Cuál es el precio?")


@pytest.fixture
def member(client, enquiry):
    person = asking.member_of(enquiry.producer)
    client.force_login(person)
    return person


def address(enquiry):
    return reverse("desk_enquiry", args=[enquiry.pk])


def said(**given):
    return {"kind": "text", "text": "Terima kasih.", "language": "id", "seen": "0"} | given


def pdf(name="gambar.pdf"):
    return SimpleUploadedFile(name, GOOD_PDF)


# --- reading -------------------------------------------------------------------------------------


def test_the_page_says_who_asks_and_in_which_language(client, enquiry, member):
    html = client.get(address(enquiry)).text
    assert "Importadora Andes, Chile" in html and enquiry.number in html
    assert '<p class="prose" lang="es">¿Cuál es el precio?</p>' in html and "Written in Spanish" in html
    assert enquiry.importer.user.email not in html


def test_each_line_stands_beside_what_the_product_says(client, member, enquiry):
    product = enquiry.lines.get().product
    product.offers.all().delete()
    make.PriceOfferFactory(product=product, unit_price=Decimal("6.40"), from_quantity=Decimal(300))
    make.PriceOfferFactory(product=product, unit_price=Decimal("5.90"), from_quantity=Decimal(1000))
    held = make.CertificateFactory(producer=product.producer, verified=True)
    product.coverages.create(certificate=held)
    other = make.CertificateTypeFactory(code="ISO9001")
    line = EnquiryLine(
        product=product,
        quantity=Decimal(100),
        target_price=Decimal("5.5"),
        currency="USD",
        destination_port="Valparaíso",
        certificates=[held.type_id, other.pk],
        samples=2,
        note="Tallas 36 a 41",
    )
    wish = Wish(lines=[line], destination_country="CL", language="es")
    asked = EnquiryRound.send(wish, importer=enquiry.importer, by=enquiry.importer.user).enquiries.get()
    html = client.get(address(asked)).text
    for part in ("USD\xa05.50", "Valparaíso", "USD\xa06.40", "you have it", "missing", "Tallas 36 a 41"):
        assert part in html, part
    assert "Less than the minimum order" in html


def test_a_product_that_is_gone_leaves_what_was_asked(client, enquiry, member):
    title = enquiry.lines.get().title
    enquiry.lines.update(product=None)
    html = client.get(address(enquiry)).text
    assert next(iter(title.values())) in html and "Your price" not in html


def test_a_note_of_the_mission_looks_different_and_says_who_reads_it(client, enquiry, member):
    post = make.MissionStaffFactory()
    enquiry.write(Said(text="Balas segera.", to=Side.PRODUCER, language="id"), side=Side.MISSION, by=post.user)
    enquiry.write(Said(text="Rahasia.", to=Side.IMPORTER, language="id"), side=Side.MISSION, by=post.user)
    html = client.get(address(enquiry)).text
    assert "msg--mission" in html and "For you alone" in html and str(post.mission) in html
    assert "Rahasia." not in html and post.user.name not in html


def test_a_colleague_is_named_and_the_importers_person_is_not(client, enquiry, member):
    colleague = make.MembershipFactory(producer=enquiry.producer, user__name="Yoga Prasetya").user
    enquiry.answer(Said(text="Sebentar.", language="id"), by=colleague)
    html = client.get(address(enquiry)).text
    assert "Yoga Prasetya" in html and enquiry.importer.user.name not in html


def test_a_closed_one_says_why_and_takes_no_answer(client, enquiry, member):
    enquiry.withdraw(by=enquiry.importer.user, why="Ya no lo necesitamos")
    html = client.get(address(enquiry)).text
    assert "withdrawn by the importer" in html and "Ya no lo necesitamos" in html and "data-kinds" not in html


def test_a_long_thread_costs_as_many_queries_as_a_short_one(client, enquiry, member):
    asking.answer(enquiry)
    client.get(address(enquiry))
    with CaptureQueriesContext(connection) as short:
        client.get(address(enquiry))
    for number in range(12):
        enquiry.write(Said(text=f"{number}", language="es"), side=Side.IMPORTER, by=enquiry.importer.user)
    client.get(address(enquiry))
    with CaptureQueriesContext(connection) as long:
        client.get(address(enquiry))
    assert len(short) == len(long) <= 22


# --- answering -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({"kind": "ask_quantity", "text": ""}, "ask_quantity"),
        ({"kind": "ask_details", "text": ""}, "ask_details"),
        ({"kind": "text"}, "text"),
        ({"kind": "sample_terms", "sample_price": "0", "sample_currency": "USD", "sample_days": "5"}, "sample_terms"),
    ],
)
def test_each_kind_of_answer_makes_it_the_importers_turn(client, enquiry, member, given, kind):
    response = client.post(address(enquiry), said(**given))
    assert response.status_code == 302
    enquiry.refresh_from_db()
    message = enquiry.messages.get()
    assert (message.kind, message.side, message.author, message.language) == (kind, "producer", member, "id")
    assert (enquiry.state, enquiry.turn) == ("answered", "importer")
    assert Letter.objects.filter(event__startswith=f"enquiry_answered:{enquiry.pk}").count() == 1


def test_coded_parts_are_read_in_the_importers_language_and_free_text_as_written(client, enquiry, member):
    client.post(address(enquiry), said(kind="sample_terms", sample_price="15", sample_currency="USD", sample_days="5"))
    client.force_login(enquiry.importer.user)
    html = client.get(reverse("enquiry_detail", args=[enquiry.pk])).text
    assert "Terms for samples" in html and "USD\xa015.00" in html and "within 5 days" in html
    assert '<p class="prose" lang="id">Terima kasih.</p>' in html and "Written in Indonesian" in html


def test_what_a_kind_of_answer_needs_is_not_called_optional(client, enquiry, member):
    html = client.get(address(enquiry)).text
    assert html.count("(optional)") == 1, "the files alone"


def test_that_nothing_can_be_supplied_closes_it_with_its_reason(client, enquiry, member):
    assert client.post(address(enquiry), said(kind="cannot_supply", reason="capacity", text="")).status_code == 302
    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.refusal_reason) == ("refused", "capacity")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"text": " "}, "text"),
        ({"text": "x" * 4001}, "text"),
        ({"kind": "cannot_supply"}, "reason"),
        ({"kind": "sample_terms"}, "sample_price"),
        ({"kind": "sample_terms", "sample_price": "-1"}, "sample_price"),
        ({"kind": "sample_terms", "sample_price": "1", "sample_days": "1000"}, "sample_days"),
        ({"kind": "hypnosis"}, "kind"),
        ({"language": "xx"}, "language"),
        ({"seen": "9" * 30}, "seen"),
    ],
)
def test_what_is_wrong_is_named_and_what_was_typed_stays(client, enquiry, member, given, field):
    response = client.post(address(enquiry), said(text="Sudah diketik") | given)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert "text" in given or "Sudah diketik" in response.text
    assert not EnquiryMessage.objects.exists()


def test_what_is_wrong_in_another_kind_of_answer_is_no_reason_to_stop(client, enquiry, member):
    assert client.post(address(enquiry), said(sample_days="many", sample_price="a lot")).status_code == 302


def test_S29_a_double_click_answers_once_and_keeps_one_file(client, enquiry, member):
    given = [said(submission_key="k1", attachments=[pdf()]) for _click in range(2)]
    assert [client.post(address(enquiry), data).status_code for data in given] == [302, 302]
    assert EnquiryMessage.objects.count() == 1
    assert len(default_storage.listdir("attachments")[1]) == 1


def test_S29_a_double_click_on_cannot_supply_is_answered_like_the_first(client, enquiry, member):
    data = said(kind="cannot_supply", reason="price", submission_key="k2")
    assert [client.post(address(enquiry), data).status_code for _click in range(2)] == [302, 302]


def test_what_was_written_meanwhile_is_shown_and_what_was_typed_is_kept(client, enquiry, member):
    enquiry.write(Said(text="Que sean 800.", language="es"), side=Side.IMPORTER, by=enquiry.importer.user)
    response = client.post(address(enquiry), said(text="Untuk 600 pasang", attachments=[pdf()]))
    assert response.status_code == 409
    for part in ("Que sean 800.", "Untuk 600 pasang", "Please read it first"):
        assert part in response.text
    newest = enquiry.messages.get().pk
    assert response.context["form"]["seen"].value() == str(newest)
    assert not default_storage.exists("attachments") or not default_storage.listdir("attachments")[1]
    assert client.post(address(enquiry), said(text="Untuk 600 pasang", seen=str(newest))).status_code == 302


def test_an_answer_to_a_withdrawn_one_is_refused_with_what_was_typed(client, enquiry, member):
    enquiry.withdraw(by=enquiry.importer.user)
    response = client.post(address(enquiry), said(text="Harga kami USD 6"))
    assert response.status_code == 409
    assert "What you typed was not sent" in response.text and "Harga kami USD 6" in response.text


def test_hostile_words_are_shown_as_words(client, enquiry, member):
    for text in NAUGHTY[::9]:
        response = client.post(address(enquiry), said(text=text, seen="", submission_key=""))
        assert response.status_code in {302, 422}
    html = client.get(address(enquiry)).text
    assert "<script>alert" not in html and "<img src=x" not in html


def test_many_messages_in_an_hour_are_too_many(client, enquiry, member):
    with override_settings(RATE_LIMITS={"message": (1, 3600), "upload": (60, 3600)}):
        assert client.post(address(enquiry), said(seen="")).status_code == 302
        assert client.post(address(enquiry), said(seen="")).status_code == 429


# --- files ---------------------------------------------------------------------------------------


def test_files_come_with_the_answer(client, enquiry, member):
    photo = SimpleUploadedFile("foto.jpg", picture_corpus.camera_jpeg())
    assert client.post(address(enquiry), said(attachments=[pdf(), photo])).status_code == 302
    kept = list(enquiry.messages.get().attachments.values_list("name", "file_kind"))
    assert kept == [("gambar.pdf", "pdf"), ("foto.jpg", "picture")]


def test_a_hostile_file_stops_the_answer_and_leaves_none(client, enquiry, member):
    name, content, _code = next(iter(pdf_corpus.refused_files()))
    response = client.post(address(enquiry), said(attachments=[pdf(), SimpleUploadedFile(name, content)]))
    assert response.status_code == 422 and "attachments" in response.context["form"].errors
    assert not default_storage.listdir("attachments")[1] and not EnquiryMessage.objects.exists()


def test_more_than_five_files_and_more_than_the_quota_are_refused(client, enquiry, member):
    assert client.post(address(enquiry), said(attachments=[pdf() for _number in range(6)])).status_code == 422
    with override_settings(UPLOAD_QUOTA_MB=0):
        response = client.post(address(enquiry), said(attachments=[pdf()]))
    assert response.status_code == 422 and "was not attached" in response.text
    assert not EnquiryMessage.objects.exists()


def test_looking_counts_as_read_and_writing_is_no_news_to_oneself(client, enquiry, member):
    client.get(address(enquiry))
    client.post(address(enquiry), said())
    enquiry.refresh_from_db()
    assert not enquiry.is_unread_by(Side.PRODUCER) and enquiry.is_unread_by(Side.IMPORTER)
    assert enquiry.producer_seen_at <= timezone.now()
