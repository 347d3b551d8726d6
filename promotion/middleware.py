"""Counts the pages that campaigns bring people to."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from promotion.visits import count_visit


class CampaignVisits:
    """Looks at pages whose address carries a campaign's code; all others pass untouched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "c=" in request.META.get("QUERY_STRING", ""):
            count_visit(request, response)
        return response
