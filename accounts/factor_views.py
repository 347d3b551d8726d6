"""allauth's pages about second factors with what they lack: a new session key, and a factor set up counts as passed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.base import views as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib.auth.decorators import login_not_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from accounts import factors
from accounts.http import signed_in

View = Callable[..., HttpResponse]


def with_new_key(view: View) -> View:
    """A session that gained power goes on under a new key."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and request.user.is_authenticated:
            request.session.cycle_key()
        return response

    return guarded


def proving(view: View) -> View:
    """Who has just set up a factor has passed it: the session need not ask again at once."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        before = _newest(request)
        response = view(request, *args, **kwargs)
        made = _newest(request)
        if made is not None and made != before:
            user = signed_in(request.user)
            factors.note_passed(request, user, made)
            factors.note_code(user, request.POST.get("code", ""))
        return response

    return guarded


class ReauthenticatePasskey(webauthn.ReauthenticateWebAuthnView):
    """The passkey within a session; a wrong one is told on the page itself, which still knows what was wanted."""

    def form_invalid(self, form: Form) -> HttpResponse:
        asked_anew = {**self.get_context_data(), "form": form}
        answer: HttpResponse = self.render_to_response(asked_anew, status=422)
        return answer


@never_cache
@with_new_key
def mfa_reauthenticate_webauthn(request: HttpRequest) -> HttpResponse:
    """The passkey within a session, under allauth's name."""
    answer: HttpResponse = ReauthenticatePasskey.as_view()(request)
    return answer


def _newest(request: HttpRequest) -> Authenticator | None:
    if request.method != "POST" or not request.user.is_authenticated:
        return None
    own = Authenticator.objects.filter(user=request.user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return own.order_by("-pk").first()


authenticate = login_not_required(never_cache(base.authenticate))
reauthenticate = never_cache(with_new_key(base.reauthenticate))
activate_totp = never_cache(with_new_key(proving(totp.activate_totp)))
add_passkey = never_cache(with_new_key(proving(webauthn.add_webauthn)))
login_passkey = login_not_required(never_cache(webauthn.login_webauthn))
