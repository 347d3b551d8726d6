"""Which mission covers which market, and since when: every change stays readable on the mission's own history."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import AuditEntry
from markets.models import Accreditation
from tests.factories import (
    AccreditationFactory,
    MarketFactory,
    MissionFactory,
    MissionStaffFactory,
    UserFactory,
    in_days,
)


def sent(mission, **row):
    return {
        "code": mission.code,
        "type": mission.type,
        "city": mission.city,
        "country": mission.country,
        "address": "Calle 1",
        "opening_hours_es": "Lunes a viernes",
        "languages": "es,en",
        "staff-TOTAL_FORMS": 0,
        "staff-INITIAL_FORMS": 0,
        "accreditations-TOTAL_FORMS": 1,
        **{f"accreditations-{name}": value for name, value in row.items()},
    }


@pytest.mark.django_db(transaction=True)
def test_adding_and_ending_an_accreditation_is_on_the_missions_history(client):
    mission, market = MissionFactory(), MarketFactory()
    client.force_login(UserFactory(ministry=True, name="Bu Menteri"))
    address = reverse("admin:markets_mission_change", args=[mission.pk])

    client.post(address, sent(mission, INITIAL_FORMS=0, **{"0-mission": mission.pk, "0-market": market.pk}))
    row = Accreditation.objects.get()
    facts = {"0-id": row.pk, "0-mission": mission.pk, "0-market": market.pk, "0-until": "2026-12-31"}
    client.post(address, sent(mission, INITIAL_FORMS=1, **facts))

    told = AuditEntry.objects.filter(object_type="markets.mission", verb__startswith="accreditation")
    assert [entry.verb for entry in told.order_by("pk")] == ["accreditation_added", "accreditation_changed"]
    html = client.get(reverse("admin:markets_mission_history", args=[mission.pk])).content.decode()
    assert "accreditation added" in html and "market: CL" in html and "2026-12-31" in html and "Bu Menteri" in html
    mission.refresh_from_db()
    assert (mission.address, mission.languages) == ("Calle 1", ["es", "en"])


@pytest.mark.django_db
def test_a_market_shows_staff_who_covers_it_and_who_did(client):
    post = MissionStaffFactory()
    AccreditationFactory(mission=post.mission)
    AccreditationFactory(mission=MissionFactory(code="KBRI-BUE", city="Buenos Aires"), until=in_days(-30))
    client.force_login(post.user)

    html = client.get(reverse("admin:markets_market_change", args=["CL"])).content.decode()

    assert "KBRI Santiago: … – …" in html and f"KBRI Buenos Aires: … – {in_days(-30)}" in html
