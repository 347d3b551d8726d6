"""The table of missions: what stands under a mission keeps to the rules of the database, whatever a browser sends."""

from __future__ import annotations

from typing import Any

import pytest

from markets.models import Accreditation, MissionStaff
from tests.factories import AccreditationFactory, MarketFactory, MissionFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mission():
    mission = MissionFactory()
    AccreditationFactory(mission=mission, market=MarketFactory(iso2="CL"))
    return mission


@pytest.fixture
def send(client, mission):
    client.force_login(UserFactory(ministry=True))
    covers = mission.accreditations.get()

    def sent(rows: list[dict[str, Any]], initial: str = "1", until: str = "", staff: str = "") -> Any:
        told = {"code": mission.code, "type": mission.type, "city": mission.city, "country": mission.country}
        told |= {"accreditations-TOTAL_FORMS": str(1 + len(rows)), "accreditations-INITIAL_FORMS": initial}
        told |= {"staff-TOTAL_FORMS": "1" if staff else "0", "staff-INITIAL_FORMS": "0", "staff-0-user": staff}
        for number, row in enumerate([{"id": covers.pk, "market": "CL", "until": until}, *rows]):
            told |= {f"accreditations-{number}-{name}": value for name, value in row.items()}
        return client.post(f"/admin/markets/mission/{mission.pk}/change/", told)

    return sent


def covered(mission) -> list[str]:
    return sorted(mission.accreditations.values_list("market", flat=True))


def test_a_market_is_added(mission, send):
    MarketFactory(iso2="PE")

    assert send([{"market": "PE"}]).status_code == 302
    assert covered(mission) == ["CL", "PE"]


@pytest.mark.parametrize("rows", [[{"market": "CL"}], [{"market": "PE"}, {"market": "PE"}]])
def test_a_market_that_is_covered_already_is_refused_beside_the_row(mission, send, rows):
    MarketFactory(iso2="PE")
    answer = send(rows)

    assert answer.status_code == 200 and b"This mission already covers this market." in answer.content
    assert covered(mission) == ["CL"]


def test_a_market_that_was_covered_until_a_day_may_come_again(mission, send):
    Accreditation.objects.update(until="2020-01-31")

    assert send([{"market": "CL"}], until="2020-01-31").status_code == 302
    assert covered(mission) == ["CL", "CL"]


@pytest.mark.parametrize("initial", ["-1", "words", "0", "99"])
def test_forged_counts_of_rows_are_no_fault(mission, send, initial):
    assert send([], initial).status_code in {200, 302}
    assert covered(mission) == ["CL"] and not MissionStaff.objects.exists()


@pytest.mark.parametrize("user", ["1_000", "1 000", "words", "-1", "9" * 40])
def test_a_forged_person_is_refused_beside_the_row(mission, send, user):
    answer = send([], staff=user)

    assert answer.status_code == 200 and not MissionStaff.objects.exists()
