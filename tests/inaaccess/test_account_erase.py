"""Erasing a person: nothing names them any more, the trail stays, no producer is left without an owner by accident."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import audit, bounces, letter_choices, letters
from accounts.models import AuditEntry, Bounce, Letter, LetterChoice, Scope, SubmissionKey, Token, User
from exporters.models import Invitation, Membership
from inaaccess import erasure
from tests import factories as make

pytestmark = pytest.mark.django_db
NAME, MAIL, PASSWORD = "Siti Rahmawati Unik", "siti.unik@example.test", "correct horse battery"


def everywhere(text: str) -> list[str]:
    """The tables in which the text stands, in whatever column."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if model._meta.managed and not model._meta.proxy:
                table = connection.ops.quote_name(model._meta.db_table)
                statement = f"SELECT count(*) FROM {table} AS row WHERE row::text ILIKE %s"  # noqa: S608  our own names
                cursor.execute(statement, [f"%{text}%"])
                if cursor.fetchone() != (0,):
                    found.append(model._meta.label)
    return found


@pytest.fixture
def siti():
    """Somebody about whom much is held."""
    person = make.UserFactory.create(name=NAME, email=MAIL)
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.create(user=person, email=MAIL, verified=True, primary=True)
    producer = make.ProducerFactory.create(contact_name=NAME, contact_email=MAIL, contact_phone="+628123456789")
    make.MembershipFactory.create(producer=producer, role="owner")
    make.MembershipFactory.create(user=person, producer=producer, role="editor")
    importer = make.ImporterFactory.create(
        user=person, verified=True, tax_number=f"{NAME} 1", buys_hs=["64"], languages=["es"]
    )
    make.SavedProductFactory.create(importer=importer)
    make.SavedSearchFactory.create(importer=importer, name=f"Searches of {NAME}")
    Invitation.objects.create(producer=producer, email=MAIL, expires_at=person.joined_at, invited_by=person)
    SubmissionKey.objects.create(user=person, action="x", key="k", body_hash="h", answer={"email": MAIL})
    Token.objects.issue(person, name=NAME, scopes=[Scope.CATALOGUE_READ])
    letters.post(MAIL, subject=f"Dear {NAME}", body=MAIL, event="a", language="en", recipient=person)
    letters.post("other@x.test", subject=f"{NAME} now works on Sandal", body="", event="b", language="en")
    letters.post("other@x.test", subject="Work", body=f"{NAME} hands over", event="c", language="en", state="held")
    letter_choices.choose(person, {"reviews": "never"})
    bounces.note(Letter.objects.get(event="a"), status="5.1.1")
    audit.record("approve", producer, by=person)
    return person


@pytest.fixture
def ministry():
    return make.UserFactory.create(ministry=True)


