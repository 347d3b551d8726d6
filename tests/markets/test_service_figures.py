import csv
import datetime
import io
import random

import pytest
from django.urls import reverse

from accounts.models import Holiday
from catalog.models import Decision
from catalog.promise import PROMISED, WorkingDays
from markets.service_figures import figures_for, kept_figures_for, refresh_figures
from tests import factories as make

pytestmark = pytest.mark.django_db
ADDRESS = reverse("admin:service_figures")
UTC = datetime.UTC
NOW = datetime.datetime(2026, 11, 25, 3, 0, tzinfo=UTC)  # a Wednesday, 10:00 in Jakarta


@pytest.fixture
def santiago():
    post = make.MissionStaffFactory(user__name="Rina", mission__city="Santiago")
    make.AccreditationFactory(mission=post.mission)
    return post.user


@pytest.fixture
def ministry():
    return make.UserFactory(ministry=True)


def decided(days, *, markets=("CL",), at=NOW, outcome="approve"):
    revision = make.RevisionFactory(approved=True, target_markets=list(markets))
    began = at - datetime.timedelta(days=days)
    Decision.objects.create(revision=revision, outcome=outcome, version=1, submitted_at=began, decided_at=at)


def waiting(days, *, markets=("CL",)):
    began = NOW - datetime.timedelta(days=days)
    return make.RevisionFactory(submitted=True, target_markets=list(markets), submitted_at=began)


def test_the_share_the_median_and_the_oldest_are_counted_in_working_days(santiago):
    for days in (1, 2, 15):  # the last one: 11 working days
        decided(days)
    waiting(7)
    (row,) = figures_for(santiago, now=NOW)
    assert (row.name, row.decided, row.in_time, row.share) == ("KBRI Santiago", 3, 2, 67)
    assert row.median == datetime.timedelta(days=2)
    assert (row.waiting, row.overdue, row.oldest) == (1, 0, datetime.timedelta(days=5))


def test_a_holiday_stops_the_clock(santiago):
    decided(8)  # from Tuesday to Wednesday of the week after: 6 working days
    assert figures_for(santiago, now=NOW)[0].in_time == 0
    Holiday.objects.create(day=datetime.date(2026, 11, 23), name="Cuti bersama")
    assert figures_for(santiago, now=NOW)[0].in_time == 1


def test_the_database_counts_as_the_promise_does(ministry):
    dice = random.Random(7)
    for day in (datetime.date(2026, 8, 17), datetime.date(2026, 10, 5), datetime.date(2026, 11, 14)):
        Holiday.objects.create(day=day, name="Hari libur")
    spans = []
    for _turn in range(40):
        ended = NOW - datetime.timedelta(minutes=dice.randrange(100_000))
        began = ended - datetime.timedelta(minutes=dice.randrange(40_000))
        spans.append(WorkingDays.read().time_between(began, ended))
        Decision.objects.all().delete()
        make_one = make.RevisionFactory(approved=True)
        Decision.objects.create(revision=make_one, outcome="reject", version=1, submitted_at=began, decided_at=ended)
        row = figures_for(ministry, now=NOW)[0]
        assert row.median is not None
        assert abs(row.median - spans[-1]) < datetime.timedelta(seconds=1)
        assert row.in_time == (spans[-1] <= PROMISED)


def test_a_revision_counts_for_each_mission_that_covers_a_market_it_asks_for_and_once_in_all(ministry, santiago):
    lima = make.MissionFactory(code="KBRI-LIM", city="Lima", country="PE")
    make.AccreditationFactory(mission=lima, market=make.MarketFactory(iso2="PE"))
    decided(1, markets=("CL", "PE"))
    decided(1, markets=())
    counted = {row.name: row.decided for row in figures_for(ministry, now=NOW)}
    assert counted["All missions"] == 2 and counted["Ministry: no market asked for"] == 1
    assert counted["KBRI Lima"] == counted["KBRI Santiago"] == 1


def test_a_mission_reads_its_own_figures_only(client, santiago):
    make.MissionFactory(code="KBRI-LIM", city="Lima", country="PE")
    client.force_login(santiago)
    page = client.get(ADDRESS).content.decode()
    assert "KBRI Santiago" in page and "KBRI Lima" not in page and "All missions" not in page


