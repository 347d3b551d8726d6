import datetime

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from inquiries.models import EnquiryReport
from tests import asking
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def chile():
    return make.MarketFactory(iso2="CL")


@pytest.fixture
def officer(client, chile):
    mission = make.MissionFactory()
    make.AccreditationFactory(mission=mission, market=chile)
    client.force_login(make.MissionStaffFactory(mission=mission).user)
    return client


def numbers(client, view):
    page = client.get(reverse("admin:enquiries"), {"view": view}).content.decode()
    return page


def long_ago(**wish):
    with time_machine.travel(timezone.now() - datetime.timedelta(days=20), tick=False):
        return asking.an_enquiry(**wish)


def test_each_list_has_what_it_says_of_ones_own_markets_only(officer):
    overdue, fresh = long_ago(), asking.an_enquiry()
    held = asking.an_enquiry(text="www.a.com www.b.com www.c.com")
    reported = asking.an_enquiry()
    EnquiryReport.file(reported, side="producer", reason="fraud", by=asking.member_of(reported.producer))
    elsewhere = asking.an_enquiry(make.ImporterFactory(country="BR"))
    found = {
        view: [row for row in (overdue, fresh, held, reported, elsewhere) if row.number in numbers(officer, view)]
        for view in ("overdue", "waiting", "held", "reported", "all")
    }
    assert found == {
        "overdue": [overdue],
        "waiting": [overdue, fresh, reported],
        "held": [held],
        "reported": [reported],
        "all": [overdue, fresh, held, reported],
    }


def test_the_first_page_of_the_desk_counts_them(officer):
    long_ago()
    page = officer.get(reverse("admin:index")).content.decode()
    assert "overdue: no answer in time" in page
    assert f"{reverse('admin:enquiries')}?view=overdue" in page


def test_a_number_or_a_name_finds_it(officer):
    enquiry, other = asking.an_enquiry(), asking.an_enquiry()
    for words in (enquiry.number, str(enquiry.pk), enquiry.producer.trade_name):
        page = officer.get(reverse("admin:enquiries"), {"view": "all", "q": words}).content.decode()
        assert enquiry.number in page
        assert other.number not in page


def test_the_csv_has_the_view_and_no_formula(officer):
    enquiry = asking.an_enquiry(make.ImporterFactory(country="CL", company="=HYPERLINK(1)"))
    answer = officer.get(reverse("admin:enquiries"), {"view": "all", "format": "csv"})
    text = b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode("utf-8-sig")
    assert enquiry.number in text
    assert ",=HYPERLINK" not in text


@pytest.mark.parametrize("number", [1, 12])
def test_the_number_of_queries_does_not_grow(officer, number, django_assert_max_num_queries):
    for _turn in range(number):
        asking.an_enquiry()
    with django_assert_max_num_queries(10):
        assert officer.get(reverse("admin:enquiries"), {"view": "waiting"}).status_code == 200
