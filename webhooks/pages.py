"""The desk's pages about webhooks: the secret, shown once, and the buttons that call verbs."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.http import SignedInRequest
from accounts.staff_admin import desk_page
from webhooks.models import Webhook
from webhooks.scope import deliveries_of, webhooks_of

POWER = "webhooks.keep_webhook"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(POWER, raise_exception=True)
def webhook_secret(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks first; then makes a secret and shows it, this once."""
    hook = _hook(request, pk)
    secret = hook.renew_secret(by=request.user) if request.method == "POST" else ""
    return desk_page(request, "webhook_secret", {"title": _("Secret of a webhook"), "hook": hook, "secret": secret})


@require_POST
@permission_required(POWER, raise_exception=True)
def webhook_resume(request: SignedInRequest, pk: int) -> HttpResponse:
    """It is told what happens from now on."""
    hook = _hook(request, pk)
    hook.resume(by=request.user)
    return _back(request, hook, _("The webhook is on: it is told what happens from now on."))


@require_POST
@permission_required(POWER, raise_exception=True)
def webhook_pause(request: SignedInRequest, pk: int) -> HttpResponse:
    """It is told nothing."""
    hook = _hook(request, pk)
    hook.pause(by=request.user)
    return _back(request, hook, _("The webhook is paused: what happens meanwhile is not told later."))


@require_POST
@permission_required(POWER, raise_exception=True)
def webhook_ping(request: SignedInRequest, pk: int) -> HttpResponse:
    """A test is sent."""
    hook = _hook(request, pk)
    hook.ping(by=request.user)
    return _back(request, hook, _("A test is on its way. Its answer stands among the deliveries in a moment."))


@require_POST
@permission_required(POWER, raise_exception=True)
def delivery_retry(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was given up is sent again."""
    delivery = get_object_or_404(deliveries_of(request.user), pk=pk)
    delivery.retry(by=request.user)
    messages.success(request, _("It is sent again."))
    return redirect("admin:webhooks_delivery_change", delivery.pk)


def _hook(request: SignedInRequest, pk: int) -> Webhook:
    return get_object_or_404(webhooks_of(request.user), pk=pk)


def _back(request: SignedInRequest, hook: Webhook, done: str) -> HttpResponse:
    messages.success(request, done)
    return redirect("admin:webhooks_webhook_change", hook.pk)


PAGES: tuple[tuple[str, Callable[..., HttpResponse]], ...] = (
    ("webhooks/<int:pk>/secret/", webhook_secret),
    ("webhooks/<int:pk>/resume/", webhook_resume),
    ("webhooks/<int:pk>/pause/", webhook_pause),
    ("webhooks/<int:pk>/ping/", webhook_ping),
    ("webhooks/deliveries/<int:pk>/retry/", delivery_retry),
)
