import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from accounts.models import Holiday, Letter
from catalog.models import ProductStanding
from inquiries import answer_figures, clock
from inquiries.models import Enquiry, EnquiryState, ProducerAnswers, Said, Side, Stage, Turn
from tests import asking
from tests import factories as make

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")
MONDAY = datetime.datetime(2026, 3, 2, 9, 0, tzinfo=WIB)
STEPS = [
    (3, "enquiry_reminder"),
    (5, "enquiry_overdue"),
    (7, "enquiry_overdue_for_ministry"),
    (10, "enquiry_alternatives"),
]


def at(moment):
    return time_machine.travel(moment, tick=False)


def working_days_later(days):
    """So many working days after that Monday, when no day is a holiday."""
    weeks, rest = divmod(days, 5)
    return MONDAY + datetime.timedelta(weeks=weeks, days=rest)


def letters(kind):
    return Letter.objects.filter(event__startswith=f"{kind}:").count()


@pytest.fixture
def enquiry():
    with at(MONDAY):
        return asking.an_enquiry()


@pytest.fixture(autouse=True)
def ministry():
    from django.contrib.auth.models import Group

    person = make.UserFactory(is_staff=True)
    person.groups.add(Group.objects.get(name="ministry"))
    return person


@pytest.mark.parametrize(("days", "kind"), STEPS)
def test_each_step_comes_on_its_working_day_and_once(enquiry, days, kind):
    with at(working_days_later(days) - datetime.timedelta(minutes=1)):
        clock.run()
        assert letters(kind) == 0
    with at(working_days_later(days)):
        clock.run()
        clock.run()
        assert letters(kind) == 1
    enquiry.refresh_from_db()
    assert enquiry.stage == days


def test_after_an_outage_every_missed_step_is_done_once(enquiry):
    with at(working_days_later(11)):
        assert clock.run() == 4
        assert clock.run() == 0
    assert [letters(kind) for _days, kind in STEPS] == [1, 1, 1, 1]


def test_weekends_and_holidays_do_not_count(enquiry):
    Holiday.objects.create(country="ID", day=datetime.date(2026, 3, 4), name="Nyepi")
    clock.reckon()
    with at(working_days_later(3)):
        clock.run()
        assert letters("enquiry_reminder") == 0
    with at(working_days_later(4)):
        clock.run()
        assert letters("enquiry_reminder") == 1


def test_thirty_days_without_an_answer_expire_it(enquiry):
    with at(MONDAY + datetime.timedelta(days=30, minutes=-1)):
        clock.run()
        enquiry.refresh_from_db()
        assert enquiry.state == EnquiryState.SENT
    with at(MONDAY + datetime.timedelta(days=30, minutes=1)):
        clock.run()
        clock.run()
    enquiry.refresh_from_db()
    assert enquiry.state == EnquiryState.EXPIRED
    assert letters("enquiry_expired") == 2


def test_the_clock_stands_still_while_the_importer_owes_a_word(enquiry):
    with at(working_days_later(2)):
        enquiry.write(Said(text="Which size?", to=Side.IMPORTER), side=Side.MISSION, by=make.UserFactory())
    assert (enquiry.turn, enquiry.due_at) == (Turn.IMPORTER, None)
    with at(working_days_later(9)):
        clock.run()
        assert letters("enquiry_reminder") == 0
        enquiry.write(Said(text="39 to 42."), side=Side.IMPORTER, by=enquiry.importer.user)
    assert enquiry.due_at == working_days_later(12)  # three of the five days were left
    assert enquiry.expires_at == MONDAY + datetime.timedelta(days=30) + (working_days_later(9) - working_days_later(2))
    with at(working_days_later(10)):
        clock.run()
        assert letters("enquiry_reminder") == 1


def test_after_the_first_answer_each_turn_of_the_producer_has_a_clock_of_its_own(enquiry):
    with at(working_days_later(1)):
        asking.answer(enquiry)
    with at(working_days_later(6)):
        clock.run()
        assert letters("enquiry_reminder") == 0
        enquiry.write(Said(text="600 pairs."), side=Side.IMPORTER, by=enquiry.importer.user)
    assert enquiry.due_at == working_days_later(11)
    assert enquiry.answer_time == datetime.timedelta(days=1)


def answered_after(producer, days):
    with at(MONDAY):
        enquiry = asking.an_enquiry(product=make.ProductFactory(published=True, producer=producer))
    with at(working_days_later(days)):
        asking.answer(enquiry)


def test_figures_of_answering_are_shown_from_five_enquiries_on_and_reach_the_search():
    producer = make.ProductFactory(published=True).producer
    with at(working_days_later(8)):
        for days in (1, 1, 2, 3):
            answered_after(producer, days)
        assert ProducerAnswers.objects.get(producer=producer).rate_percent is None
        with at(MONDAY):
            silent = asking.an_enquiry(product=producer.products.first())
    with at(working_days_later(8)):
        clock.run()
        figures = answer_figures.refresh(producer.pk)
    assert (figures.asked, figures.answered, figures.rate_percent) == (5, 4, 80)
    assert figures.median == datetime.timedelta(days=1, hours=12)
    assert figures.score == 75
    assert set(ProductStanding.objects.filter(product__producer=producer).values_list("answer_score", flat=True)) == {
        75
    }
    assert silent.producer == producer


def test_what_is_withdrawn_in_time_or_answered_by_the_mission_feeds_no_figure(enquiry):
    with at(working_days_later(1)):
        enquiry.write(Said(text="We ask them."), side=Side.MISSION, by=make.UserFactory())
        enquiry.withdraw(by=enquiry.importer.user)
        figures = ProducerAnswers.objects.get(producer=enquiry.producer)
    assert (figures.asked, figures.answered) == (0, 0)


def test_a_step_is_not_done_when_the_answer_came_first(enquiry):
    with at(working_days_later(3)):
        asking.answer(enquiry)
        clock.run()
    assert letters("enquiry_reminder") == 0
    assert Enquiry.objects.get(pk=enquiry.pk).stage == Stage.NONE
