"""The importer's enquiries: their list, and each one's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from inquiries import posting
from inquiries.alternatives import alternatives_to
from inquiries.answer_times import owed_sentence, standing_for
from inquiries.asked_facts import asked_lines, asked_of_all
from inquiries.enquiry_rows import rounds_of
from inquiries.forms.messages import MessageForm, WithdrawForm
from inquiries.models import Enquiry, EnquiryRound, EnquiryState, Side, Stage
from inquiries.models.enquiry_state import OPEN_STATES
from inquiries.models.enquiry_words import EnquiryQuerySet
from inquiries.thread_lines import closed_sentence, thread_of, trail_of
from inquiries.thread_pages import asked_page
from kit.keyset import Keyset

NEWEST_FIRST: Final = Keyset("enquiry_list", [("pk", "desc")])
PAGE_ROUNDS: Final = 10
GROUPS: Final[dict[str, tuple[Any, Callable[[EnquiryQuerySet], EnquiryQuerySet]]]] = {
    "": (pgettext_lazy("enquiries", "All"), lambda rows: rows),
    "waiting": (gettext_lazy("Waiting for the producer"), lambda rows: rows.waiting_for_producer()),
    "yours": (gettext_lazy("Your turn"), lambda rows: rows.waiting_for_importer()),
    "held": (gettext_lazy("With the mission"), lambda rows: rows.held()),
    "closed": (pgettext_lazy("enquiries", "Closed"), lambda rows: rows.closed()),
}
WITHOUT_ANSWER: Final = {EnquiryState.REFUSED, EnquiryState.EXPIRED}


@never_cache
@require_safe
def enquiry_list(request: SignedInRequest) -> HttpResponse:
    """What the importer asked, newest first; what was sent together stands together."""
    asked = request.GET.get("state", "")
    own = Enquiry.objects.sent_by(request.user)
    shown = _narrowed(own, asked)
    page = NEWEST_FIRST.page(_rounds(own, shown), request.GET.get("after"), PAGE_ROUNDS)
    rows = shown.filter(round__in=[sent.pk for sent in page.items]).for_list().order_by("-round", "pk")
    state = f"state={asked}&" if asked and (asked in GROUPS or asked in EnquiryState.values) else ""
    context = {
        "rounds": rounds_of(page.items, rows, Side.IMPORTER),
        "number": len(page.items),
        "tabs": [(label, f"?state={name}" if name else "?", name == asked) for name, (label, _of) in GROUPS.items()],
        "only": str(EnquiryState(asked).label) if asked in EnquiryState.values else "",
        "is_narrowed": bool(state),
        "next_url": f"?{state}after={page.next_after}" if page.next_after else "",
        "first_url": f"?{state}" if request.GET.get("after") else "",
    }
    return render(request, "inquiries/enquiry_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One enquiry with what was written since, as the importer reads it; sending writes a message."""
    own, status = Enquiry.objects.sent_by(request.user).for_page(), 200
    enquiry = get_object_or_404(own, pk=pk)
    form = MessageForm(request.POST, request.FILES) if request.method == "POST" else MessageForm()
    if request.method == "POST":
        status = posting.write(request, enquiry, form)
        if status == posting.WRITTEN:
            messages.success(request, _("Your message is sent."))
            return posting.page_of_sent("enquiry_detail", enquiry)
        enquiry = get_object_or_404(own, pk=pk)
    return render(request, "inquiries/enquiry_detail.html", _context(request, enquiry, form), status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enquiry_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """The importer takes an enquiry back, with a reason if they like."""
    enquiry = get_object_or_404(Enquiry.objects.sent_by(request.user).select_related("producer", "importer"), pk=pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if enquiry.state != EnquiryState.WITHDRAWN:  # a second press finds its own work done
            enquiry.withdraw(by=request.user, why=form.cleaned_data["why"])
        messages.success(request, _("The enquiry is withdrawn."))
        return redirect("enquiry_detail", pk)
    if not enquiry.may("withdraw"):
        return redirect("enquiry_detail", pk)
    context = {"enquiry": enquiry, "form": form}
    return render(request, "inquiries/enquiry_withdraw.html", context, status=422 if form.errors else 200)


def _narrowed(own: EnquiryQuerySet, asked: str) -> EnquiryQuerySet:
    """By a group of states, or by one state alone; what is neither narrows nothing."""
    if asked in EnquiryState.values:
        return own.filter(state=asked)
    return GROUPS.get(asked, GROUPS[""])[1](own)


def _rounds(own: EnquiryQuerySet, shown: EnquiryQuerySet) -> QuerySet[EnquiryRound]:
    """The sendings of which something is shown."""
    rounds = EnquiryRound.objects.filter(pk__in=shown.order_by().values("round"))
    return rounds.annotate(producers=Count("enquiries"))


def _context(request: SignedInRequest, enquiry: Enquiry, form: MessageForm) -> dict[str, Any]:
    page = asked_page(request, enquiry, Side.IMPORTER)
    form.has_before_it(page.seen)
    if page.is_newest and enquiry.is_unread_by(Side.IMPORTER):
        enquiry.see(Side.IMPORTER)
    is_silent = enquiry.stage >= Stage.ALTERNATIVES
    return {
        "enquiry": enquiry,
        "form": form,
        "standing": standing_for(enquiry, Side.IMPORTER),
        "owed": owed_sentence(enquiry),
        "closed": closed_sentence(enquiry, Side.IMPORTER),
        "asked": asked_lines(enquiry),
        "asked_of_all": asked_of_all(enquiry),
        "thread": thread_of(enquiry, page, request.user, Side.IMPORTER),
        "page": page,
        "trail": trail_of(enquiry, request.user),
        "is_open": enquiry.state in OPEN_STATES,
        "may_withdraw": enquiry.may("withdraw"),
        "quotation": enquiry.quotations.order_by("-version").first(),
        "alternatives": alternatives_to(enquiry) if enquiry.state in WITHOUT_ANSWER or is_silent else (),
    }
