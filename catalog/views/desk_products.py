"""The producer's own products: their list, each one's page, and starting a new one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts import submissions
from accounts.http import SignedInRequest
from catalog.desk_rows import row_of
from catalog.models import Product, ProductRevision
from exporters.models import Producer
from kit.keyset import BadCursor, Keyset

PAGE = 20
ORDER = Keyset("desk_product_list", [("pk", "desc")])
VIEWS = {
    "": gettext_lazy("All"),
    "working": gettext_lazy("Being worked on"),
    "review": gettext_lazy("With the reviewers"),
    "published": gettext_lazy("Public"),
    "closed": gettext_lazy("Retired or suspended"),
}


class StartForm(submissions.KeyedForm):
    """Whose product it is."""

    producer = forms.ModelChoiceField(
        Producer.objects.none(), label=gettext_lazy("Producer"), empty_label=None, widget=forms.RadioSelect
    )


@require_safe
def desk_product_list(request: SignedInRequest) -> HttpResponse:
    """Every product of the producers that the person works on, in pages; `state` narrows them."""
    state = request.GET.get("state", "")
    state = state if state in VIEWS else ""
    products = _in_state(Product.objects.editable_by(request.user), state).for_desk()
    was_wrong = False
    try:
        page = ORDER.page(products, request.GET.get("after"), PAGE)
    except BadCursor:
        page, was_wrong = ORDER.page(products, None, PAGE), True
    here = reverse("desk_product_list")
    context = {
        "rows": [row_of(product) for product in page.items],
        "tabs": [(label, f"{here}?state={name}" if name else here, name == state) for name, label in VIEWS.items()],
        "next_url": f"?{urlencode({'state': state, 'after': page.next_after})}" if page.next_after else "",
        "first_url": f"?state={state}" if request.GET.get("after") else "",
        "was_wrong": was_wrong,
        "has_producer": Producer.objects.editable_by(request.user).exists(),
    }
    return render(request, "catalog/desk_product_list.html", context)


@require_safe
def desk_product(request: SignedInRequest, pk: int) -> HttpResponse:
    """One product on the desk: what is public, what is worked on, what can be done, and what was decided."""
    product = Product.objects.editable_by(request.user).for_desk().filter(pk=pk).first()
    if product is None:
        raise Http404
    history = product.revisions.select_related("decided_by").order_by("-number")
    context = {"product": product, "row": row_of(product), "history": history[:20], **_choices(product)}
    return render(request, "catalog/desk_product.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def product_start(request: SignedInRequest) -> HttpResponse:
    """Start a product: at once where the person works on one producer only, else they choose whose it is."""
    producers = Producer.objects.editable_by(request.user).select_related("regency").order_by("trade_name", "pk")
    form = StartForm(request.POST or None)
    form.fields["producer"].queryset = producers  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        answer = submissions.once(
            request.user,
            "product_start",
            form.cleaned_data["submission_key"],
            submissions.body_of(request),
            lambda: _start(request, form.cleaned_data["producer"]),
        )
        return redirect("revision_what", pk=answer.data["revision"])
    if request.method != "POST" and len(first_two := list(producers[:2])) == 1:
        form.initial["producer"] = first_two[0].pk
    context = {"form": form, "has_producer": producers.exists()}
    return render(request, "catalog/product_start.html", context, status=422 if form.errors else 200)


def _start(request: SignedInRequest, producer: Producer) -> submissions.Answer:
    revision = Product.objects.start(producer=producer, by=request.user)
    return submissions.Answer(201, {"revision": revision.pk})


def _in_state(products: Any, state: str) -> Any:
    """The products of one tab."""
    revisions = ProductRevision.objects
    if state == "working":
        return products.filter(pk__in=revisions.filter(state__in=("draft", "changes_requested")).values("product"))
    if state == "review":
        return products.filter(pk__in=revisions.waiting().values("product"))
    if state == "published":
        return products.filter(state="published")
    return products.filter(state__in=("retired", "suspended")) if state == "closed" else products


def _choices(product: Product) -> dict[str, Any]:
    """What its producer may do with it now."""
    has_open = bool(product.open_revisions)  # type: ignore[attr-defined]
    is_public = product.state == "published" and product.producer.state == "listed"
    return {
        "may_change": not has_open,
        "may_retire": product.may("retire"),
        "may_restore": product.state == "retired",
        "may_confirm": product.state == "published",
        "public_url": reverse("product_detail", args=[product.slug]) if is_public else "",
    }
