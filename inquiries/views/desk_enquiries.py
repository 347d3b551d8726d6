"""The enquiries that a producer has been given: their list and each one’s thread."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.http import SignedInRequest
from inquiries.models import Enquiry, Side
from kit.keyset import BadCursor, Keyset

NEWEST_FIRST = Keyset("desk_enquiry_list", [("pk", "desc")])
PAGE_ROWS = 25


@never_cache
@require_safe
def desk_enquiry_list(request: SignedInRequest) -> HttpResponse:
    """What importers ask, newest first."""
    try:
        own = Enquiry.objects.addressed_to(request.user).for_list()
        page = NEWEST_FIRST.page(own, request.GET.get("after"), PAGE_ROWS)
    except BadCursor:
        messages.info(request, _("This page of the list is not there; you see the first one."))
        return redirect("desk_enquiry_list")
    context = {"enquiries": page.items, "next_url": f"?after={page.next_after}" if page.next_after else ""}
    return render(request, "inquiries/desk_enquiry_list.html", context)


@never_cache
@require_safe
def desk_enquiry(request: SignedInRequest, pk: int) -> HttpResponse:
    """One enquiry with what was written since, as the producer reads it."""
    enquiry = get_object_or_404(Enquiry.objects.addressed_to(request.user).for_list(), pk=pk)
    thread = enquiry.read_as(Side.PRODUCER).for_thread()
    enquiry.see(Side.PRODUCER)
    return render(request, "inquiries/desk_enquiry.html", {"enquiry": enquiry, "thread": thread})
