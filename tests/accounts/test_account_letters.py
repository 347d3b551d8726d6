from __future__ import annotations

import pytest
from django.urls import reverse
from django_q.models import OrmQ

from accounts import letter_choices, letters
from accounts.letter_kinds import ABOUT
from accounts.models import Letter, LetterChoice, LetterKind, LetterState
from tests.factories import MembershipFactory, ProductFactory, UserFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("account_letters")
AT_ONCE = dict.fromkeys(ABOUT, "at_once")


@pytest.fixture
def person(client):
    user = UserFactory.create(language="en")
    client.force_login(user)
    return user


def write(person, event="revision_approved:1:v1"):
    product = ProductFactory.create(published=True)
    context = {"revision": product, "product": product}
    letters.write("revision_approved", event=event, to=[person], context=context)
    return Letter.objects.get(event=event, recipient=person)


def test_everybody_begins_with_everything_at_once(client, person):
    page = client.get(PAGE)
    assert page.status_code == 200 and page.context["form"].initial == AT_ONCE
    assert write(person).state == LetterState.WAITING
    assert b"account" not in [field.name.encode() for field in page.context["form"]]


def test_the_choice_is_kept_and_shown_again(client, person):
    assert client.post(PAGE, AT_ONCE | {"reviews": "daily", "listings": "never"}).status_code == 302
    said = client.get(PAGE).context["form"].initial
    assert (said["reviews"], said["listings"], said["certificates"]) == ("daily", "never", "at_once")
    client.post(PAGE, AT_ONCE | {"reviews": "daily", "listings": "never"})
    assert LetterChoice.objects.filter(user=person).count() == len(ABOUT)


def test_a_kind_that_the_form_leaves_out_stays_as_it_is(client, person):
    letter_choices.choose(person, {"reviews": "daily"})
    assert client.post(PAGE, {"listings": "never"}).status_code == 302
    assert letter_choices.choices_of(person) == AT_ONCE | {"reviews": "daily", "listings": "never"}


def test_bad_input_keeps_what_was_chosen_and_says_so(client, person):
    page = client.post(PAGE, AT_ONCE | {"reviews": "hourly", "listings": "never"})
    assert page.status_code == 422 and page.context["form"].errors["reviews"]
    assert page.context["form"]["listings"].value() == "never" and not LetterChoice.objects.exists()


@pytest.mark.parametrize(("how_often", "state"), [("at_once", "waiting"), ("daily", "held"), ("never", "unwanted")])
def test_a_new_letter_begins_as_its_reader_chose(person, how_often, state):
    letter_choices.choose(person, {"reviews": how_often})
    letter = write(person)
    assert letter.state == state and letter.kind == LetterKind.REVIEWS
    assert bool(letter.body) == (state != "unwanted")
    assert OrmQ.objects.exists() == (state == "waiting")
    letters.send_due()
    letter.refresh_from_db()
    assert letter.state == ("sent" if state == "waiting" else state)


def test_a_letter_for_the_day_has_neither_greeting_nor_foot(person):
    letter_choices.choose(person, {"reviews": "daily"})
    body = write(person).body
    assert not body.startswith("Dear") and "-- \n" not in body and "was approved" in body


def test_one_persons_choice_is_not_anothers(person):
    member = MembershipFactory.create(user=person)
    other = MembershipFactory.create(producer=member.producer).user
    letter_choices.choose(person, {"reviews": "never"})
    product = ProductFactory.create(published=True, producer=member.producer)
    context = {"revision": product, "product": product}
    letters.write("revision_approved", event="e", to=[person, other], context=context)
    assert Letter.objects.get(recipient=person).state == "unwanted"
    assert Letter.objects.get(recipient=other).state == "waiting"


def test_letters_about_the_account_come_whatever_was_chosen(client, person):
    client.post(PAGE, dict.fromkeys([*ABOUT, "account", "daily"], "never"))
    letter_choices.choose(person, {"account": "never"})
    letters.write("account/password_changed", event="e", to=[person], context={})
    assert Letter.objects.get().state == "waiting"
    assert not LetterChoice.objects.filter(kind__in=["account", "daily"]).exists()


def test_choosing_not_at_all_stops_what_waits_already(person):
    letter_choices.choose(person, {"reviews": "daily"})
    held = write(person)
    letter_choices.choose(person, {"reviews": "never"})
    held.refresh_from_db()
    assert (held.state, held.body) == ("unwanted", "")


def test_a_letter_that_was_not_wanted_is_not_written_again_later(person):
    letter_choices.choose(person, {"reviews": "never"})
    write(person)
    letter_choices.choose(person, {"reviews": "at_once"})
    assert write(person).state == "unwanted" and Letter.objects.count() == 1


def test_writing_to_many_asks_for_their_choices_together(django_assert_num_queries):
    people = [UserFactory.create() for _number in range(5)]
    with django_assert_num_queries(2):
        letter_choices.first_states(people, LetterKind.REVIEWS)
