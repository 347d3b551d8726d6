import io
from decimal import Decimal

import pypdfium2
import pytest
from django.urls import reverse
from django.utils.translation import override

from accounts.models import AuditEntry
from inquiries.freight import freight_of
from inquiries.quotation_pdf import draw
from tests import asking
from tests import factories as make

pytestmark = pytest.mark.django_db


def text_of(pdf):
    return "\n".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(io.BytesIO(pdf)))


@pytest.fixture
def quotation():
    product = make.ProductFactory(
        published=True,
        units_per_carton=Decimal(20),
        carton_length_cm=60,
        carton_width_cm=40,
        carton_height_cm=40,
        gross_kg=Decimal(12),
        net_kg=Decimal(10),
    )
    return asking.quote(asking.an_enquiry(product=product), note="Harga termasuk kemasan. Ñandú, ação.")


@pytest.mark.parametrize(
    ("language", "price"),
    [("en", "USD 6.80"), ("es", "USD 6,80"), ("pt-br", "USD 6,80"), ("id", "USD 6,80")],
)
def test_it_is_read_in_four_languages(quotation, language, price):
    with override(language):
        text = text_of(draw(quotation)).replace("\xa0", " ")
    assert price in text
    assert quotation.number in text
    assert quotation.enquiry.importer.company in text
    assert "Ñandú, ação." in text
    assert quotation.enquiry.importer.user.email not in text


def test_freight_is_added_up_in_whole_cartons(quotation):
    line = quotation.lines.get()
    line.quantity = Decimal(601)
    freight = freight_of([line])
    assert (freight.cartons, freight.cbm, freight.gross_kg) == (31, Decimal("2.976"), Decimal(372))


def test_unknown_packing_is_said_to_be_unknown():
    quotation = asking.quote(asking.an_enquiry(product=make.ProductFactory(published=True, units_per_carton=None)))
    assert not freight_of(quotation.lines.all()).is_known


def test_each_side_gets_it_and_a_stranger_does_not(client, quotation):
    address = reverse("quotation_pdf", args=[quotation.pk])
    for person in (quotation.enquiry.importer.user, asking.member_of(quotation.enquiry.producer)):
        client.force_login(person)
        answer = client.get(address)
        assert answer["Content-Type"] == "application/pdf"
        assert "no-store" in answer["Cache-Control"]
    client.force_login(make.ImporterFactory().user)
    assert client.get(address).status_code == 404


def test_fifty_lines_go_on_further_pages(quotation):
    products = make.ProductFactory.create_batch(49, published=True, producer=quotation.enquiry.producer)
    enquiry = asking.ask(*products, importer=quotation.enquiry.importer).enquiries.get()
    pdf = draw(asking.quote(enquiry))
    assert len(pypdfium2.PdfDocument(io.BytesIO(pdf))) > 1


def test_what_the_ministry_reads_on_paper_stands_in_the_trail(client, quotation):
    client.force_login(make.UserFactory(ministry=True))
    paper = client.get(reverse("quotation_pdf", args=[quotation.pk]))
    assert paper["Content-Disposition"].endswith('.pdf"') and "no-store" in paper["Cache-Control"]
    assert AuditEntry.objects.filter(verb="read", object_id=str(quotation.enquiry_id)).count() == 1


def test_a_long_note_is_on_paper_whole_with_its_language(quotation):
    quotation.note = "\n\n".join(f"Syarat {number}: " + "kemasan kardus polos, " * 3 for number in range(25))
    with override("es"):
        text = text_of(draw(quotation))
    assert "Syarat 0:" in text and "Syarat 24:" in text
    assert "Escrito en Indonesio" in text
    with override("id"):
        assert "Ditulis dalam" not in text_of(draw(quotation))
