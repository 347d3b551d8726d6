"""How every step of the product form is shown, saved by hand and saved while typing."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.http import SignedInRequest
from accounts.workflow import TransitionNotAllowed
from catalog import completeness, requirements, revision_steps
from catalog.forms.step import StepForm, as_query, kept_input
from catalog.models import ProductRevision
from catalog.models.revision_state import EDITABLE_STATES
from catalog.step_saving import Conflict, Saved, read, save_step

MOST_SPARE_ROWS = 5


def own_revision(request: SignedInRequest, pk: int) -> ProductRevision:
    """A revision of a producer that the person works on, with its parts; else 404."""
    revision = ProductRevision.objects.editable_by(request.user).with_parts().filter(pk=pk).first()
    if revision is None:
        raise Http404
    return revision


def step_page(request: SignedInRequest, pk: int, form_class: type[StepForm], **more: Any) -> HttpResponse:
    """Show a step, or save what was sent for it."""
    revision = own_revision(request, pk)
    if request.method == "POST":
        return _save(request, revision, form_class, more)
    if revision.state not in EDITABLE_STATES:
        return redirect("revision_preview", pk=revision.pk)
    return show(request, opened_form(request, revision, form_class), **more)


def opened_form(request: SignedInRequest, revision: ProductRevision, form_class: type[StepForm]) -> StepForm:
    """The form as the person left it: with what was typed and not taken, else with what is saved."""
    form = form_class(instance=revision, **_spare(request, form_class))
    kept = revision.unfinished.get(form_class.name)
    if not kept:
        return form
    data = as_query(kept, form)
    total = str(data.get("offers-TOTAL_FORMS", ""))
    if total.isascii() and total.isdigit() and len(total) < 3 and request.GET.get("rows"):
        data["offers-TOTAL_FORMS"] = str(int(total) + 1)
    return form_class(data, instance=revision)


def show(request: SignedInRequest, form: StepForm, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a step."""
    context = desk_context(form.revision, form.name) | {"form": form} | more
    return render(request, f"catalog/revision_{form.name}.html", context, status=status)


def desk_context(revision: ProductRevision, step: str) -> dict[str, Any]:
    """What every page about a revision shows beside its form."""
    standings = requirements.of(revision)
    found = completeness.of(revision, [one for one in standings if not one.is_met])
    requests = revision_steps.requests_of(revision)
    return {
        "revision": revision,
        "product": revision.product,
        "step": step,
        "step_label": revision_steps.STEPS[step],
        "steps": revision_steps.steps_of(revision, found, step),
        "percent": found.percent,
        "missing": revision_steps.missing_links(revision, found),
        "is_ready": not found.required_missing and not revision.unfinished,
        "requests": requests,
        "asked": revision_steps.by_field(requests),
        "standings": standings,
        "is_editable": revision.state in EDITABLE_STATES,
    }


def wants_json(request: SignedInRequest) -> bool:
    """Did the page's script ask, not the person?"""
    return "application/json" in request.headers.get("Accept", "")


def _save(
    request: SignedInRequest, revision: ProductRevision, form_class: type[StepForm], more: dict[str, Any]
) -> HttpResponse:
    try:
        outcome = save_step(form_class, revision.pk, request.POST, by=request.user)
    except TransitionNotAllowed as refusal:
        if wants_json(request):
            return JsonResponse({"detail": str(refusal.message)}, status=409)
        raise
    if isinstance(outcome, Conflict):
        return _ask(request, outcome)
    if wants_json(request):
        return _told(outcome, form_class)
    return _after_save(request, outcome, form_class, more)


def _told(outcome: Saved, form_class: type[StepForm]) -> JsonResponse:
    """The answer to a save while typing."""
    fresh = form_class(instance=read(outcome.revision.pk))
    answer: dict[str, Any] = {"version": outcome.revision.version, "base": json.dumps(fresh.marks())}
    if problems := list(outcome.form.problems()):
        answer["detail"] = _("Saved, but please look at: %(fields)s.") % {"fields": ", ".join(problems)}
    return JsonResponse(answer)


def _after_save(
    request: SignedInRequest, outcome: Saved, form_class: type[StepForm], more: dict[str, Any]
) -> HttpResponse:
    here = revision_steps.step_url(outcome.revision, form_class.name)
    if "add_row" in request.POST:
        return redirect(f"{here}?rows=2#offers")
    if "find" in request.POST:
        return redirect(f"{here}?{_query(request)}#find")
    if form_class.name in outcome.revision.unfinished:
        return show(request, opened_form(request, read(outcome.revision.pk), form_class), status=422, **more)
    messages.success(request, _("Saved."))
    if "go_on" in request.POST:
        return redirect(revision_steps.step_url(outcome.revision, revision_steps.step_after(form_class.name)))
    return redirect(here)


def _ask(request: SignedInRequest, conflict: Conflict) -> HttpResponse:
    """Both values of every field that differs; nothing was saved yet, nothing typed is lost."""
    if wants_json(request):
        detail = _("Somebody else saved this meanwhile. Press “Save” to see both and to choose.")
        return JsonResponse({"detail": detail}, status=409)
    context = {
        "revision": conflict.revision,
        "differences": conflict.differences,
        "typed": [(name, value) for name, values in kept_input(conflict.data).items() for value in values],
        "base": json.dumps(conflict.form.marks()),
        "step_label": revision_steps.STEPS[conflict.form.name],
        "url": revision_steps.step_url(conflict.revision, conflict.form.name),
        "go_on": "go_on" in request.POST,
    }
    return render(request, "catalog/revision_conflict.html", context, status=409)


def _spare(request: SignedInRequest, form_class: type[StepForm]) -> dict[str, Any]:
    """Empty price rows asked for by “add a row”."""
    rows = request.GET.get("rows", "")
    asks = form_class.name == "terms" and rows.isascii() and rows.isdigit() and len(rows) < 3
    return {"spare": min(int(rows), MOST_SPARE_ROWS)} if asks else {}


def _query(request: SignedInRequest) -> str:
    return urlencode({"q": request.POST.get("q", "")[:80]})
