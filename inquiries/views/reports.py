"""What both sides of a thread do alike: report it to the mission, and download its files."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from accounts.workflow import Refused
from inquiries import attachments
from inquiries.forms.messages import ReportForm
from inquiries.models import Enquiry, EnquiryReport, Side
from inquiries.models.enquiry_words import EnquiryQuerySet


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry_report(request: SignedInRequest, pk: int) -> HttpResponse:
    """The importer tells the mission that a producer abuses the thread."""
    return _report(request, Enquiry.objects.sent_by(request.user), pk, Side.IMPORTER, "enquiry_detail")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def desk_enquiry_report(request: SignedInRequest, pk: int) -> HttpResponse:
    """The producer tells the mission that an importer abuses the thread."""
    return _report(request, Enquiry.objects.addressed_to(request.user), pk, Side.PRODUCER, "desk_enquiry")


@require_safe
def enquiry_attachment(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """A file of a message, for both sides and the staff who look after them."""
    files = attachments.readable_by(request.user).select_related("message__enquiry__importer")
    return attachments.download(get_object_or_404(files, pk=pk), by=request.user)


def _report(request: SignedInRequest, own: EnquiryQuerySet, pk: int, side: Side, back: str) -> HttpResponse:
    enquiry = get_object_or_404(own.select_related("importer", "producer"), pk=pk)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            EnquiryReport.file(enquiry, side=side, by=request.user, **form.cleaned_data)
        except Refused as refusal:  # a second press, or a colleague was first: the mission knows
            messages.info(request, str(refusal.message))
        else:
            messages.success(request, _("The mission is told and looks at it."))
        return redirect(back, pk)
    context = {"enquiry": enquiry, "form": form}
    template = "inquiries/desk_enquiry_report.html" if side == Side.PRODUCER else "inquiries/enquiry_report.html"
    return render(request, template, context, status=422 if form.errors else 200)
