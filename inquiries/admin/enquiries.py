"""Enquiries on the staff's desk: what waits for too long, what is held, what was reported, and each thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.db.models import Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit, submissions
from accounts.http import SignedInRequest
from accounts.staff_admin import desk_page
from accounts.workflow import Refused
from inquiries.admin.enquiry_forms import DiscardForm, SearchForm, StepInForm
from inquiries.asked_facts import asked_lines, asked_of_all
from inquiries.models import Enquiry, EnquiryReport, ReportState, SenderBlock, Side
from inquiries.models.enquiry_words import EnquiryQuerySet
from inquiries.scope import POWER, enquiries_seen_by
from inquiries.thread_lines import thread_of
from inquiries.thread_pages import asked_page
from kit.csv_export import csv_response
from kit.keyset import Keyset
from markets.admin.page import page_links, page_of, with_query
from markets.scope import works_everywhere

DUE_FIRST: Final = Keyset("enquiries due", [("due_at", "asc"), ("pk", "asc")])
NEWEST_FIRST: Final = Keyset("enquiries", [("pk", "desc")])
MOST_EXPORTED: Final = 20_000


def _reported(rows: EnquiryQuerySet) -> EnquiryQuerySet:
    return rows.filter(pk__in=EnquiryReport.objects.filter(state=ReportState.OPEN).values("enquiry"))


VIEWS: Final[dict[str, tuple[Any, Callable[[EnquiryQuerySet], EnquiryQuerySet], Keyset]]] = {
    "overdue": (gettext_lazy("Overdue"), EnquiryQuerySet.overdue, DUE_FIRST),
    "waiting": (gettext_lazy("Wait for the producer"), EnquiryQuerySet.waiting_for_producer, DUE_FIRST),
    "held": (gettext_lazy("Held"), EnquiryQuerySet.held, NEWEST_FIRST),
    "reported": (gettext_lazy("Reported"), _reported, NEWEST_FIRST),
    "all": (gettext_lazy("All"), lambda rows: rows, NEWEST_FIRST),
}


@require_safe
@permission_required(POWER, raise_exception=True)
def enquiries(request: SignedInRequest) -> HttpResponseBase:
    """Enquiries from one's own markets, what is overdue first; `format=csv` downloads the view."""
    which = request.GET.get("view", "")
    which = which if which in VIEWS else "overdue"
    _label, words, order = VIEWS[which]
    rows = words(_searched(enquiries_seen_by(request.user), request))
    if request.GET.get("format") == "csv":
        return _csv(which, rows.for_list().order_by("-pk")[:MOST_EXPORTED])
    page = page_of(request, order, rows.for_list())
    context = {
        "title": _("Enquiries"),
        "rows": page.items,
        "total": None,
        "view": which,
        "tabs": [(label, with_query(request, view=name), name == which) for name, (label, *_rest) in VIEWS.items()],
        "csv_url": with_query(request, format="csv"),
        "search": SearchForm(request.GET),
        **page_links(request, page),
    }
    return desk_page(request, "enquiries", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(POWER, raise_exception=True)
def enquiry_oversee(request: SignedInRequest, pk: int) -> HttpResponse:
    """One thread with all that was written, and a word of the mission to either side."""
    enquiry = _of_staff(request, pk)
    form = StepInForm(request.POST if request.method == "POST" else None)
    status = 422 if form.errors else 200
    if request.method == "POST" and form.is_valid():
        try:
            _step_in(request, enquiry, form)
        except Refused as refusal:  # closed meanwhile: what was typed stays to be copied
            form.add_error(None, str(refusal.message))
            enquiry, status = _of_staff(request, pk), refusal.status
        else:
            messages.success(request, _("Your message is sent."))
            return redirect("admin:enquiry_oversee", pk)
    if works_everywhere(request.user):
        audit.record("read", enquiry, by=request.user)
    return desk_page(request, "enquiry_oversee", _shown(request, enquiry, form), status=status)


@require_POST
@permission_required(POWER, raise_exception=True)
def enquiry_remind(request: SignedInRequest, pk: int) -> HttpResponse:
    """Remind the producer; once a day is enough."""
    if _of_staff(request, pk).remind(by=request.user):
        messages.success(request, _("The producer is reminded."))
    else:
        messages.info(request, _("The producer was reminded today already."))
    return redirect("admin:enquiry_oversee", pk)


@require_POST
@permission_required(POWER, raise_exception=True)
def enquiry_deliver(request: SignedInRequest, pk: int) -> HttpResponse:
    """Pass a held one on to its producer."""
    _of_staff(request, pk).deliver(by=request.user)
    messages.success(request, _("The enquiry is passed on to the producer."))
    return redirect("admin:enquiry_oversee", pk)


@require_POST
@permission_required(POWER, raise_exception=True)
def enquiry_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Do not pass a held one on; the importer is told."""
    enquiry = _of_staff(request, pk)
    form = DiscardForm(request.POST)
    if not form.is_valid():
        shown = _shown(request, enquiry, StepInForm())
        return desk_page(request, "enquiry_oversee", {**shown, "discard": form}, status=422)
    why = form.cleaned_data["why"]
    with transaction.atomic():
        enquiry.discard(by=request.user, why=why)
        if form.cleaned_data["block"]:
            SenderBlock.put(enquiry.importer, producer=None, by=request.user, why=why)
    messages.success(request, _("The enquiry is not passed on; the importer is told."))
    return redirect("admin:enquiries")


@require_POST
@permission_required(POWER, raise_exception=True)
def report_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say whether a report is right: `uphold` or `dismiss`."""
    seen = enquiries_seen_by(request.user)
    report = get_object_or_404(EnquiryReport.objects.filter(enquiry__in=seen), pk=pk)
    decision = request.POST.get("decision")
    if decision == "uphold":
        report.uphold(by=request.user)
    elif decision == "dismiss":
        report.dismiss(by=request.user)
    else:
        shown = _shown(request, _of_staff(request, report.enquiry_id), StepInForm())
        return desk_page(request, "enquiry_oversee", shown, status=422)
    messages.success(request, _("Your decision is kept."))
    return redirect("admin:enquiry_oversee", report.enquiry_id)


def _step_in(request: SignedInRequest, enquiry: Enquiry, form: StepInForm) -> None:
    """Write the word of the mission, once however often it is sent. Raises TransitionNotAllowed."""

    def work() -> submissions.Answer:
        message = enquiry.write(form.said(), side=Side.MISSION, by=request.user)
        return submissions.Answer(201, {"pk": message.pk})

    key = form.cleaned_data["submission_key"]
    submissions.once(request.user, "enquiry_oversee", key, submissions.body_of(request), work)


def _of_staff(request: SignedInRequest, pk: int) -> Enquiry:
    return get_object_or_404(enquiries_seen_by(request.user).for_page(), pk=pk)


def _searched(rows: EnquiryQuerySet, request: SignedInRequest) -> EnquiryQuerySet:
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    if not words:
        return rows
    if number := form.number():
        return rows.filter(pk=number)
    return rows.filter(Q(importer__company__icontains=words) | Q(producer__trade_name__icontains=words))


def _shown(request: SignedInRequest, enquiry: Enquiry, form: StepInForm) -> dict[str, Any]:
    page = asked_page(request, enquiry, Side.MISSION)
    return {
        "title": enquiry.number,
        "enquiry": enquiry,
        "thread": thread_of(enquiry, page, request.user, Side.MISSION),
        "page": page,
        "asked": asked_lines(enquiry),
        "asked_of_all": asked_of_all(enquiry),
        "quotation": enquiry.quotations.for_showing().order_by("-version").first(),
        "reports": enquiry.reports.order_by("-pk"),
        "form": form,
        "discard": DiscardForm(),
    }


def _csv(which: str, rows: EnquiryQuerySet) -> HttpResponseBase:
    header = [
        _("Number"), _("Market"), _("Importer"), _("Producer"), _("State"), _("Whose turn"), _("Sent"),
        _("Answer by"), _("First answered"),
    ]  # fmt: skip
    lines = (
        [
            row.number,
            row.market_id or "",
            row.importer.company,
            row.producer.trade_name,
            row.get_state_display(),
            row.get_turn_display(),
            row.sent_at,
            row.due_at,
            row.first_answered_at,
        ]
        for row in rows
    )
    return csv_response(f"enquiries-{which}", header, lines)
