"""Every change on the desk is an entry of the trail, and only that; each object shows its own."""

from __future__ import annotations

import datetime

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from accounts import audit
from accounts.audited_admin import AuditedAdmin
from accounts.models import AuditEntry, Holiday
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client):
    user = make.UserFactory.create(is_staff=True, is_superuser=True, name="Bu Teknis")
    client.force_login(user)
    return user


@pytest.fixture
def holiday():
    return Holiday.objects.create(day=datetime.date(2026, 8, 17), name="Hari Kemerdekaan")


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label)
def test_every_table_of_the_desk_writes_into_the_trail(model):
    assert isinstance(admin.site._registry[model], AuditedAdmin)


def test_adding_changing_and_deleting(client, boss):
    form = {"day": "2026-12-25", "country": "ID", "name": "Natal"}
    client.post(reverse("admin:accounts_holiday_add"), form)
    row = Holiday.objects.get()
    client.post(reverse("admin:accounts_holiday_change", args=[row.pk]), {**form, "name": "Hari Natal"})
    client.post(reverse("admin:accounts_holiday_delete", args=[row.pk]), {"post": "yes"})
    entries = AuditEntry.objects.filter(object_type="accounts.holiday", object_id=str(row.pk)).order_by("pk")
    assert [(entry.verb, entry.by) for entry in entries] == [("add", boss), ("change", boss), ("delete", boss)]
    assert (entries[1].from_state, entries[1].to_state) == ("name: Natal", "name: Hari Natal")
    assert not LogEntry.objects.exists()


def test_deleting_in_bulk(client, boss, holiday):
    data = {"action": "delete_selected", "_selected_action": [holiday.pk], "post": "yes"}
    client.post(reverse("admin:accounts_holiday_changelist"), data)
    assert not Holiday.objects.exists()
    assert AuditEntry.objects.get(verb="delete").object_id == str(holiday.pk)
    assert not LogEntry.objects.exists()


def test_rows_beside_the_object(client, boss):
    post = make.MissionStaffFactory.create()
    mission, accreditation = post.mission, make.AccreditationFactory.create(mission=post.mission)
    data = {
        "code": mission.code, "type": mission.type, "city": mission.city, "country": mission.country,
        "accreditations-TOTAL_FORMS": 1, "accreditations-INITIAL_FORMS": 1, "accreditations-0-id": accreditation.pk,
        "accreditations-0-mission": mission.pk, "accreditations-0-market": accreditation.market_id,
        "accreditations-0-until": "2026-12-31",
        "staff-TOTAL_FORMS": 1, "staff-INITIAL_FORMS": 1, "staff-0-id": post.pk, "staff-0-mission": mission.pk,
        "staff-0-user": post.user_id, "staff-0-DELETE": "on",
    }  # fmt: skip
    answer = client.post(reverse("admin:markets_mission_change", args=[mission.pk]), data)
    assert answer.status_code == 302
    entry = AuditEntry.objects.get(verb="change", object_type="markets.mission")
    assert entry.to_state == f"~ accreditation {accreditation.pk}: until"
    assert entry.from_state == f"− missionstaff {post.pk}"


class TestHistory:
    def test_shows_who_what_when_and_from_where(self, client, boss, holiday):
        audit.record("change", holiday, by=boss, from_state="name: a", to_state="name: b", why="Kepres 8")
        page = client.get(reverse("admin:accounts_holiday_history", args=[holiday.pk])).text
        for part in ("Bu Teknis", "changed in the tables", "name: a → name: b", "Kepres 8", "as superuser"):
            assert part in page

    def test_of_another_object_is_not_there(self, client, boss, holiday):
        audit.record("change", make.UserFactory.create(pk=holiday.pk + 1), by=boss, why="Kepres 8")
        assert "Kepres 8" not in client.get(reverse("admin:accounts_holiday_history", args=[holiday.pk])).text

    def test_is_paged_and_its_queries_do_not_grow(self, client, boss, holiday, django_assert_max_num_queries):
        for _number in range(60):
            audit.record("change", holiday, by=make.UserFactory.create())
        address = reverse("admin:accounts_holiday_history", args=[holiday.pk])
        with django_assert_max_num_queries(12):
            assert len(client.get(address).context["lines"]) == 50
        assert len(client.get(address, {"p": "2"}).context["lines"]) == 10

    def test_a_product_shows_its_revisions_and_a_producer_its_people(self, client, boss):
        revision = make.RevisionFactory.create(in_review=True)
        producer = revision.product.producer
        membership = make.MembershipFactory.create(producer=producer)
        audit.record("claim", revision, by=boss, why="seen here")
        audit.record("change_role", membership, by=boss, why="and there")
        address = reverse("admin:catalog_product_history", args=[revision.product_id])
        assert "seen here" in client.get(address).text
        assert "and there" in client.get(reverse("admin:exporters_producer_history", args=[producer.pk])).text

    def test_tells_a_mission_no_name_of_the_producers_side_and_no_network(self, client):
        post = make.MissionStaffFactory.create()
        market = make.AccreditationFactory.create(mission=post.mission).market
        revision = make.RevisionFactory.create(submitted=True, target_markets=[market.pk])
        owner = make.UserFactory.create(name="Siti Pemilik")
        audit.record("submit", revision, by=owner)
        client.force_login(post.user)
        page = client.get(reverse("admin:catalog_productrevision_history", args=[revision.pk])).text
        assert "the producer" in page and "Siti Pemilik" not in page and "Network" not in page


class TestSignIn:
    def enter(self, client, user):
        from allauth.account.models import EmailAddress

        user.set_password("correct horse battery")
        user.save()
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        return client.post(reverse("account_login"), {"login": user.email, "password": "correct horse battery"})

    @pytest.mark.parametrize("role", ["ministry", "mission", "officer"])
    def test_of_staff_and_their_leaving_are_on_record(self, client, role):
        user = make.UserFactory.create(**{role: True})
        self.enter(client, user)
        client.post(reverse("account_logout"))
        seen = AuditEntry.objects.filter(by=user).order_by("pk")
        assert [entry.verb for entry in seen] == ["sign_in", "sign_out"]
        assert seen[0].object_id == str(user.pk) and seen[0].address == "127.0.0.0/24" and seen[0].request_id

    def test_of_others_is_not(self, client):
        self.enter(client, make.UserFactory.create())
        assert "_auth_user_id" in client.session
        assert not AuditEntry.objects.exists()

    def test_a_wrong_password_is_in_the_log_without_what_was_typed(self, client, caplog):
        client.post(reverse("account_login"), {"login": "who@example.test", "password": "wrong words here"})
        assert "sign_in_failed from 127.0.0.0/24" in caplog.text
        assert "who@example.test" not in caplog.text and "wrong words" not in caplog.text
