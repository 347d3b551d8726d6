"""The importer's side of buying requests: the list, one of them, writing, changing, withdrawing, closing."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import ratelimit, submissions
from accounts.http import SignedInRequest, signed_in
from accounts.models import User
from accounts.roles import is_official
from accounts.workflow import Refused
from catalog.commodities import find_commodities
from catalog.filters import read
from inquiries import own_basket, readers, request_drafts
from inquiries.access import company_first, importer_of, own_importer
from inquiries.forms.buying_requests import BuyingRequestForm, CloseForm, as_typed, from_search
from inquiries.models import BuyingRequest, Importer
from inquiries.offer_rows import offers_seen
from inquiries.request_facts import facts_of
from inquiries.request_pictures import count_try, picture_file, taken_in
from kit.keyset import Keyset
from kit.uploads import UploadRefused

NEWEST_FIRST: Final = Keyset("buying_request_list", [("pk", "desc")])
PAGE_ROWS: Final = 20


@never_cache
@require_safe
def buying_request_list(request: SignedInRequest) -> HttpResponse:
    """The requests of one's own company, the newest first."""
    importer_of(request.user)
    rows = BuyingRequest.objects.owned_by(request.user).for_list()
    page = NEWEST_FIRST.page(rows, request.GET.get("after"), PAGE_ROWS)
    context = {
        "rows": page.items,
        "next_url": f"?after={page.next_after}" if page.next_after else "",
        "first_url": request.path if request.GET.get("after") else "",
    }
    return render(request, "inquiries/buying_request_list.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def buying_request_create(request: HttpRequest) -> HttpResponse:
    """Write a request, from a search or from nothing. Who has no company yet writes first; it is kept meanwhile."""
    importer = own_importer(request.user)
    if isinstance(request.user, User) and is_official(request.user):
        return company_first(request, request.path)
    if request.method != "POST":
        begun, is_draft = _begun(request, importer)
        return _write_page(request, BuyingRequestForm(initial=begun), is_begun=is_draft)
    if "forget" in request.POST:
        request_drafts.forget(request)
        return redirect("buying_request_create")
    if (found := _looked_up(request)) is not None:
        return _write_page(request, BuyingRequestForm(initial=found.pop("initial")), **found)
    form = BuyingRequestForm(request.POST, request.FILES)
    if form.is_valid():
        if importer is None:
            return _kept(request, form)
        if (made := _submitted(request, form, importer)) is not None:
            return redirect("buying_request_detail", made)
    return _write_page(request, form, status=422)


@never_cache
@require_safe
def buying_request_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One request with its state and what may be done."""
    asked = get_object_or_404(_own(request.user), pk=pk)
    return render(request, "inquiries/buying_request_detail.html", detail_context(asked, CloseForm()))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def buying_request_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Other words while it waits for approval."""
    asked = get_object_or_404(_own(request.user), pk=pk)
    if not asked.may("rewrite"):
        raise asked.not_possible()
    if request.method != "POST":
        form = BuyingRequestForm(instance=asked, initial={"seen_version": asked.version})
        return _write_page(request, form, asked=asked)
    if (found := _looked_up(request)) is not None:
        form = BuyingRequestForm(instance=asked, initial=found.pop("initial"))
        return _write_page(request, form, asked=asked, **found)
    form = BuyingRequestForm(request.POST, request.FILES, instance=asked)
    if form.is_valid() and _rewritten(request, form, pk):
        messages.success(request, _("Your request is changed."))
        return redirect("buying_request_detail", pk)
    return _write_page(request, form, asked=get_object_or_404(_own(request.user), pk=pk), status=422)


@require_POST
def buying_request_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take it back before anybody decided."""
    asked = get_object_or_404(_own(request.user), pk=pk)
    asked.withdraw(by=request.user)
    messages.success(request, _("Your request is withdrawn."))
    return redirect("buying_request_detail", pk)


@require_POST
def buying_request_close(request: SignedInRequest, pk: int) -> HttpResponse:
    """End an open one, and say what came of it."""
    asked = get_object_or_404(_own(request.user), pk=pk)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return render(request, "inquiries/buying_request_detail.html", detail_context(asked, form), status=422)
    asked.close(by=request.user, outcome=form.cleaned_data["outcome"])
    messages.success(request, _("Your request is closed. Thank you for saying what came of it."))
    return redirect("buying_request_detail", pk)


@require_safe
def buying_request_picture(request: SignedInRequest, pk: int, size: str) -> HttpResponseBase:
    """The picture, for its importer."""
    return picture_file(get_object_or_404(_own(request.user), pk=pk), size)


def detail_context(asked: BuyingRequest, form: CloseForm) -> dict[str, Any]:
    """What the page of one request shows."""
    return {
        "asked": asked,
        "facts": facts_of(asked),
        "offers": offers_seen(asked),
        "form": form,
        "may_change": asked.may("rewrite"),
        "may_close": asked.may("close"),
    }


def _own(user: User) -> Any:
    return BuyingRequest.objects.owned_by(user).select_related(
        "importer", "commodity__hs6", "hs", "unit", "incoterm", "category"
    )


def _begun(request: HttpRequest, importer: Importer | None) -> tuple[dict[str, Any], bool]:
    """What the form begins with: the search that led here, else what was written before; is it the latter?"""
    begun = {"country": importer.country} if importer else {}
    if searched := from_search(read(request.GET)):
        return begun | searched, False
    draft = request_drafts.kept(request)
    return begun | (as_typed(draft) if draft is not None else {}), draft is not None


def _kept(request: HttpRequest, form: BuyingRequestForm) -> HttpResponse:
    """The draft is in the basket; it is handed in when it is known who asks."""
    request_drafts.keep(request, form)
    if request.user.is_anonymous:
        messages.info(request, _("Your request is kept. Register or sign in, and you can send it."))
    else:
        messages.info(request, _("Your request is kept. Add your company, and you can send it."))
    return own_basket.keep(request, company_first(request, reverse("buying_request_create")))


def _looked_up(request: HttpRequest) -> dict[str, Any] | None:
    """What a page without script asked for: to look for a commodity, or to take one; None for the whole form."""
    initial = as_typed(request.POST)
    if picked := request.POST.get("pick_commodity"):
        return {"initial": initial | {"commodity": picked}}
    if "find" not in request.POST:
        return None
    words = request.POST.get("commodity_words", "")
    return {"initial": initial, "words": words, "found": find_commodities(words), "is_looked_up": True}


def _submitted(request: HttpRequest, form: BuyingRequestForm, importer: Importer) -> int | None:
    """Hand it in, once however often it is sent; None when it was not taken and the form says why."""
    person = signed_in(request.user)
    ratelimit.hit("buying_request", f"user:{person.pk}")
    count_try(form.cleaned_data["picture"], by=person)

    def work() -> submissions.Answer:
        with taken_in(form.cleaned_data["picture"]) as key:
            asked = BuyingRequest(importer=importer, picture_key=key, **form.content())
            asked.submit(by=person)
        return submissions.Answer(302, {"pk": asked.pk})

    try:
        key, body = form.cleaned_data["submission_key"], submissions.body_of(request)
        answer = submissions.once(person, "buying_request_create", key, body, work)
    except UploadRefused as refusal:
        form.add_error("picture", refusal.sentence(form.cleaned_data["picture"].name or ""))
        return None
    except ValidationError as error:
        form.add_error(None, error)
        return None
    request_drafts.forget(request)
    messages.success(request, _("Your request is handed in. The mission looks at it within five working days."))
    return int(answer.data["pk"])


def _rewritten(request: SignedInRequest, form: BuyingRequestForm, pk: int) -> bool:
    """Save the change; False when it was not taken and the form says why."""
    asked, content = BuyingRequest.objects.get(pk=pk), form.content()
    count_try(form.cleaned_data["picture"], by=request.user)
    try:
        with taken_in(form.cleaned_data["picture"]) as key:
            if key is not None or form.cleaned_data.get("remove_picture"):
                content["picture_key"] = key
            asked.rewrite(content, by=request.user, seen_version=form.cleaned_data["seen_version"] or 0)
    except UploadRefused as refusal:
        form.add_error("picture", refusal.sentence(form.cleaned_data["picture"].name or ""))
    except (Refused, ValidationError) as error:
        form.add_error(None, str(error.message) if isinstance(error, Refused) else error)
    return not form.errors


def _write_page(request: HttpRequest, form: BuyingRequestForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "form": form,
        "chosen": form.chosen_commodity(),
        "is_visitor": request.user.is_anonymous,
        "may_send": bool(readers.own_country(request)),
        **more,
    }
    name = "buying_request_change" if "asked" in more else "buying_request_create"
    return render(request, f"inquiries/{name}.html", context, status=status)
