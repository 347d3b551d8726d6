import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from inquiries.models import Enquiry, EnquiryLine, EnquiryRound, EnquiryState, PaymentTerms, Quotation, Wish
from tests import asking
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def enquiry():
    product = make.ProductFactory(published=True)
    product.offers.all().delete()
    make.PriceOfferFactory(
        product=product,
        incoterm=make.IncotermFactory(code="FOB"),
        place="Tanjung Perak",
        from_quantity=Decimal(300),
        unit_price=Decimal("6.80"),
        valid_until=timezone.now().date() + datetime.timedelta(days=60),
    )
    return asking.an_enquiry(product=product)


@pytest.fixture
def member(client, enquiry):
    client.force_login(asking.member_of(enquiry.producer))
    return client


def address(enquiry):
    return reverse("quotation_create", args=[enquiry.pk])


def filled(enquiry, **changes):
    line = enquiry.lines.get()
    return {
        "incoterm": "FOB",
        "place": "Tanjung Perak",
        "currency": "USD",
        "valid_until": (timezone.now().date() + datetime.timedelta(days=30)).isoformat(),
        "lead_time_days": "28",
        "payment_terms": PaymentTerms.TT_DEPOSIT,
        "deposit_percent": "30",
        "submission_key": "one-press",
        "lines-TOTAL_FORMS": "1",
        "lines-INITIAL_FORMS": "1",
        "lines-0-product": str(line.product_id),
        "lines-0-quantity": "600",
        "lines-0-unit_price": "6.5",
        **changes,
    }


def test_the_form_begins_with_what_the_catalogue_says_and_the_importer_asks(member, enquiry):
    page = member.get(address(enquiry)).content.decode()
    assert 'value="6.8"' in page
    assert 'value="600"' in page
    assert 'value="Tanjung Perak"' in page


def asked_for(product, **terms):
    line = EnquiryLine(product=product, quantity=Decimal(600), **terms)
    wish = Wish(lines=[line], destination_country="CL", language="es")
    importer = make.ImporterFactory(country="CL")
    return EnquiryRound.send(wish, importer=importer, by=importer.user).enquiries.get()


def test_a_price_of_the_catalogue_stands_under_its_own_incoterm_whatever_is_asked(client, member, enquiry):
    wished = {"incoterm": make.IncotermFactory(code="CIF"), "place": "Valparaíso"}
    asked = asked_for(enquiry.lines.get().product, target_price=Decimal("6.20"), currency="USD", **wished)
    response = client.get(address(asked))
    form = response.context["form"]
    assert (form["incoterm"].value(), form["place"].value()) == ("FOB", "Tanjung Perak")
    assert form.lines[0]["unit_price"].value() == "6.8"
    assert "The importer asks for CIF Valparaíso" in response.text and "USD\xa06.20" in response.text
    assert "The importer asks for" not in client.get(address(enquiry)).text.replace("What the importer asks for", "")


def test_without_a_price_of_ones_own_the_terms_are_those_that_are_asked(client, member, enquiry):
    product = enquiry.lines.get().product
    product.offers.all().delete()
    asked = asked_for(product, incoterm=make.IncotermFactory(code="CIF"), place="Valparaíso")
    form = client.get(address(asked)).context["form"]
    assert (form["incoterm"].value(), form["place"].value()) == ("CIF", "Valparaíso")
    assert form.lines[0]["unit_price"].value() is None and not form.other_terms


def test_a_price_under_other_terms_than_the_first_is_left_open(client, member, enquiry):
    other = make.ProductFactory(published=True, producer=enquiry.producer)
    other.offers.all().delete()
    make.PriceOfferFactory(product=other, incoterm=make.IncotermFactory(code="CIF"), place="Callao", from_quantity=1)
    line = EnquiryLine(product=other, quantity=Decimal(600), position=2, enquiry=enquiry, title=other.title)
    line.save()
    form = client.get(address(enquiry)).context["form"]
    assert [row["unit_price"].value() for row in form.lines] == ["6.8", None]


def test_a_quotation_is_sent_once_however_often_it_is_pressed(member, enquiry):
    for _press in range(2):
        answer = member.post(address(enquiry), filled(enquiry))
        assert answer.status_code == 302
    quotation = Quotation.objects.get()
    assert (quotation.version, quotation.total()) == (1, Decimal("3900"))
    assert quotation.lines.get().title == enquiry.lines.get().title
    assert Enquiry.objects.get(pk=enquiry.pk).state == EnquiryState.QUOTED


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"lines-0-unit_price": ""}, "Give a price for at least one product."),
        ({"lines-0-quantity": ""}, "For which quantity is this price?"),
        ({"valid_until": "2020-01-01"}, "Its last day is past."),
        ({"valid_until": "2999-01-01"}, "A quotation holds for at most 180 days."),
        ({"deposit_percent": ""}, "How much is the deposit?"),
        ({"payment_terms": "lc_usance"}, "How long is the term?"),
        ({"lines-0-product": "999999"}, "This product is not part of the enquiry."),
        ({"lead_time_days": "0"}, "greater than or equal to 1"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(member, enquiry, changes, sentence):
    answer = member.post(address(enquiry), filled(enquiry, packing_note="Karton ganda", **changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Karton ganda" in page
    assert not Quotation.objects.exists()


def test_who_has_not_seen_the_newest_message_is_told_and_may_send_again(member, enquiry):
    asking.answer(enquiry)
    told = member.post(address(enquiry), filled(enquiry, seen="0"))
    assert told.status_code == 422
    assert "Please read it first" in told.content.decode()
    newest = enquiry.messages.get().pk
    assert f'name="seen" value="{newest}"' in told.content.decode()
    assert member.post(address(enquiry), filled(enquiry, seen=str(newest))).status_code == 302


def test_a_new_version_begins_with_the_one_before(member, enquiry):
    asking.quote(enquiry, price="6.50", lead_time_days=41)
    page = member.get(address(enquiry)).content.decode()
    assert 'value="6.5"' in page
    assert 'value="41"' in page


def test_a_closed_enquiry_is_not_quoted(member, enquiry):
    enquiry.withdraw(by=enquiry.importer.user)
    assert member.get(address(enquiry)).status_code == 409


def test_the_number_of_queries_does_not_grow_with_the_products(member, django_assert_max_num_queries):
    products = make.ProductFactory.create_batch(12, published=True, producer=make.ProducerFactory(listed=True))
    importer = make.ImporterFactory(country="CL")
    member.force_login(asking.member_of(products[0].producer))
    for some in (products[:1], products):
        enquiry = asking.ask(*some, importer=importer).enquiries.get()
        with django_assert_max_num_queries(16):
            assert member.get(address(enquiry)).status_code == 200
