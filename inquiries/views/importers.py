"""The pages of importers."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts import ratelimit, registration
from accounts.models import User
from inquiries.forms.importers import RegisterImporterForm
from inquiries.models import Importer
from inquiries.own_basket import basket_of


@sensitive_post_parameters("password")
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register_importer(request: HttpRequest) -> HttpResponse:
    """A new account with its importing company; the same answer for a known address."""
    if request.user.is_authenticated:
        return redirect("after_login")
    basket = basket_of(request)
    known = {"country": basket.destination_country} if basket else {}
    form = RegisterImporterForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        ratelimit.hit("register", ratelimit.client_address(request))
        company = {name: form.cleaned_data[name] for name in ("company", "country", "website")}

        def with_company(user: User) -> None:
            Importer.objects.create(user=user, **company)
            if basket:
                basket.await_login_of(user)

        registration.register(form.newcomer(time_zone=form.time_zone()), also=with_company)
        return redirect("account_email_verification_sent")
    return render(request, "inquiries/register_importer.html", {"form": form}, status=422 if form.errors else 200)
