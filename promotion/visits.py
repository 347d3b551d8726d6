"""Visits by campaign: a page that was opened with a campaign's code counts once (kit/tally.py says how)."""

from __future__ import annotations

import datetime
import logging
import re
from collections import Counter
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from kit.programs import is_opened_by_person
from kit.tally import Tally
from promotion.models import Campaign, CampaignDay
from promotion.models.campaign import CODE_LENGTH, SIGNS

CODE: Final = re.compile(f"[{SIGNS}]{{{CODE_LENGTH}}}")
VISITS: Final = Tally("visits")
_LINE: Final = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}}) ({CODE.pattern})")
log = logging.getLogger("promotion")


def count_visit(request: HttpRequest, response: HttpResponse) -> None:
    """Count a page that a person opened with a campaign's code in its address. Programs are not counted."""
    code = request.GET.get("c", "").upper()
    if not CODE.fullmatch(code) or not is_opened_by_person(request, response):
        return
    try:
        note(code, timezone.now().date())
    except OSError as error:  # a full disk costs a figure, never the page
        log.warning("a visit was not counted: %s", error.strerror)


def note(code: str, day: datetime.date) -> None:
    """Write down one visit."""
    VISITS.note(f"{day.isoformat()} {code}")


def flush() -> int:
    """Add up what was written down since the last time; how many visits. Safe to run twice at once."""
    return VISITS.flush(_add)


def _add(lines: Counter[str]) -> int:
    found: Counter[tuple[str, str]] = Counter()
    for line, number in lines.items():
        if match := _LINE.fullmatch(line):
            found[match[1], match[2]] += number
    known = dict(Campaign.objects.running().filter(code__in={code for _day, code in found}).values_list("code", "pk"))
    counted = 0
    for (day, code), visits in sorted(found.items()):
        if code in known:
            CampaignDay.add(known[code], datetime.date.fromisoformat(day), visits=visits)
            counted += visits
    return counted
