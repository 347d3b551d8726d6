"""Campaigns on the desk: those of one's own markets, their short links, and what they brought."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import SignedInRequest
from accounts.staff_admin import desk_page
from accounts.workflow import Refused
from kit.csv_export import csv_response
from kit.keyset import Keyset
from kit.periods import days_asked, period_tabs
from markets.admin.page import page_links, page_of
from promotion.campaign_figures import RECENT, days_of, with_totals
from promotion.campaign_form import CampaignForm
from promotion.models import Campaign
from promotion.scope import campaigns_of

NEWEST = Keyset("campaigns", [("pk", "desc")])
POWER = "promotion.run_campaign"


@require_safe
@permission_required(POWER, raise_exception=True)
def campaign_list(request: SignedInRequest) -> HttpResponse:
    """The campaigns of one's own markets, the newest first."""
    rows = campaigns_of(request.user)
    page = page_of(request, NEWEST, with_totals(rows.select_related("market", "mission", "product", "collection")))
    context: dict[str, Any] = {"title": _("Campaigns"), "rows": page.items, "total": rows.count()}
    return desk_page(request, "campaign_list", {**context, **page_links(request, page)})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(POWER, raise_exception=True)
def campaign_start(request: SignedInRequest) -> HttpResponse:
    """Start one, for a market's page, or for a product or a collection that is shown there."""
    asked = {name: request.GET.get(name, "") for name in ("market", "product", "collection")}
    form = CampaignForm(request.POST if request.method == "POST" else None, initial=asked, user=request.user)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                campaign = form.start()
            except Refused as refusal:
                form.add_error("name", str(refusal.message))
                status = refusal.status
            else:
                messages.success(request, _("The campaign “%(name)s” has its link now.") % {"name": campaign})
                return redirect("admin:campaign_detail", pk=campaign.pk)
    return desk_page(request, "campaign_start", {"title": _("Start a campaign"), "form": form}, status=status)


@require_safe
@permission_required(POWER, raise_exception=True)
def campaign_detail(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """One campaign by day; `format=csv` downloads it."""
    found = campaigns_of(request.user).select_related("market", "product", "collection")
    campaign = get_object_or_404(with_totals(found), pk=pk)
    days = days_asked(request, usual=RECENT)
    rows = days_of(campaign, days)
    if request.GET.get("format") == "csv":
        header = [_("Day (UTC)"), _("Campaign"), _("Code"), _("Visits"), _("Enquiries")]
        lines = ([row.day, campaign.name, campaign.code, row.visits, row.enquiries] for row in rows)
        return csv_response(f"campaign-{campaign.code}-{days}-days", header, lines)
    context = {
        "title": campaign.name,
        "campaign": campaign,
        "rows": rows,
        "days": days,
        "csv_url": f"?days={days}&format=csv",
        "tabs": period_tabs(days),
        "facts": _facts(campaign),
    }
    return desk_page(request, "campaign_detail", context)


@require_POST
@permission_required(POWER, raise_exception=True)
def campaign_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """End one: its link still leads to its page, nothing more is counted."""
    campaign = get_object_or_404(campaigns_of(request.user), pk=pk)
    campaign.end(by=request.user)
    messages.success(request, _("The campaign “%(name)s” has ended.") % {"name": campaign})
    return redirect("admin:campaign_detail", pk=pk)


def _facts(campaign: Campaign) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = [
        (_("Market"), campaign.market),
        (_("Leads to"), campaign.product or campaign.collection or _("the market's page")),
        (_("Code"), campaign.code),
        (_("Visits since the start"), getattr(campaign, "visits", 0)),
        (_("Enquiries since the start"), getattr(campaign, "enquiries", 0)),
        (_("Started"), date_format(campaign.started_at)),
    ]
    return [*facts, (_("Ended"), date_format(campaign.ended_at))] if campaign.ended_at else facts
