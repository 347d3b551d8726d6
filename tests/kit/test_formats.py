"""How days are written: the same on every page, and right in each language."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone, translation
from django.utils.formats import date_format

DAY = datetime.date(2026, 10, 8)


@pytest.mark.parametrize(
    ("language", "written"),
    [("en", "8 Oct 2026"), ("id", "8 Okt 2026"), ("es", "8 oct 2026"), ("pt-br", "8 out 2026")],
)
def test_a_day_is_short_in_its_language_and_no_other_day(language, written):
    with translation.override(language):
        assert date_format(DAY) == date_format(DAY, "SHORT_DATE_FORMAT") == written


def test_a_time_names_its_zone():
    moment = datetime.datetime(2026, 10, 8, 2, 5, tzinfo=datetime.UTC)
    with timezone.override("Asia/Jakarta"):
        assert date_format(timezone.localtime(moment), "DATETIME_FORMAT") == "8 Oct 2026, 09:05 WIB"
