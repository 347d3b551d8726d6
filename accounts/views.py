"""The account pages that are ours; the others are allauth's, under our addresses (accounts/urls.py)."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse, translate_url
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms import LanguageForm, ProfileForm
from accounts.http import SignedInRequest
from kit.own_addresses import own_address


@login_not_required
@require_safe
def account_signup(request: HttpRequest) -> HttpResponse:
    """Which kind of account: importer or producer."""
    if request.user.is_authenticated:
        return redirect("after_login")
    return render(request, "accounts/account_signup.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_profile(request: SignedInRequest) -> HttpResponse:
    """A person's own name, language and time zone."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        with override(request.user.language):
            messages.success(request, _("Your profile is saved."))
            return _in_language(redirect("account_profile"), request.user.language)
    status = 422 if form.errors else 200
    if form.errors:
        request.user.refresh_from_db()
    return render(request, "accounts/account_profile.html", {"form": form}, status=status)


@login_not_required
@require_POST
def language_choose(request: HttpRequest) -> HttpResponse:
    """Another language for this browser, kept on the account of a signed-in person."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    language = form.cleaned_data["language"]
    if request.user.is_authenticated and request.user.language != language:
        request.user.language = language
        request.user.save(update_fields=["language"])
    back = own_address(request, form.cleaned_data["next"]) or reverse("home")
    return _in_language(HttpResponseRedirect(translate_url(back, language)), language)


def _in_language(response: HttpResponse, language: str) -> HttpResponse:
    """The answer, with the language remembered by the browser."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        secure=settings.LANGUAGE_COOKIE_SECURE,
    )
    return response
