"""The pages on which people choose which letters they get, with a log-in and, by a letter's own link, without."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts import bounces, letter_choices, ratelimit
from accounts.forms import LettersForm
from accounts.http import SignedInRequest
from accounts.models import LetterKind


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_letters(request: SignedInRequest) -> HttpResponse:
    """How often a person gets letters of each kind."""
    initial = letter_choices.choices_of(request.user)
    form = LettersForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        letter_choices.choose(request.user, {kind: how for kind, how in form.cleaned_data.items() if how})
        messages.success(request, _("Your choice of letters is saved."))
        return redirect("account_letters")
    return render(request, "accounts/account_letters.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def account_email_works(request: SignedInRequest) -> HttpResponse:
    """Letters came back, but the person says that the address works again."""
    bounces.forget(request.user)
    request.session.pop(bounces.IN_SESSION, None)
    messages.success(request, _("Thank you: letters go to your address as before."))
    return redirect("account_email")


@csrf_exempt  # mail programs switch off by one click, without a page of ours (RFC 8058); the link itself is signed
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letters_stop(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a letter: no more letters of its kind. Opening it only asks; whom it is about is not said."""
    ratelimit.hit("letters_stop", ratelimit.client_address(request))
    meant = letter_choices.meant_by(token)
    if meant is None:
        return render(request, "accounts/letters_stop.html", {"is_unknown": True}, status=404)
    person, kind = meant
    is_done = request.method == "POST"
    if is_done:
        letter_choices.switch_off(person, kind)
    context = {"kind": kind.label, "is_daily": kind == LetterKind.DAILY, "is_done": is_done}
    return render(request, "accounts/letters_stop.html", context)
