"""The enquiries that a producer has been given: their list, each one's thread, and blocking an importer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from inquiries import posting
from inquiries.answer_times import standing_for
from inquiries.asked_facts import asked_of_all, asked_of_producer
from inquiries.enquiry_rows import rows_of
from inquiries.forms.messages import AnswerForm, BlockForm
from inquiries.models import Enquiry, SenderBlock, Side, Turn
from inquiries.models.enquiry_state import OPEN_STATES
from inquiries.models.enquiry_words import EnquiryQuerySet
from inquiries.thread_lines import closed_sentence, thread_of, trail_of
from inquiries.thread_pages import asked_page
from kit.keyset import Keyset

PAGE_ROWS: Final = 25
VIEWS: Final[dict[str, tuple[Any, Callable[[EnquiryQuerySet], EnquiryQuerySet], Keyset]]] = {
    "": (
        gettext_lazy("To answer"),
        lambda rows: rows.waiting_for_producer(),
        Keyset("desk_enquiry_list", [("due_at", "asc"), ("pk", "asc")]),
    ),
    "importer": (
        gettext_lazy("Waiting for the importer"),
        lambda rows: rows.waiting_for_importer(),
        Keyset("desk_enquiry_list:importer", [("last_message_at", "desc"), ("pk", "desc")]),
    ),
    "closed": (
        pgettext_lazy("enquiries", "Closed"),
        lambda rows: rows.closed(),
        Keyset("desk_enquiry_list:closed", [("pk", "desc")]),
    ),
}


@never_cache
@require_safe
def desk_enquiry_list(request: SignedInRequest) -> HttpResponse:
    """What importers ask: to be answered by due time, answered, closed."""
    view = request.GET.get("view", "") if request.GET.get("view") in VIEWS else ""
    own = Enquiry.objects.addressed_to(request.user)
    _label, narrowed, order = VIEWS[view]
    page = order.page(narrowed(own).for_list(), request.GET.get("after"), PAGE_ROWS)
    query = f"view={view}&" if view else ""
    context = {
        "rows": rows_of(page.items, Side.PRODUCER),
        "view": view,
        "tabs": _tabs(own, view),
        "next_url": f"?{query}after={page.next_after}" if page.next_after else "",
        "first_url": f"?{query}" if request.GET.get("after") else "",
    }
    return render(request, "inquiries/desk_enquiry_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def desk_enquiry(request: SignedInRequest, pk: int) -> HttpResponse:
    """One enquiry with what was written since, as the producer reads it; sending answers it."""
    own, status = Enquiry.objects.addressed_to(request.user).for_page(), 200
    enquiry = get_object_or_404(own, pk=pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AnswerForm(*sent, may_refuse=enquiry.may("refuse") or enquiry.state not in OPEN_STATES)
    if request.method == "POST":
        status = posting.answer(request, enquiry, form)
        if status == posting.WRITTEN:
            messages.success(request, _("Your answer is sent."))
            return posting.page_of_sent("desk_enquiry", enquiry)
        enquiry = get_object_or_404(own, pk=pk)
    return render(request, "inquiries/desk_enquiry.html", _context(request, enquiry, form), status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def desk_enquiry_block(request: SignedInRequest, pk: int) -> HttpResponse:
    """The producer takes no new enquiries from this importer, or takes them again; asked once more first."""
    enquiry = get_object_or_404(
        Enquiry.objects.addressed_to(request.user).select_related("importer", "producer"), pk=pk
    )
    block = _block(enquiry)
    form = BlockForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["do"] == "block":
            why = form.cleaned_data["why"]
            SenderBlock.put(enquiry.importer, producer=enquiry.producer, by=request.user, why=why)
            messages.success(request, _("This importer cannot send you new enquiries any more."))
        else:
            if block:
                block.lift(by=request.user)
            messages.success(request, _("This importer can send you enquiries again."))
        return redirect("desk_enquiry", pk)
    context = {"enquiry": enquiry, "own_block": block, "form": form}
    return render(request, "inquiries/desk_enquiry_block.html", context, status=422 if form.errors else 200)


def _tabs(own: EnquiryQuerySet, view: str) -> list[tuple[str, str, bool]]:
    """The views with how many wait in the open ones. One query."""
    counts = own.open().aggregate(
        to_answer=Count("pk", filter=Q(turn=Turn.PRODUCER)), importer=Count("pk", filter=Q(turn=Turn.IMPORTER))
    )
    numbers = {"": counts["to_answer"], "importer": counts["importer"]}
    return [
        (
            f"{label} ({numbers[name]})" if name in numbers else str(label),
            f"?view={name}" if name else "?",
            name == view,
        )
        for name, (label, _rows, _order) in VIEWS.items()
    ]


def _context(request: SignedInRequest, enquiry: Enquiry, form: AnswerForm) -> dict[str, Any]:
    page = asked_page(request, enquiry, Side.PRODUCER)
    form.has_before_it(page.seen)
    if page.is_newest and enquiry.is_unread_by(Side.PRODUCER):
        enquiry.see(Side.PRODUCER)
    return {
        "enquiry": enquiry,
        "form": form,
        "standing": standing_for(enquiry, Side.PRODUCER),
        "closed": closed_sentence(enquiry, Side.PRODUCER),
        "asked": asked_of_producer(enquiry),
        "asked_of_all": asked_of_all(enquiry),
        "thread": thread_of(enquiry, page, request.user, Side.PRODUCER),
        "page": page,
        "trail": trail_of(enquiry, request.user),
        "is_open": enquiry.state in OPEN_STATES,
        "own_block": _block(enquiry),
    }


def _block(enquiry: Enquiry) -> SenderBlock | None:
    """The producer's own block of this importer that is in force."""
    return SenderBlock.objects.in_force().filter(importer=enquiry.importer_id, producer=enquiry.producer_id).first()