def sign_in(client: Client) -> None:
    client.post(reverse("account_login"), {"login": MAIL, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def test_S40_nothing_names_the_person_any_more(siti):
    assert {"accounts.User", "accounts.Letter", "exporters.Producer"} <= set(everywhere(MAIL) + everywhere(NAME))
    erasure.erase(siti, by=siti)
    letters.send_due()
    assert not Bounce.objects.exists() and not LetterChoice.objects.exists()
    assert everywhere(MAIL) == everywhere(NAME) == everywhere("+628123456789") == []


def test_S40_the_trail_stays_and_leads_to_a_number(siti):
    before = list(AuditEntry.objects.values_list())
    erasure.erase(siti, by=siti)
    siti.refresh_from_db()
    assert list(AuditEntry.objects.order_by("-pk").values_list())[-len(before) :] == before
    assert AuditEntry.objects.get(verb="approve").by == siti
    assert str(siti) == f"Erased account {siti.pk}"
    assert AuditEntry.objects.get(verb="erase").object_id == str(siti.pk)


def test_S40_the_account_is_of_no_use_any_more(siti, client):
    sign_in(client)
    _token, words = Token.objects.issue(siti, name="x", scopes=[Scope.DESK_WRITE])
    erasure.erase(siti, by=siti)
    assert client.get(reverse("account_profile")).status_code == 302
    assert client.get("/api/v1/my/products/", headers={"authorization": f"Bearer {words}"}).status_code == 401
    sign_in(client)
    assert client.get(reverse("account_profile")).status_code == 302
    assert not User.objects.get(pk=siti.pk).has_usable_password()


def test_the_address_may_register_anew(siti):
    erasure.erase(siti, by=siti)
    assert make.UserFactory.create(email=MAIL).pk != siti.pk


def test_a_second_time_is_refused(siti):
    erasure.erase(siti, by=siti)
    with pytest.raises(erasure.NotErasable):
        erasure.erase(siti, by=siti)


class TestLastLetter:
    @pytest.mark.parametrize(
        ("by", "told"), [("siti", "As you asked"), ("ministry", "The ministry has erased"), ("clock", "for a year")]
    )
    def test_says_in_the_persons_language_that_it_is_done_and_by_whom(self, siti, ministry, by, told, mailoutbox):
        User.objects.filter(pk=siti.pk).update(language="en")
        erasure.erase(siti, by={"siti": siti, "ministry": ministry, "clock": None}[by])
        assert everywhere(MAIL) == ["accounts.Letter"], "until it is sent, and nowhere else"
        assert Letter.objects.get(address=MAIL).recipient is None
        letters.send_due()
        [letter] = [one for one in mailoutbox if one.to == [MAIL]]
        assert told in letter.body and NAME in letter.body
        assert everywhere(MAIL) == everywhere(NAME) == []

    def test_is_not_sent_to_an_address_that_nobody_confirmed(self, siti):
        EmailAddress.objects.filter(user=siti).update(verified=False)
        erasure.erase(siti, by=None)
        assert everywhere(MAIL) == []

    def test_is_not_kept_when_the_mail_server_never_takes_it(self, siti, settings):
        settings.EMAIL_BACKEND = "no.such.backend"
        erasure.erase(siti, by=siti)
        for number in range(1, letters.MAX_TRIES + 1):
            assert Letter.objects.get(address=MAIL).tries == number - 1
            Letter.objects.update(next_try_at=timezone.now())
            assert letters.send_due() == 0
        assert everywhere(MAIL) == []

    def test_is_not_kept_when_the_worker_dies_in_the_last_try(self, siti):
        erasure.erase(siti, by=siti)
        Letter.objects.filter(address=MAIL).update(tries=letters.MAX_TRIES)
        letters.send_due()
        assert everywhere(MAIL) == []

    def test_is_not_written_when_the_erasure_is_undone(self, siti):
        with transaction.atomic():
            erasure.erase(siti, by=siti)
            transaction.set_rollback(True)
        assert not Letter.objects.filter(is_parting=True).exists()


class TestPage:
    def test_the_password_is_asked_for_again(self, client, siti):
        client.post(reverse("account_login"), {"login": MAIL, "password": PASSWORD})
        assert "reauthenticate" in client.post(reverse("account_erase"), {"sure": "on"})["Location"]
        assert User.objects.get(pk=siti.pk).erased_at is None

    def test_one_click_is_not_enough(self, client, siti):
        sign_in(client)
        assert client.post(reverse("account_erase")).status_code == 422
        assert User.objects.get(pk=siti.pk).erased_at is None

    def test_S40_it_is_done_at_once(self, client, siti):
        sign_in(client)
        assert client.get(reverse("account_erase")).status_code == 200
        answer = client.post(reverse("account_erase"), {"sure": "on"}, follow=True)
        assert "Your account is erased" in answer.text
        assert User.objects.get(pk=siti.pk).erased_at is not None
        assert "_auth_user_id" not in client.session

    def test_staff_are_told_whose_account_it_is(self, client, siti):
        User.objects.filter(pk=siti.pk).update(is_staff=True)
        sign_in(client)
        assert "belong to the office" in client.get(reverse("account_erase")).text
        assert client.post(reverse("account_erase"), {"sure": "on"}).status_code == 409
        assert User.objects.get(pk=siti.pk).erased_at is None


class TestOnlyOwner:
    @pytest.fixture
    def alone(self, siti):
        return make.MembershipFactory.create(user=siti, role="owner", producer__trade_name="Batik Sendiri").producer

    def test_is_told_what_to_do_first(self, client, siti, alone):
        sign_in(client)
        page = client.get(reverse("account_erase")).text
        assert "Batik Sendiri" in page and reverse("member_list", args=[alone.pk]) in page
        assert client.post(reverse("account_erase"), {"sure": "on"}).status_code == 422
        with pytest.raises(erasure.SoleOwner):
            erasure.erase(siti, by=siti)
        assert User.objects.get(pk=siti.pk).erased_at is None

    def test_may_ask_the_ministry_once_a_day(self, client, siti, alone, ministry):
        sign_in(client)
        for _time in range(2):
            assert client.post(reverse("account_erase_ask")).status_code == 302
        letter = Letter.objects.get(event__startswith="erasure_asked")
        assert letter.recipient == ministry and NAME not in letter.body and MAIL not in letter.body

    def test_the_ministry_closes_a_producer_of_one_person(self, siti, alone, ministry):
        alone.nib, alone.address = "1234567890123", "Jl. Majapahit 1"
        alone.save()
        erasure.erase(siti, by=ministry, why="asked", closing=True)
        alone.refresh_from_db()
        assert (alone.state, alone.nib, alone.address, alone.trade_name) == ("suspended", "", "", "Batik Sendiri")

    def test_the_ministry_hands_over_to_the_member_of_longest_standing(self, siti, alone, ministry):
        heir = make.MembershipFactory.create(producer=alone, role="editor")
        make.MembershipFactory.create(producer=alone, role="editor")
        erasure.erase(siti, by=ministry, why="asked", closing=True)
        assert list(Membership.objects.filter(producer=alone, role="owner")) == [heir]
        alone.refresh_from_db()
        assert alone.state != "suspended"


class TestMinistry:
    def test_erases_on_the_desk_with_a_reason(self, client, siti, ministry):
        client.force_login(ministry)
        address = reverse("admin:person_erase", args=[siti.pk])
        assert (
            reverse("admin:person_erase", args=[siti.pk])
            in client.get(reverse("admin:accounts_user_change", args=[siti.pk])).text
        )
        assert client.post(address).status_code == 422
        assert client.post(address, {"why": "Asked by letter of 1 May."}).status_code == 302
        entry = AuditEntry.objects.get(verb="erase")
        assert entry.by == ministry and entry.why == "Asked by letter of 1 May."

    def test_may_erase_staff_but_no_superuser_and_not_themselves(self, ministry):
        erasure.erase(make.UserFactory.create(mission=True), by=ministry)
        for person in (make.UserFactory.create(is_superuser=True), ministry):
            with pytest.raises(erasure.NotErasable):
                erasure.erase(person, by=ministry)

    def test_others_do_not(self, client, siti):
        client.force_login(make.UserFactory.create(mission=True))
        assert client.post(reverse("admin:person_erase", args=[siti.pk]), {"why": "x"}).status_code == 403


def test_the_night_leaves_an_only_owner_to_the_ministry(siti, capsys):
    alone = make.MembershipFactory.create(user=siti, role="owner")
    User.objects.filter(pk=siti.pk).update(joined_at="2020-01-01T00:00Z", last_login=None)
    EmailAddress.objects.all().delete()
    call_command("retain")
    assert str(alone.user_id) in capsys.readouterr().out
    assert User.objects.get(pk=siti.pk).erased_at is None
