"""The pages of importers about themselves: registering, their home, their company."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import ratelimit, registration
from accounts.http import SignedInRequest
from accounts.models import User
from accounts.roles import is_official
from inquiries.access import company_first, importer_of, own_importer
from inquiries.conflicts import conflicts_of
from inquiries.forms.importers import CompanyFields, ImporterProfileForm, RegisterImporterForm
from inquiries.models import Basket, Importer
from inquiries.models.importer import ImporterMoved
from inquiries.own_basket import basket_of
from inquiries.tax_numbers import doubt_about
from kit.own_addresses import own_address


@sensitive_post_parameters("password")
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register_importer(request: HttpRequest) -> HttpResponse:
    """A new account with its importing company; the same answer for a known address. Who has an account adds theirs.

    `next`: where the letter that confirms the address leads on.
    """
    next_url = _next(request)
    if request.user.is_authenticated:
        return company_first(request, next_url)
    basket = basket_of(request)
    form = RegisterImporterForm(request.POST or None, initial=_known(basket))
    if request.method == "POST" and form.is_valid():
        ratelimit.hit("register", ratelimit.client_address(request))
        company = form.said()

        def with_company(user: User) -> None:
            Importer.add_company(company, by=user)
            if basket:
                basket.await_login_of(user)

        newcomer = form.newcomer(time_zone=form.time_zone(), next_url=next_url)
        registration.register(newcomer, also=with_company)
        return redirect("account_email_verification_sent")
    context = {"form": form, "next_url": next_url}
    return render(request, "inquiries/register_importer.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def importer_create(request: SignedInRequest) -> HttpResponse:
    """Add a company to an account that has none, and go on where one was (`next`). Staff are told why they cannot."""
    next_url = _next(request)
    if is_official(request.user):
        return render(request, "inquiries/importer_create.html", {"is_official": True}, status=403)
    if request.method != "POST" and own_importer(request.user) is not None:
        return redirect(next_url or "importer_profile")
    form = CompanyFields(request.POST if request.method == "POST" else None, initial=_known(basket_of(request)))
    if request.method == "POST" and form.is_valid():
        importer = Importer.add_company(form.said(), by=request.user)
        messages.success(request, _("Your company is added. You go on where you were, with everything kept."))
        if doubt := doubt_about(importer.country, importer.tax_number):
            messages.warning(request, doubt)
        return redirect(next_url or "importer_home")
    context = {"form": form, "next_url": next_url}
    return render(request, "inquiries/importer_create.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def importer_profile(request: SignedInRequest) -> HttpResponse:
    """The company: to see, and to change. What somebody saved meanwhile stands beside what was typed."""
    importer = importer_of(request.user)
    form = ImporterProfileForm.of(importer, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _profile(request, importer, form)
    if not form.is_valid():
        return _profile(request, importer, form, status=422)
    was_verified = importer.is_verified
    try:
        importer.edit(form.said(), by=request.user, seen_version=form.cleaned_data["seen_version"])
    except ImporterMoved:
        stored = importer_of(request.user)
        form.see(stored.version)
        return _profile(request, stored, form, status=409, conflicts=conflicts_of(form, stored))
    messages.success(request, _("Your company is saved."))
    if was_verified and not importer.is_verified:
        messages.warning(request, _("You changed what had been checked: the mission looks your company up again."))
    if doubt := doubt_about(importer.country, importer.tax_number):
        messages.warning(request, doubt)
    return redirect("importer_profile")


def _known(basket: Basket | None) -> dict[str, str]:
    """The country that the goods are to go to, by what was begun: most often the company's own."""
    if basket is None:
        return {}
    asked = basket.request_draft.get("country") or [""]
    return {"country": basket.destination_country or asked[0]}


def _next(request: HttpRequest) -> str:
    """The page of ours that is gone on to; "" without one."""
    return own_address(request, request.POST.get("next") or request.GET.get("next", ""))


def _profile(
    request: SignedInRequest, importer: Importer, form: ImporterProfileForm, *, status: int = 200, **more: object
) -> HttpResponse:
    context = {"importer": importer, "form": form, **more}
    return render(request, "inquiries/importer_profile.html", context, status=status)
