"""Visits of campaigns: who counts, that no visit writes to the database, and that none is lost or counted twice."""

from __future__ import annotations

import datetime
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as project
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kit import tally
from promotion import visits
from promotion.models import CampaignDay
from tests.catalog.products import published
from tests.factories import CampaignFactory, in_days
from tests.markets.test_races import at_once

pytestmark = pytest.mark.django_db
PERSON = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140 Safari/537.36"}


@pytest.fixture
def campaign():
    return CampaignFactory(product=published())


def figures() -> dict[str, int]:
    return {row.campaign.code: row.visits for row in CampaignDay.objects.select_related("campaign")}


def visit(client, campaign, headers=PERSON, **query):
    path = f"/es/products/{campaign.product.slug}/"
    return client.get(path, {"c": campaign.code, **query}, headers=headers)


def test_a_visit_through_the_short_link_counts_once(client, campaign):
    response = client.get(f"/s/{campaign.code}", headers=PERSON, follow=True)
    assert response.status_code == 200
    assert visits.flush() == 1
    assert figures() == {campaign.code: 1}
    assert visits.flush() == 0


def test_a_visit_writes_nothing_to_the_database_and_sets_no_cookie(client, campaign):
    with CaptureQueriesContext(connection) as asked:
        response = visit(client, campaign)
    writes = re.compile(r"^\s*(INSERT|UPDATE|DELETE)", re.M)
    assert asked.captured_queries and not [one for one in asked.captured_queries if writes.search(one["sql"])]
    assert not response.cookies
    assert not CampaignDay.objects.exists()


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "facebookexternalhit/1.1",
        "WhatsApp/2.23.20.0",
        "curl/8.5.0",
        "python-requests/2.32",
        "",
    ],
)
def test_programs_do_not_count(client, campaign, agent):
    visit(client, campaign, headers={"User-Agent": agent})
    assert visits.flush() == 0


def test_what_is_fetched_ahead_or_is_no_page_does_not_count(client, campaign):
    visit(client, campaign, headers={**PERSON, "Sec-Purpose": "prefetch;prerender"})
    client.head(f"/es/products/{campaign.product.slug}/?c={campaign.code}", headers=PERSON)
    client.get(f"/es/products/nowhere/?c={campaign.code}", headers=PERSON)
    client.get(f"/es/products/{campaign.product.slug}/sheet.pdf?c={campaign.code}", headers=PERSON)
    assert visits.flush() == 0


@pytest.mark.parametrize("code", ["", "NWHERE", "ABCDEFG", "A B", "../../etc", "<b>", "\0", "ÄÄÄÄÄÄ"])
def test_a_code_of_nobody_counts_for_nobody(client, campaign, code):
    assert visit(client, campaign, c=code).status_code == 200
    assert visits.flush() == 0 and not CampaignDay.objects.exists()


def test_days_are_kept_apart(campaign):
    for day in (in_days(0), in_days(-1), in_days(-1)):
        visits.note(campaign.code, day)
    assert visits.flush() == 3
    assert dict(CampaignDay.objects.values_list("day", "visits")) == {in_days(0): 1, in_days(-1): 2}


def test_enquiries_are_added_beside_them(campaign):
    visits.note(campaign.code, in_days(0))
    visits.flush()
    CampaignDay.add(campaign.pk, in_days(0), enquiries=1)
    row = CampaignDay.objects.get()
    assert (row.visits, row.enquiries) == (1, 1)


def test_a_batch_whose_counter_was_killed_before_it_could_tidy_counts_once(campaign, monkeypatch):
    visits.note(campaign.code, in_days(0))
    monkeypatch.setattr(Path, "unlink", lambda self, missing_ok=False: None)
    visits.flush()
    monkeypatch.undo()
    assert visits.flush() == 0
    assert figures() == {campaign.code: 1}


def test_a_batch_whose_counter_failed_is_counted_the_next_time(campaign, monkeypatch):
    visits.note(campaign.code, in_days(0))

    def fail(*_args, **_more):
        raise RuntimeError("killed")

    monkeypatch.setattr(CampaignDay, "add", fail)
    with pytest.raises(RuntimeError):
        visits.flush()
    monkeypatch.undo()
    assert visits.flush() == 1


def test_the_file_is_bounded(campaign, monkeypatch):
    monkeypatch.setattr(tally, "MOST_BYTES", 30)
    for _time in range(10):
        visits.note(campaign.code, in_days(0))
    assert visits.flush() == 2


def test_a_full_disk_costs_a_figure_and_never_the_page(client, campaign, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    assert visit(client, campaign).status_code == 200


NOTES = """
import datetime, django, sys
django.setup()
from promotion import visits
for _time in range(400):
    visits.note(sys.argv[1], datetime.date.fromisoformat(sys.argv[2]))
"""


def test_two_processes_note_while_a_third_adds_up_and_none_is_lost(campaign, settings):
    day = datetime.date(2026, 11, 1)
    environment = {
        **os.environ, "MEDIA_ROOT": settings.MEDIA_ROOT, "DJANGO_SETTINGS_MODULE": "inaaccess.settings",
        "PYTHONPATH": str(project.BASE_DIR),
    }  # fmt: skip
    command = [sys.executable, "-c", NOTES, campaign.code, day.isoformat()]
    processes = [subprocess.Popen(command, env=environment) for _one in range(2)]
    counted = 0
    while any(process.poll() is None for process in processes):
        counted += visits.flush()
    counted += visits.flush()
    assert [process.returncode for process in processes] == [0, 0]
    assert counted == 800 and figures() == {campaign.code: 800}


@pytest.mark.django_db(transaction=True)
def test_two_counters_at_once_count_each_visit_once():
    campaign = CampaignFactory()
    for _time in range(50):
        visits.note(campaign.code, in_days(0))
    assert at_once(visits.flush, visits.flush) == ["done", "done"]
    assert figures() == {campaign.code: 50}
