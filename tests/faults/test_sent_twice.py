"""S29: each form that makes something, sent by twenty at once with one key: one thing, and one answer for all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.submissions import KeyedForm
from catalog.models import Product
from catalog.views.desk_products import StartForm
from exporters.forms import CertificateForm, InvitationForm, ProducerCreateForm
from exporters.models import Certificate, Invitation, Producer
from inquiries.admin.enquiry_forms import StepInForm
from inquiries.forms.basket import SendForm
from inquiries.forms.buying_requests import BuyingRequestForm
from inquiries.forms.messages import AnswerForm, MessageForm
from inquiries.forms.offers import OfferForm
from inquiries.forms.quotations import QuotationForm
from inquiries.models import BuyingRequest, EnquiryMessage, ImporterNote, Quotation
from markets.admin import collection_form, note_pages
from markets.models import Collection, MissionNote, MissionStaff
from tests.api.test_races import at_once
from tests.exporters.certificates import GOOD_PDF
from tests.factories import in_days
from tests.hostile.forms import every_form
from tests.inquiries.asking_pages import request_form
from tests.inquiries.test_request_invitation import offer_form
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def certificate(world: World) -> dict[str, Any]:
    return {
        "producer": world.producer.pk, "type": world.certificate.type_id, "number": "ID31110000123450321",
        "issuer": "BPJPH", "issued_on": in_days(-3).isoformat(), "expires_on": in_days(600).isoformat(),
        "file": SimpleUploadedFile("halal.pdf", GOOD_PDF, content_type="application/pdf"),
    }  # fmt: skip


def invitation(_world: World) -> dict[str, Any]:
    return {"email": "new@example.test", "role": "editor", "language": "id"}


def collection(world: World) -> dict[str, Any]:
    return {"title_en": "For the summer", "market": "CL", "mission": post_of(world).mission_id}


def note(world: World) -> dict[str, Any]:
    return {"text": "Ask for a second sample.", "mission": post_of(world).mission_id}


def post_of(world: World) -> MissionStaff:
    return world.people["mission_own"].mission_posts.get()


def message(_world: World) -> dict[str, Any]:
    return {"kind": "text", "text": "Terima kasih.", "language": "id", "seen": 10**9, "to": "producer"}


def quoted(world: World) -> dict[str, Any]:
    line = world.enquiry.lines.get()
    return {
        "incoterm": "FOB", "place": "Tanjung Perak", "currency": "USD", "valid_until": in_days(30).isoformat(),
        "lead_time_days": 28, "payment_terms": "tt_advance", "seen": 10**9, "lines-TOTAL_FORMS": 1,
        "lines-INITIAL_FORMS": 1, "lines-0-product": line.product_id, "lines-0-quantity": 600,
        "lines-0-unit_price": "6.5",
    }  # fmt: skip


def asked_for(_world: World) -> dict[str, Any]:
    return request_form()


def offered(_world: World) -> dict[str, Any]:
    return offer_form()


Said = Callable[[World], dict[str, Any]]
FORMS: dict[str, tuple[str, Callable[[World], list[int]], Said, Any]] = {
    "product_start": ("own_producer", lambda world: [], lambda world: {"producer": world.producer.pk}, Product),
    "producer_create": (
        "officer_own", lambda world: [], lambda world: {"trade_name": "Sandal Baru", "regency": "35.76"}, Producer,
    ),
    "member_invite": ("own_producer", lambda world: [world.producer.pk], invitation, Invitation),
    "certificate_create": ("own_producer", lambda world: [], certificate, Certificate),
    "admin:collection_start": ("mission_own", lambda world: [], collection, Collection),
    "admin:product_notes": ("mission_own", lambda world: [world.product.pk], note, MissionNote),
    "admin:importer_notes": ("mission_own", lambda world: [world.noted_importer.pk], note, ImporterNote),
    "enquiry_detail": ("importer", lambda world: [world.enquiry.pk], message, EnquiryMessage),
    "desk_enquiry": ("own_producer", lambda world: [world.enquiry.pk], message, EnquiryMessage),
    "admin:enquiry_oversee": ("mission_own", lambda world: [world.enquiry.pk], message, EnquiryMessage),
    "quotation_create": ("own_producer", lambda world: [world.enquiry.pk], quoted, Quotation),
    "buying_request_create": ("importer", lambda world: [], asked_for, BuyingRequest),
    "request_offer": ("own_producer", lambda world: [world.match.pk], offered, Quotation),
    "certificate_renew": ("own_producer", lambda world: [world.verified.pk], certificate, Certificate),
}  # fmt: skip


def test_S29_every_form_with_a_key_is_sent_here():
    keyed = {kind for kind in every_form() if issubclass(kind, KeyedForm) and kind is not KeyedForm}
    of_desk = {
        collection_form.StartForm,
        note_pages.NoteForm,
        note_pages.TextForm,
    }  # TextForm changes a note: the same text again is none
    of_enquiries = {
        MessageForm,
        AnswerForm,
        StepInForm,
        QuotationForm,
        BuyingRequestForm,
        OfferForm,
        SendForm,
    }  # SendForm sends what lies in the basket: tests/inquiries/test_basket_sent.py
    assert keyed == {StartForm, ProducerCreateForm, InvitationForm, CertificateForm, *of_desk, *of_enquiries}


@pytest.mark.parametrize("name", FORMS)
def test_S29_twenty_clicks_at_once_make_one_thing(world, name):
    role, key, say, made = FORMS[name]
    signed_in = Client()
    signed_in.force_login(world.people[role])
    address, before = reverse(name, args=key(world)), made.objects.count()

    def click() -> tuple[int, str]:
        client = Client()
        client.cookies = signed_in.cookies
        answer = client.post(address, {**say(world), "submission_key": "k1"})
        return answer.status_code, answer.get("Location", "")

    answers = at_once(20, click)
    assert len(answers) == 20 and len(set(answers)) == 1, set(answers)
    assert str(answers[0]).startswith("(302,")
    assert made.objects.count() == before + 1
