"""S40: the table of personal fields is whole, and a person takes along what it says."""

from __future__ import annotations

import json
import re

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import models
from django.urls import reverse

from accounts import audit
from accounts.models import AuditEntry, Scope, Token, User
from inaaccess import personal_data
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
        data = json.loads(answer.content)["data"]
        assert data["accounts.User"][0]["email"] == "siti@example.test"
        assert data["exporters.Producer"][0]["contact_phone"] == "+628123456789"
        assert data["exporters.Producer"][0]["trade_name"] == "Sandal"
        assert data["accounts.Token"][0]["name"] == "Stock"
        assert data["accounts.AuditEntry"]
        assert siti.password not in answer.text and other.producer.contact_phone not in answer.text
        assert Token.objects.get(user=siti).digest not in answer.text
        assert AuditEntry.objects.get(verb="export_own_data").by == siti


def test_account_data_says_what_is_held(signed_in, siti):
    audit.record("submit", siti, by=siti)
    page = signed_in.get(reverse("account_data")).text
    for part in ("Users", "Memberships", "API tokens", reverse("account_data_download"), reverse("account_erase")):
        assert part in page


def test_account_data_of_staff_offers_no_erasing(client, db):
    client.force_login(make.UserFactory.create(ministry=True))
    page = client.get(reverse("account_data")).text
    assert reverse("account_erase") not in page and "belong to the office" in page
