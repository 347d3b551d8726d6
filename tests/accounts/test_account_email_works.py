from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from accounts import bounces
from accounts.models import AuditEntry, Bounce
from tests.accounts.mails_that_come import letter_to
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
BANNER = "Our letters to you come back"
PASSWORD = "a sentence is fine here"


@pytest.fixture
def person(client):
    user = UserFactory.create(language="en")
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    bounces.note(letter_to(user), status="5.1.1")
    return user


def sign_in(client, person):
    return client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})


@pytest.mark.parametrize("page", ["home", "desk", "account_profile", "product_list"])
def test_from_the_next_log_in_every_page_says_that_letters_come_back(client, person, page):
    assert sign_in(client, person).status_code == 302
    assert BANNER in client.get(reverse(page)).content.decode()


def test_a_person_whose_letters_arrive_sees_no_banner(client, person):
    Bounce.objects.all().delete()
    sign_in(client, person)
    assert BANNER not in client.get(reverse("desk")).content.decode()


def test_staff_see_it_on_their_desk(client, person):
    person.is_staff = person.is_superuser = True
    person.save()
    sign_in(client, person)
    assert BANNER in client.get(reverse("admin:index")).content.decode()


def test_who_says_that_the_address_works_gets_letters_again(client, person):
    sign_in(client, person)
    assert "This address works again" in client.get(reverse("account_email")).content.decode()
    for _time in range(2):
        assert client.post(reverse("account_email_works")).url == reverse("account_email")
    assert BANNER not in client.get(reverse("desk")).content.decode()
    assert not bounces.is_unreachable(person)
    assert AuditEntry.objects.filter(verb="address_works", by=person).count() == 1


def test_a_new_address_ends_it_too(client, person):
    sign_in(client, person)
    type(person).objects.filter(pk=person.pk).update(email="new@example.test")
    assert BANNER not in client.get(reverse("desk")).content.decode()


def test_one_person_cannot_say_it_for_another(client, person):
    client.force_login(UserFactory.create())
    client.post(reverse("account_email_works"))
    assert bounces.is_unreachable(person)


def test_the_ministry_sees_it_with_the_person_and_in_a_list(client, person):
    client.force_login(UserFactory.create(ministry=True))
    record = client.get(reverse("admin:accounts_user_change", args=[person.pk])).content.decode()
    assert "etters arrive" in record
    assert person.email in client.get(reverse("admin:accounts_bounce_changelist")).content.decode()
