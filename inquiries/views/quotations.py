"""Quotations: the producer's form, the importer's page with its two answers, the comparison, the PDF."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit, submissions
from accounts.http import SignedInRequest
from inquiries.comparing import compare
from inquiries.forms.quotations import DeclineQuotationForm, QuotationForm
from inquiries.freight import freight_of
from inquiries.models import Enquiry, EnquiryMoved, EnquiryState, Quotation, Side
from inquiries.scope import quotations_read_by
from kit import private_files
from kit.money import CURRENCIES
from markets.scope import works_everywhere

MOST_COMPARED = 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def quotation_create(request: SignedInRequest, pk: int) -> HttpResponse:
    """The producer quotes, or quotes anew: every version is kept."""
    own = Enquiry.objects.addressed_to(request.user).select_related("importer", "producer", "market", "round")
    enquiry = get_object_or_404(
        own.prefetch_related("lines__product__unit", "lines__product__offers", "lines__unit"), pk=pk
    )
    if not enquiry.may("quote"):
        raise enquiry.not_possible()
    newest = enquiry.read_as(Side.PRODUCER).order_by("-pk").values_list("pk", flat=True).first() or 0
    form = QuotationForm(request.POST or None, enquiry=enquiry, seen=newest)
    if request.method == "POST" and form.is_valid():
        key, body = form.cleaned_data["submission_key"], submissions.body_of(request)
        try:
            submissions.once(request.user, "quotation_create", key, body, lambda: _quote(request, enquiry, form))
        except EnquiryMoved as moved:
            form.add_error(None, str(moved.message))
            form.data = {**request.POST.dict(), "seen": newest}
        else:
            messages.success(request, _("Your quotation is sent."))
            return redirect("desk_enquiry", pk)
    context = {"form": form, "enquiry": enquiry}
    return render(request, "inquiries/quotation_create.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_safe
def quotation_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """A version as the importer reads it, with accepting and declining while it is the newest."""
    quotation = _of_importer(request, pk)
    return render(request, "inquiries/quotation_detail.html", _shown(quotation, DeclineQuotationForm()))


@require_POST
def quotation_accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """The importer accepts the version that they read."""
    quotation = _of_importer(request, pk)
    quotation.enquiry.accept(by=request.user, version=quotation.version)
    messages.success(request, _("You accepted the quotation. The producer is told, and the mission too."))
    return redirect("quotation_detail", pk)


@require_POST
def quotation_decline(request: SignedInRequest, pk: int) -> HttpResponse:
    """The importer declines it, and says why."""
    quotation = _of_importer(request, pk)
    form = DeclineQuotationForm({**request.POST.dict(), "version": str(quotation.version)})
    if not form.is_valid():
        return render(request, "inquiries/quotation_detail.html", _shown(quotation, form), status=422)
    told = form.cleaned_data
    quotation.enquiry.decline(by=request.user, version=quotation.version, reason=told["reason"], note=told["note"])
    messages.success(request, _("The producer is told that you do not take the quotation."))
    return redirect("quotation_detail", pk)


@never_cache
@require_safe
def quotation_compare(request: SignedInRequest) -> HttpResponse:
    """The newest quotations of the importer's open enquiries, per unit in one currency."""
    own = Quotation.objects.latest_of_each().filter(
        enquiry__in=Enquiry.objects.sent_by(request.user).filter(state=EnquiryState.QUOTED)
    )
    asked = request.GET.get("currency", "")
    currency = asked if asked in CURRENCIES else "USD"
    comparison = compare(own.for_showing().order_by("-pk")[:MOST_COMPARED], currency)
    context = {
        "comparison": comparison,
        "currencies": [(code, f"{code} – {known.name}", code == currency) for code, known in CURRENCIES.items()],
    }
    return render(request, "inquiries/quotation_compare.html", context)


@never_cache
@require_safe
def quotation_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """A version on paper in the language of the address; for both sides and for staff who see the enquiry.

    What the ministry reads is in the audit trail.
    """
    quotation = get_object_or_404(quotations_read_by(request.user).for_showing(), pk=pk)
    from inquiries.quotation_pdf import draw  # the library is heavy: read when it is needed

    if works_everywhere(request.user):
        audit.record("read", quotation.enquiry, by=request.user)
    return private_files.made(draw(quotation), "pdf", f"{quotation.number}-{get_language()}")


def _quote(request: SignedInRequest, enquiry: Enquiry, form: QuotationForm) -> submissions.Answer:
    seen = form.cleaned_data["seen"] or 0
    quotation = enquiry.quote(form.quotation(), form.quoted(), by=request.user, seen=seen)
    return submissions.Answer(302, {"pk": quotation.pk})


def _of_importer(request: SignedInRequest, pk: int) -> Quotation:
    own = Quotation.objects.filter(enquiry__in=Enquiry.objects.sent_by(request.user))
    quotation = own.for_showing().filter(pk=pk).first()
    if quotation is None:
        raise Http404
    return quotation


def _shown(quotation: Quotation, form: DeclineQuotationForm) -> dict[str, Any]:
    versions = list(quotation.enquiry.quotations.order_by("-version"))
    is_newest = versions[0].pk == quotation.pk
    is_open = quotation.enquiry.state == EnquiryState.QUOTED
    return {
        "quotation": quotation,
        "enquiry": quotation.enquiry,
        "versions": versions,
        "newest": versions[0],
        "is_newest": is_newest,
        "may_accept": is_newest and is_open and not quotation.is_lapsed(),
        "may_decline": is_newest and is_open,
        "freight": freight_of(quotation.lines.all()),
        "form": form,
    }
