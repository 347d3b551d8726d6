"""The review page: one form, one decision, and on to the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.workflow import Refused
from catalog.models import ProductRevision, RevisionMoved
from kit.text import clean_text
from markets.admin import neighbours
from markets.admin.page import desk_page
from markets.admin.queue import next_waiting
from markets.admin.review_form import ReviewForm
from markets.admin.review_page import context_of, form_for
from markets.scope import revisions_to_review

DONE = {
    "approve": gettext_lazy("“%(product)s” is public now."),
    "request_changes": gettext_lazy("The producer of “%(product)s” was asked for changes."),
    "reject": gettext_lazy("“%(product)s” was rejected."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("catalog.review_revision", raise_exception=True)
def review_revision(request: SignedInRequest, pk: int) -> HttpResponse:
    """Public content beside the proposed one, and the decision; nothing typed is lost by a refusal."""
    revision = _fetch(request.user, pk)
    if request.method != "POST":
        return _page(request, revision, form_for(revision))
    form = form_for(revision, request.POST)
    decision = request.POST.get("do", "")
    if decision == "claim":
        return _claim(request, revision, form)
    if decision not in DONE or not form.is_valid():
        return _page(request, revision, form, status=422)
    try:
        decide(revision, form, by=request.user)
    except (Refused, ValidationError) as refusal:
        return _refused(request, pk, refusal)
    messages.success(request, DONE[decision] % {"product": revision})
    return _onward(request, revision)


def decide(revision: ProductRevision, form: ReviewForm, *, by: User) -> None:
    """Call the verb of the decision with what the form says. Raises what the verbs raise."""
    said: dict[str, Any] = {"by": by, "seen_version": form.cleaned_data["seen_version"], "checked": form.checked()}
    verbs: dict[str, Callable[[], None]] = {
        "approve": lambda: revision.approve(
            **said, translations=form.translations(), exception=clean_text(form.cleaned_data["exception"])
        ),
        "request_changes": lambda: revision.request_changes(
            **said, requests=form.asked(), translations=form.translations()
        ),
        "reject": lambda: revision.reject(**said, why=form.cleaned_data["why"].strip()),
    }
    verbs[form.decision]()


def _fetch(user: User, pk: int) -> ProductRevision:
    rows = revisions_to_review(user).with_parts().select_related("claimed_by", "decided_by")
    revision: ProductRevision = get_object_or_404(rows, pk=pk)
    return revision


def _page(
    request: SignedInRequest, revision: ProductRevision, form: ReviewForm, *, status: int = 200, moved: bool = False
) -> HttpResponse:
    around = neighbours.of(revision, request.user, request.GET)
    context = context_of(revision, form, request.user) | {"moved": moved, "neighbours": around}
    return desk_page(request, "review_revision", context, status=status)


def _claim(request: SignedInRequest, revision: ProductRevision, form: ReviewForm) -> HttpResponse:
    """Claim from the page itself, keeping what was typed before the claim lapsed."""
    was_typed = any(name.startswith("verdict-") for name in request.POST)
    try:
        revision.claim(by=request.user)
    except Refused as refusal:
        return _refused(request, revision.pk, refusal)
    if not was_typed:
        return redirect(request.get_full_path())
    revision = _fetch(request.user, revision.pk)
    form = form_for(revision, request.POST)
    form.see(revision.version)
    form.is_valid()
    return _page(request, revision, form)


def _refused(request: SignedInRequest, pk: int, refusal: Refused | ValidationError) -> HttpResponse:
    """The page as the content is now, with the notice and with all that was typed."""
    revision = _fetch(request.user, pk)
    form = form_for(revision, request.POST)
    form.is_valid()
    is_conflict = isinstance(refusal, Refused)
    for message in [refusal.message] if isinstance(refusal, Refused) else refusal.messages:
        form.add_error(None, str(message))
    form.see(revision.version)
    moved = isinstance(refusal, RevisionMoved)
    return _page(request, revision, form, status=409 if is_conflict else 422, moved=moved)


def _onward(request: SignedInRequest, decided: ProductRevision) -> HttpResponse:
    following = next_waiting(request.user, after=decided)
    if following is None:
        messages.info(request, _("Nothing waits for you in the queue."))
        return redirect("admin:review_queue")
    return redirect(reverse("admin:review_revision", args=[following.pk]) + neighbours.kept_query(request.GET))
