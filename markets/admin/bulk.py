"""Several revisions at once: claimed, released or assigned, each checked on its own. Nothing is decided in bulk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.workflow import Refused
from catalog.models import ProductRevision
from markets.admin.neighbours import kept_query
from markets.admin.page import PAGE, desk_page
from markets.scope import colleagues_of, revisions_to_review

DONE = {
    "claim": gettext_lazy("claimed by you"),
    "release": gettext_lazy("back in the queue"),
    "assign": gettext_lazy("assigned to %(name)s"),
}


@dataclass(frozen=True)
class Result:
    """What became of one revision."""

    revision: ProductRevision
    is_done: bool
    message: str


@require_POST
@permission_required("catalog.review_revision", raise_exception=True)
def queue_bulk(request: SignedInRequest) -> HttpResponse:
    """Claim, release or assign what was ticked, one by one; the page says what became of each."""
    action, chosen = request.POST.get("do", ""), request.POST.getlist("revision")[:PAGE]
    to = _colleague(request)
    context = {"title": _("What became of them"), "queue_query": kept_query(request.GET)}
    if problem := _problem(action, chosen, to):
        return desk_page(request, "queue_bulk", {**context, "problem": problem, "told": []}, status=422)
    keys = [int(pk) for pk in chosen if pk.isdecimal() and len(pk) < 19]
    rows = revisions_to_review(request.user).filter(pk__in=keys).order_by("submitted_at", "pk")
    told = [_act(action, revision, by=request.user, to=to) for revision in rows.select_related("product__producer")]
    return desk_page(request, "queue_bulk", {**context, "told": told, "missing": len(chosen) - len(told)})


def _problem(action: str, chosen: list[str], to: User | None) -> str:
    if action not in DONE:
        return _("Choose what to do: claim, release or assign.")
    if not chosen:
        return _("Tick at least one revision first.")
    if action == "assign" and to is None:
        return _("Choose a colleague to assign them to.")
    return ""


def _colleague(request: SignedInRequest) -> User | None:
    wanted = request.POST.get("to", "")
    if not wanted.isdecimal() or len(wanted) >= 19:
        return None
    return colleagues_of(request.user).filter(pk=int(wanted)).first()


def _act(action: str, revision: ProductRevision, *, by: User, to: User | None) -> Result:
    verbs: dict[str, Callable[[], None]] = {
        "claim": lambda: revision.claim(by=by),
        "release": lambda: revision.release(by=by),
        "assign": lambda: _assign(revision, to=to, by=by),
    }
    try:
        verbs[action]()
    except Refused as refusal:
        return Result(revision, is_done=False, message=str(refusal.message))
    return Result(revision, is_done=True, message=str(DONE[action]) % {"name": to})


def _assign(revision: ProductRevision, *, to: User | None, by: User) -> None:
    if to is None or not revisions_to_review(to).filter(pk=revision.pk).exists():
        raise Refused(_("It asks for no market of this colleague."), code="out_of_scope")
    revision.assign(to=to, by=by)
