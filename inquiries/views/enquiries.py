"""The importer's enquiries: their list and each one's thread."""

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

NEWEST_FIRST = Keyset("enquiry_list", [("pk", "desc")])
PAGE_ROWS = 25


@never_cache
@require_safe
def enquiry_list(request: SignedInRequest) -> HttpResponse:
    """What the importer asked, newest first."""
    try:
        own = Enquiry.objects.sent_by(request.user).for_list()
        page = NEWEST_FIRST.page(own, request.GET.get("after"), PAGE_ROWS)
    except BadCursor:
        messages.info(request, _("This page of the list is not there; you see the first one."))
        return redirect("enquiry_list")
    context = {"enquiries": page.items, "next_url": f"?after={page.next_after}" if page.next_after else ""}
    return render(request, "inquiries/enquiry_list.html", context)


@never_cache
@require_safe
def enquiry_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One enquiry with what was written since, as the importer reads it."""
    enquiry = get_object_or_404(Enquiry.objects.sent_by(request.user).for_list(), pk=pk)
    thread = enquiry.read_as(Side.IMPORTER).for_thread()
    enquiry.see(Side.IMPORTER)
    return render(request, "inquiries/enquiry_detail.html", {"enquiry": enquiry, "thread": thread})
