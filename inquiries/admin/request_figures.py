"""The figures of buying requests as a page and as a table for a spreadsheet."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.decorators import permission_required
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from accounts.staff_admin import desk_page
from inquiries.request_figures import USUAL, Figures, figures_for
from inquiries.scope import DECIDES_REQUESTS
from kit.csv_export import csv_response
from kit.periods import days_asked, period_tabs

SHOWN: Final = 50


@require_safe
@permission_required(DECIDES_REQUESTS, raise_exception=True)
def request_figures(request: SignedInRequest) -> HttpResponseBase:
    """Requests of one's own markets by commodity and destination; `format=csv` downloads all of it."""
    days = days_asked(request, usual=USUAL)
    by_commodity, by_country = figures_for(request.user, days=days)
    if request.GET.get("format") == "csv":
        lines = [_line(_("Commodity"), one, days) for one in by_commodity]
        lines += [_line(_("Destination"), one, days) for one in by_country]
        return csv_response(f"buying-requests-{days}-days", _header(), lines)
    context = {
        "title": _("Figures of buying requests"),
        "tables": [(_("By commodity"), by_commodity[:SHOWN]), (_("By destination"), by_country[:SHOWN])],
        "csv_url": f"?days={days}&format=csv",
        "tabs": period_tabs(days),
    }
    return desk_page(request, "request_figures", context)


def _header() -> list[str]:
    return [
        _("Counted by"),
        _("Name"),
        _("Days counted"),
        _("Requests"),
        _("Approved"),
        _("Without an offer"),
        _("With an offer"),
        _("Median time to the first offer (working days)"),
    ]


def _line(kind: str, row: Figures, days: int) -> list[object]:
    return [
        kind, row.name, days, row.asked, row.approved, row.without_answer, row.offered, row.first_offer_days,
    ]  # fmt: skip
