"""The staff's page of what buyers looked for in vain."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.models import UnmetQuery
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(make.UserFactory(mission=True, is_staff=True))
    return client


def asked(text: str, visits: int, *, ago: int = 0, language: str = "es", market: str = "") -> None:
    day = timezone.now().date() - datetime.timedelta(days=ago)
    UnmetQuery.objects.create(text=text, visits=visits, day=day, language=language, market=market)


def shown(client, **query: str) -> list[tuple[str, int]]:
    page = client.get(reverse("admin:unmet_demand"), query)
    assert page.status_code == 200
    return [(row["text"], row["total"]) for row in page.context["rows"]]


def test_visits_of_all_days_languages_and_markets_are_added_up_most_first(staff):
    asked("hamaca", 2, ago=1)
    asked("hamaca", 3, language="pt-br", market="BR")
    asked("quimono", 4)
    assert shown(staff) == [("hamaca", 5), ("quimono", 4)]
    first = staff.get(reverse("admin:unmet_demand")).context["rows"][0]
    assert (first["languages"], first["markets"]) == ("Portuguese, Spanish", "Brazil")


def test_a_period_and_a_market_narrow_it(staff):
    asked("hamaca", 2, ago=40, market="CL")
    asked("quimono", 1, market="BR")
    assert shown(staff, days="30") == [("quimono", 1)]
    assert shown(staff, days="90", market="CL") == [("hamaca", 2)]
    assert shown(staff, days="nonsense", market="XX") == [("hamaca", 2), ("quimono", 1)]


def test_words_of_visitors_are_shown_as_text_and_lead_to_the_explanation(staff):
    asked("<script>alert(1)</script> & más", 1)
    page = staff.get(reverse("admin:unmet_demand")).content.decode()
    assert "<script>alert" not in page
    assert reverse("admin:search_explain") + "?q=%3Cscript%3E" in page


def test_the_number_of_queries_does_not_grow_with_the_rows(staff):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            shown(staff)
        return len(caught)

    asked("hamaca", 1)
    few = queries()
    for number in range(20):
        asked(f"quimono {number}", number + 1, market="CL")
    assert queries() == few
