"""The producer's side of buying requests: what missions invite them to answer, and passing one on."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import submissions
from accounts.http import SignedInRequest
from accounts.models import User
from accounts.workflow import Refused
from inquiries.forms.buying_requests import PassForm
from inquiries.forms.offers import OfferForm
from inquiries.match_words import sentences
from inquiries.models import Enquiry, Match
from inquiries.models.match import MatchQuerySet, MatchState
from inquiries.request_facts import facts_of
from inquiries.request_pictures import picture_file
from kit.countries import country_name
from kit.keyset import Keyset

NEWEST_FIRST: Final = Keyset("request_invitation_list", [("pk", "desc")])
PAGE_ROWS: Final = 20


@never_cache
@require_safe
def request_invitation_list(request: SignedInRequest) -> HttpResponse:
    """Buying requests that the person's producers were invited to answer; those that wait are a view of their own."""
    is_all = request.GET.get("view") == "all"
    rows = _own(request.user) if is_all else _own(request.user).filter(state=MatchState.INVITED, request__state="open")
    page = NEWEST_FIRST.page(rows, request.GET.get("after"), PAGE_ROWS)
    view = "view=all&" if is_all else ""
    context = {
        "rows": page.items,
        "is_all": is_all,
        "tabs": [(_("To answer"), request.path, not is_all), (_("All"), "?view=all", is_all)],
        "next_url": f"?{view}after={page.next_after}" if page.next_after else "",
        "first_url": f"{request.path}?{view}".rstrip("?&") if request.GET.get("after") else "",
    }
    return render(request, "inquiries/request_invitation_list.html", context)


@never_cache
@require_safe
def request_invitation(request: SignedInRequest, pk: int) -> HttpResponse:
    """What an importer asks for, why one's product may fit, and the answer."""
    match = get_object_or_404(_own(request.user), pk=pk)
    return render(request, "inquiries/request_invitation.html", _context(match, PassForm()))


@never_cache
@require_POST
def request_pass(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make no offer, and say why."""
    match = get_object_or_404(_own(request.user), pk=pk)
    form = PassForm(request.POST)
    if not form.is_valid():
        return render(request, "inquiries/request_invitation.html", _context(match, form), status=422)
    match.pass_on(by=request.user, **form.cleaned_data)
    messages.success(request, _("Thank you. The mission knows now that you make no offer."))
    return redirect("request_invitation_list")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def request_offer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make an offer: it begins a thread with the importer, with its quotation."""
    match = get_object_or_404(_own(request.user), pk=pk)
    if request.method != "POST" and not match.may("offer"):  # a second sending gets the answer of the first
        raise match.not_possible()
    form = OfferForm(request.POST if request.method == "POST" else None, match=match)
    if form.is_valid() and (enquiry := _offered(request, form, match)) is not None:
        return redirect("desk_enquiry", enquiry)
    context = {**_context(match, PassForm()), "form": form}
    return render(request, "inquiries/request_offer.html", context, status=422 if form.errors else 200)


@require_safe
def request_invitation_picture(request: SignedInRequest, pk: int, size: str) -> HttpResponseBase:
    """The importer's picture, for who was invited."""
    return picture_file(get_object_or_404(_own(request.user), pk=pk).request, size)


def _own(user: User) -> MatchQuerySet:
    return Match.objects.answered_by(user).select_related(
        "product__producer", "request__importer", "request__commodity__hs6", "request__hs", "request__unit",
        "request__incoterm", "request__category",
    )  # fmt: skip


def _offered(request: SignedInRequest, form: OfferForm, match: Match) -> int | None:
    """The thread that the offer begins, once however often it is sent; None when the form says why not."""
    amounts = {name: form.cleaned_data[name] for name in ("quantity", "unit_price")}

    def work() -> submissions.Answer:
        enquiry = match.offer(form.save(commit=False), by=request.user, **amounts)
        if enquiry.is_waiting:
            messages.info(request, _("The importer has five offers before them: yours waits until a place is free."))
        return submissions.Answer(302, {"pk": enquiry.pk})

    try:
        key, body = form.cleaned_data["submission_key"], submissions.body_of(request)
        answer = submissions.once(request.user, "request_offer", key, body, work)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return None
    messages.success(request, _("Your offer is made."))
    return int(answer.data["pk"])


def _context(match: Match, form: PassForm) -> dict[str, Any]:
    asked = match.request
    is_open = asked.state == "open"
    return {
        "match": match,
        "asked": asked,
        "facts": facts_of(asked),
        "country": country_name(asked.importer.country),
        "reasons": sentences(match.reasons),
        "lacking": sentences(match.lacking),
        "may_answer": match.may("pass_on") and is_open,
        "is_open": is_open,
        "offer": _offer_of(match),
        "form": form,
    }


def _offer_of(match: Match) -> Enquiry | None:
    """The thread of the offer that was made; None before."""
    if match.state != MatchState.OFFERED:
        return None
    made = Enquiry.objects.filter(buying_request=match.request_id, producer=match.product.producer_id)
    return made.filter(lines__product=match.product_id).order_by("-pk").first()
