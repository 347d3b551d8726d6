"""The verbs of the producer's side. Pressed twice they say how it stands instead of refusing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from accounts.workflow import Refused
from catalog import completeness, revision_steps
from catalog.models import Product, ProductRevision, ProductState
from catalog.models.revision_state import Incomplete
from catalog.showing import present
from catalog.views.step_page import desk_context, own_revision
from exporters.models import Certificate


@require_safe
def revision_preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """The product exactly as the public will see it, and what is missing."""
    return render(request, "catalog/revision_preview.html", preview_context(own_revision(request, pk)))


@require_POST
def revision_submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hand the content to the reviewers, or say what is missing, each with its link."""
    revision = own_revision(request, pk)
    if revision.state in ("submitted", "in_review"):
        messages.info(request, _("This is with the reviewers already."))
        return redirect("revision_preview", pk=revision.pk)
    try:
        if revision.unfinished:
            raise Incomplete([])
        revision.submit(by=request.user)
    except Incomplete:
        context = preview_context(own_revision(request, pk)) | {"was_refused": True}
        return render(request, "catalog/revision_preview.html", context, status=409)
    messages.success(request, _("Submitted. The reviewers answer within 5 working days, by e-mail."))
    return redirect("revision_preview", pk=revision.pk)


@require_POST
def revision_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the proposal back."""
    revision = own_revision(request, pk)
    _once(request, revision.state == "withdrawn", lambda: revision.withdraw(by=request.user), _("It is withdrawn."))
    return redirect("desk_product", pk=revision.product_id)


@require_POST
def product_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Open a revision from the public content, else from the last closed one; goes to the open one if there is one."""
    product = _own_product(request, pk)
    revision = product.open_revision()
    if revision is None:
        source = None if product.content_number else product.revisions.order_by("-number").first()
        wanted = request.POST.get("source", "")
        if wanted.isascii() and wanted.isdigit():
            source = get_object_or_404(product.revisions, pk=int(wanted[:18]))
        try:
            revision = ProductRevision.begin(product, by=request.user, source=source)
        except Refused:
            revision = product.open_revision()  # somebody was faster
            if revision is None:
                raise
    return redirect("revision_what" if revision.may("withdraw") else "revision_preview", pk=revision.pk)


@require_POST
def product_retire(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the product from the public."""
    product = _own_product(request, pk)
    is_so = product.state == ProductState.RETIRED
    _once(request, is_so, lambda: product.retire(by=request.user), _("The product is retired."))
    return redirect("desk_product", pk=product.pk)


@require_POST
def product_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    """Publish again what its producer retired; what staff suspended stays."""
    product = _own_product(request, pk)
    is_so = product.state == ProductState.PUBLISHED
    verb = lambda: product.restore(by=request.user, was=ProductState.RETIRED)  # noqa: E731
    _once(request, is_so, verb, _("The product is public again."))
    return redirect("desk_product", pk=product.pk)


@require_POST
def product_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Confirm that the public facts hold today."""
    product = _own_product(request, pk)
    product.confirm(by=request.user)
    messages.success(request, _("Thank you: buyers see that the facts hold today."))
    return redirect("desk_product", pk=product.pk)


def preview_context(revision: ProductRevision) -> dict[str, Any]:
    """The desk's frame and the public body."""
    page = present(
        revision,
        producer=revision.product.producer,
        offers=list(revision.offers.all()),
        placements=revision.placements.all(),
        certificates=Certificate.objects.valid().filter(coverages__product=revision.product_id).order_by("type", "pk"),
    )
    return desk_context(revision, "preview") | {
        "page": page,
        "may": {verb: revision.may(verb) for verb in ("submit", "withdraw")},
        "required": revision_steps.required_links(revision, completeness.of(revision)),
    }


def _own_product(request: SignedInRequest, pk: int) -> Product:
    return get_object_or_404(Product.objects.editable_by(request.user), pk=pk)


def _once(request: SignedInRequest, is_so: bool, verb: Callable[[], None], said: str) -> None:
    """Do it, unless it is so already. A refusal becomes the 409 page (middleware)."""
    if not is_so:
        verb()
    messages.success(request, said)