def test_older_decisions_than_the_period_are_left_out(client, ministry):
    decided(1, at=NOW - datetime.timedelta(days=60))
    assert figures_for(ministry, days=30, now=NOW)[0].decided == 0
    assert figures_for(ministry, days=90, now=NOW)[0].decided == 1
    client.force_login(ministry)
    assert client.get(f"{ADDRESS}?days=365").context["days"] == 365
    assert client.get(f"{ADDRESS}?days=7").context["days"] == 90


def test_with_nothing_decided_nothing_is_claimed(client, ministry):
    row = figures_for(ministry, now=NOW)[0]
    assert row.share is None and row.median is None and row.oldest is None
    client.force_login(ministry)
    assert "–" in client.get(ADDRESS).content.decode()


def test_S23_the_table_downloads_as_csv_without_formulas(client, ministry):
    make.MissionFactory(code="KBRI-X", city='=HYPERLINK("http://x")', country="PE", type="embassy")
    decided(1)
    client.force_login(ministry)
    response = client.get(f"{ADDRESS}?format=csv")
    rows = list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig"))))
    assert response["Content-Type"].startswith("text/csv")
    assert rows[0][0] == "Mission" and rows[1][0] == "All missions"
    assert all(not cell.startswith(("=", "+", "@")) for row in rows for cell in row)


def test_the_home_of_the_desk_shows_them(client, santiago):
    decided(1, at=datetime.datetime.now(UTC))
    client.force_login(santiago)
    page = client.get(reverse("admin:index")).content.decode()
    assert "Five working days" in page and "100 %" in page and "(1 of 1)" in page


def test_the_home_of_the_ministry_leaves_out_missions_with_nothing_to_tell(client, ministry, santiago):
    make.MissionFactory(code="KBRI-A", city="Asunción", country="PY")
    decided(1, at=datetime.datetime.now(UTC))
    client.force_login(ministry)
    shown = [row.name for row in client.get(reverse("admin:index")).context["waiting"].service]
    assert shown == ["All missions", "KBRI Santiago"]


def test_the_count_takes_two_reads_however_many_missions(ministry, django_assert_max_num_queries):
    for number in range(5):
        make.MissionFactory(code=f"KBRI-{number}", city=f"City {number}", country="PE")
    ministry.has_perm("markets.review_everywhere")
    with django_assert_max_num_queries(3):  # and who acts, told to the database
        figures_for(ministry, now=NOW)


def test_the_page_shows_what_the_clock_counted_and_when(client, ministry, santiago):
    decided(1, at=datetime.datetime.now(UTC))
    refresh_figures()
    decided(1, at=datetime.datetime.now(UTC))
    client.force_login(ministry)
    shown = client.get(ADDRESS).context
    assert shown["rows"][0].decided == 1
    assert datetime.datetime.now(UTC) - shown["counted_at"] < datetime.timedelta(minutes=1)
    assert "Counted on" in client.get(ADDRESS).text
    refresh_figures()
    assert client.get(ADDRESS).context["rows"][0].decided == 2
    client.force_login(santiago)
    assert [row.name for row in client.get(ADDRESS).context["rows"]] == ["KBRI Santiago"]


def test_what_is_kept_is_what_would_be_counted(ministry, santiago):
    now = datetime.datetime.now(UTC)
    for days, markets in ((1, ("CL",)), (9, ("CL", "PE")), (2, ())):
        decided(days, at=now, markets=markets)
    for reader in (ministry, santiago):
        rows, at = kept_figures_for(reader)
        assert rows == figures_for(reader, now=at)


def test_a_mission_that_is_newer_than_the_count_stands_there_with_nothing(client, ministry):
    refresh_figures()
    make.MissionFactory(code="KBRI-NEW", city="Quito", country="EC")
    client.force_login(ministry)
    row = next(row for row in client.get(ADDRESS).context["rows"] if row.name == "KBRI Quito")
    assert (row.waiting, row.decided, row.share) == (0, 0, None)
