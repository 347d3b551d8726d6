"""The service figures as a page and as a table for a spreadsheet."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from kit.csv_export import csv_response
from kit.periods import days_asked, period_tabs
from markets.admin.page import desk_page
from markets.service_figures import Figures, kept_figures_for

USUAL = 90


@require_safe
@permission_required("catalog.review_revision", raise_exception=True)
def service_figures(request: SignedInRequest) -> HttpResponseBase:
    """How the promise is kept, by mission; `format=csv` downloads it."""
    days = days_asked(request, usual=USUAL)
    rows, counted_at = kept_figures_for(request.user, days=days)
    if request.GET.get("format") == "csv":
        return csv_response(f"service-figures-{days}-days", header(), (line(row, days) for row in rows))
    context = {
        "title": _("Service figures"),
        "rows": rows,
        "days": days,
        "tabs": period_tabs(days),
        "csv_url": f"?days={days}&format=csv",
        "counted_at": counted_at,
    }
    return desk_page(request, "service_figures", context)


def header() -> list[str]:
    """The columns of the download."""
    return [
        _("Mission"),
        _("Days counted"),
        _("Waiting"),
        _("Past the promise"),
        _("Oldest wait (working days)"),
        _("Decided"),
        _("Decided within 5 working days"),
        _("Share within 5 working days (%)"),
        _("Median time (working days)"),
    ]


def line(row: Figures, days: int) -> list[object]:
    """A mission in the download."""
    return [
        row.name,
        days,
        row.waiting,
        row.overdue,
        row.oldest_days,
        row.decided,
        row.in_time,
        row.share,
        row.median_days,
    ]
