"""S40: the table of personal fields is whole, and a person takes along what it says."""

from __future__ import annotations

import json
import re

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import models
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.models import AuditEntry, Scope, Token, User
from inaaccess import personal_data
from inquiries.models import Enquiry, EnquiryReport, Said, SenderBlock, Side
from tests import asking
from tests import factories as make

LOOKS_PERSONAL = re.compile(
    r"(^|_)(name|e?mail|phone|mobile|fax|address|street|nib|npwp|nik|passport|birth\w*|gender|contact\w*|"
    r"website|user|users|person|people|member|members|owner|author\w*|recipient|sender|ip|password|secret|digest|"
    r"session_\w+|token_key|kwargs|last_error|number|signature|bank\w*|iban|language|"
    r"time_zone|login)($|_)|(^|_)by$"
)
NOT_A_PERSONS = re.compile(r"^(language|number|content_number)$")  # of letters and rows
PERSONAL_KINDS = (models.EmailField, models.GenericIPAddressField)
PASSWORD = "correct horse battery"


def looks_personal(field: models.Field[object, object]) -> bool:
    leads_to_a_person = field.is_relation and field.related_model is User
    named_so = bool(LOOKS_PERSONAL.search(field.name)) and not NOT_A_PERSONS.search(field.name)
    return isinstance(field, PERSONAL_KINDS) or leads_to_a_person or named_so


def listed() -> set[str]:
    return {f"{holding.model._meta.label}.{name}" for holding in personal_data.holdings() for name in holding.fields}


def unlisted(all_models: list[type[models.Model]]) -> set[str]:
    known = listed() | personal_data.not_personal()
    return {
        f"{model._meta.label}.{field.name}"
        for model in all_models
        if not model._meta.proxy
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if looks_personal(field) and f"{model._meta.label}.{field.name}" not in known
    }


class TestTable:
    def test_S40_every_field_that_looks_personal_stands_in_it(self):
        assert unlisted(list(apps.get_models())) == set()

    def test_S40_a_new_one_would_be_found(self, monkeypatch):
        monkeypatch.setattr(personal_data, "holdings", lambda: ())
        missed = unlisted(list(apps.get_models()))
        assert {"accounts.User.email", "exporters.Producer.contact_phone", "exporters.Producer.nib"} <= missed
        assert {"catalog.Decision.by", "exporters.Membership.user"} - personal_data.not_personal() <= missed

    def test_it_names_fields_that_exist(self):
        for holding in personal_data.holdings():
            for name in holding.fields:
                holding.model._meta.get_field(name)
            assert holding.download == "yes" or holding.download.startswith("no: "), holding
        for name in personal_data.not_personal():
            label, _dot, field = name.rpartition(".")
            apps.get_model(label)._meta.get_field(field)

    @pytest.mark.django_db
    def test_each_row_leads_to_its_person(self):
        for holding in personal_data.holdings():
            assert holding.rows_of(User.objects.all()).count() == 0

    def test_nothing_secret_is_downloaded(self):
        secret = {"password", "data", "digest", "token_key", "mark", "key", "body", "session_data", "answer"}
        for holding in personal_data.holdings():
            assert not (holding.is_downloaded and secret & set(holding.fields)), holding


@pytest.fixture
def siti(db):
    person = make.UserFactory.create(name="Siti Rahmawati", email="siti@example.test")
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    make.MembershipFactory.create(user=person, producer__contact_phone="+628123456789", producer__trade_name="Sandal")
    Token.objects.issue(person, name="Stock", scopes=[Scope.CATALOGUE_READ])
    return person


@pytest.fixture
def signed_in(client, siti):
    client.post(reverse("account_login"), {"login": siti.email, "password": PASSWORD})
    return client


