"""What buyers looked for in vain, added up for staff: demand that no producer of the catalogue meets yet."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.staff_admin import desk_page
from catalog.models import UnmetQuery
from kit.countries import country_name
from kit.languages import CONTENT_LANGUAGE_NAMES, content_key

MOST_ROWS: Final = 200
PERIODS: Final = {"30": gettext_lazy("30 days"), "90": gettext_lazy("90 days"), "365": gettext_lazy("a year")}


@require_safe
def unmet_demand(request: HttpRequest) -> HttpResponse:
    """The words that found nothing, most visits first, over 30, 90 or 365 days, in all markets or in one."""
    days = request.GET.get("days", "")
    days = days if days in PERIODS else "90"
    kept = UnmetQuery.objects.filter(day__gt=timezone.now().date() - datetime.timedelta(days=int(days)))
    markets = sorted(kept.exclude(market="").values_list("market", flat=True).distinct(), key=country_name)
    market = request.GET.get("market", "")
    market = market if market in markets else ""
    rows = wanted_in_vain(kept.filter(market=market) if market else kept)
    context = {
        "title": _("Unmet demand"),
        "tabs": search_tabs(request),
        "days": days,
        "periods": PERIODS.items(),
        "market": market,
        "markets": [(code, country_name(code)) for code in markets],
        "rows": [_shown(row) for row in rows],
    }
    return desk_page(request, "unmet_demand", context)


def search_tabs(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """The two pages about search, for their tabs."""
    pages = ((_("Unmet demand"), "admin:unmet_demand"), (_("Search explained"), "admin:search_explain"))
    return [(label, reverse(name), request.path == reverse(name)) for label, name in pages]


def wanted_in_vain(kept: QuerySet[UnmetQuery]) -> list[dict[str, Any]]:
    """The first 200 texts of `kept`: `total` visits, the `languages` and `markets` they came from, the `last` day."""
    rows = (
        kept.order_by()
        .values("text")
        .annotate(
            total=Sum("visits"),
            languages=ArrayAgg("language", distinct=True),
            markets=ArrayAgg("market", distinct=True),
            last=Max("day"),
        )
        .order_by("-total", "-last", "text")
    )
    return [dict(row) for row in rows[:MOST_ROWS]]


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    languages = sorted(str(CONTENT_LANGUAGE_NAMES[content_key(code)]) for code in row["languages"])
    return {
        **row,
        "languages": ", ".join(languages),
        "markets": ", ".join(country_name(code) for code in row["markets"] if code),
        "explain_url": f"{reverse('admin:search_explain')}?{urlencode({'q': row['text']})}",
    }
