"""How days are written: the same on every page, and right in each language."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format

from kit.zones import ReaderZone

DAY = datetime.date(2026, 10, 8)


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "8 Oct 2026"), ("id", "8 Okt 2026"), ("es", "8 oct 2026"), ("pt-br", "8 out 2026")],
)
def test_a_day_is_short_in_its_language_and_no_other_day(language, written):
    with translation.override(language):
        assert date_format(DAY) == date_format(DAY, "SHORT_DATE_FORMAT") == written


@pytest.mark.parametrize(
    ("zone", "moment", "written"),
    [
        ("Asia/Jakarta", "2026-10-08T02:05", "8 Oct 2026, 09:05 WIB"),
        ("Asia/Jakarta", "2026-10-08T16:30", "8 Oct 2026, 23:30 WIB"),
        ("Asia/Makassar", "2026-10-08T16:30", "9 Oct 2026, 00:30 WITA"),
        ("Asia/Jayapura", "2026-10-08T16:30", "9 Oct 2026, 01:30 WIT"),
        ("Asia/Jakarta", "2028-02-28T17:00", "29 Feb 2028, 00:00 WIB"),
        ("America/Santiago", "2026-09-06T03:59", "5 Sep 2026, 23:59 UTC−04"),
        ("America/Santiago", "2026-09-06T04:00", "6 Sep 2026, 01:00 UTC−03"),  # summer time begins
        ("America/Santiago", "2027-04-04T04:00", "4 Apr 2027, 00:00 UTC−04"),  # and ends
    ],
)
def test_S38_a_time_is_that_of_its_reader_and_names_its_zone(zone, moment, written):
    stored = datetime.datetime.fromisoformat(f"{moment}+00:00")
    with timezone.override(ReaderZone(zone)):
        assert date_format(timezone.localtime(stored), "DATETIME_FORMAT") == written