class TestDownload:
    def test_the_password_is_asked_for_again(self, signed_in):
        assert "reauthenticate" in signed_in.get(reverse("account_data_download"))["Location"]
        assert not AuditEntry.objects.filter(verb="export_own_data").exists()

    def test_S40_holds_what_the_table_says_and_no_secret(self, signed_in, siti):
        signed_in.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        other = make.MembershipFactory.create(producer__contact_phone="+5511999999999")
        answer = signed_in.get(reverse("account_data_download"))
        assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
        assert "no-store" in answer["Cache-Control"]
        text = answer.getvalue().decode()
        data = json.loads(text)["data"]
        assert data["accounts.User"][0]["email"] == "siti@example.test"
        assert data["exporters.Producer"][0]["contact_phone"] == "+628123456789"
        assert data["exporters.Producer"][0]["trade_name"] == "Sandal"
        assert data["accounts.Token"][0]["name"] == "Stock"
        assert data["accounts.AuditEntry"]
        assert siti.password not in text and other.producer.contact_phone not in text
        assert Token.objects.get(user=siti).digest not in text
        assert AuditEntry.objects.get(verb="export_own_data").by == siti

    def test_S40_an_importer_takes_along_what_was_asked_and_what_was_offered(self, signed_in, siti):
        enquiry = asking.an_enquiry(make.ImporterFactory(user=siti, country="CL"), text="¿Precio de 600 pares?")
        enquiry.write(Said(text="Also in black?"), side=Side.IMPORTER, by=siti)
        quotation = asking.quote(enquiry, note="Harga termasuk kemasan.")
        EnquiryReport.file(enquiry, side=Side.IMPORTER, reason="spam", note="Writes too often.", by=siti)
        asking.an_enquiry(text="Somebody else asks.")
        data, text = self.downloaded(signed_in)
        assert [(row["id"], row["state"]) for row in data["inquiries.Enquiry"]] == [(enquiry.pk, "quoted")]
        assert data["inquiries.EnquiryRound"][0]["text"] == "¿Precio de 600 pares?"
        assert data["inquiries.EnquiryLine"][0]["quantity"] == "600.00"
        assert [row["text"] for row in data["inquiries.EnquiryMessage"]] == ["Also in black?"]
        assert data["inquiries.Quotation"][0]["note"] == quotation.note
        assert data["inquiries.QuotationLine"][0]["unit_price"] == "6.8000"
        assert data["inquiries.EnquiryReport"][0]["note"] == "Writes too often."
        assert "Somebody else asks." not in text

    def test_S40_a_member_takes_along_what_they_wrote_and_offered(self, signed_in, siti):
        product = make.ProductFactory(published=True)
        make.MembershipFactory(user=siti, producer=product.producer)
        enquiry = asking.an_enquiry(product=product, text="Not Siti's.")
        asking.answer(enquiry, "Bisa.")
        asking.quote(enquiry)
        SenderBlock.put(enquiry.importer, producer=product.producer, by=siti, why="Never pays.")
        data, text = self.downloaded(signed_in)
        assert [row["kind"] for row in data["inquiries.EnquiryMessage"]] == ["text", "quotation"]
        assert data["inquiries.Quotation"][0]["enquiry_id"] == enquiry.pk and len(data["inquiries.QuotationLine"]) == 1
        assert data["inquiries.SenderBlock"][0]["why"] == "Never pays."
        assert "Not Siti's." not in text and not data["inquiries.Enquiry"]

    def test_it_asks_no_more_of_many_rows(self, signed_in, siti, django_assert_max_num_queries):
        importer = make.ImporterFactory(user=siti, country="CL")
        for _number in range(3):
            asking.quote(asking.an_enquiry(importer))
        with django_assert_max_num_queries(2 * len(personal_data.downloaded())):
            for _label, rows in personal_data.download(siti):
                list(rows)

    def test_an_offer_that_waits_for_a_place_is_not_the_importers_yet(self, siti):
        importer = make.ImporterFactory(user=siti, country="CL")
        enquiry = asking.an_enquiry(importer)
        quotation, member = asking.quote(enquiry), asking.member_of(enquiry.producer)
        kinds = ("Enquiry", "EnquiryRound", "EnquiryLine", "Quotation", "QuotationLine")
        for waits_since, number in ((timezone.now(), 0), (None, 1)):
            Enquiry.objects.update(waiting_since=waits_since)
            told = {label: list(rows) for label, rows in personal_data.download(siti)}
            assert [len(told[f"inquiries.{kind}"]) for kind in kinds] == [number] * len(kinds)
        Enquiry.objects.update(waiting_since=timezone.now())
        offered = dict(personal_data.download(member))["inquiries.Quotation"]
        assert [row["id"] for row in offered] == [quotation.pk]

    def downloaded(self, client):
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        text = client.get(reverse("account_data_download")).getvalue().decode()
        return json.loads(text)["data"], text


def test_account_data_says_what_is_held(signed_in, siti):
    audit.record("submit", siti, by=siti)
    page = signed_in.get(reverse("account_data")).text
    for part in ("Users", "Memberships", "API tokens", reverse("account_data_download"), reverse("account_erase")):
        assert part in page


def test_account_data_of_staff_offers_no_erasing(client, db):
    client.force_login(make.UserFactory.create(ministry=True))
    page = client.get(reverse("account_data")).text
    assert reverse("account_erase") not in page and "belong to the office" in page
