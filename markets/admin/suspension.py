"""Taking a product or a producer from the public, with the reason, and giving it back."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from catalog.indexing import reindex
from catalog.models import Product, ProductState
from exporters.models import Producer
from kit.text import clean_text
from markets.admin.page import desk_page
from markets.scope import producers_seen_by, products_seen_by


class WhyForm(forms.Form):
    """Why something is taken from the public."""

    why = forms.CharField(
        label=gettext_lazy("Reason, for the producer and the audit trail"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_why(self) -> str:
        """Without hidden characters."""
        return clean_text(self.cleaned_data["why"])


class NoForm(forms.Form):
    """Nothing to say."""


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("catalog.suspend_product", raise_exception=True)
def product_suspend(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take one product from the public; its producer is told why."""
    product = get_object_or_404(products_seen_by(request.user), pk=pk)

    def act(form: forms.Form) -> None:
        product.suspend(by=request.user, why=form.cleaned_data["why"])

    return _ask(request, product, WhyForm, act, _("Suspend this product"))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("catalog.suspend_product", raise_exception=True)
def product_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    """Publish a suspended product again."""
    product = get_object_or_404(products_seen_by(request.user), pk=pk)

    def act(form: forms.Form) -> None:
        product.restore(by=request.user, was=ProductState.SUSPENDED)

    return _ask(request, product, NoForm, act, _("Restore this product"))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("exporters.suspend_producer", raise_exception=True)
def producer_suspend(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a producer and all its products from the public."""
    producer = get_object_or_404(producers_seen_by(request.user), pk=pk)

    def act(form: forms.Form) -> None:
        producer.suspend(by=request.user, why=form.cleaned_data["why"])
        reindex(producer.products.values_list("pk", flat=True))

    return _ask(request, producer, WhyForm, act, _("Suspend this producer"))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("exporters.suspend_producer", raise_exception=True)
def producer_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a suspended producer and its products again."""
    producer = get_object_or_404(producers_seen_by(request.user), pk=pk)

    def act(form: forms.Form) -> None:
        producer.restore(by=request.user)
        reindex(producer.products.values_list("pk", flat=True))

    return _ask(request, producer, NoForm, act, _("Restore this producer"))


def _ask(
    request: SignedInRequest, row: Product | Producer, form_class: type[forms.Form], act: Callable[[forms.Form], None],
    question: str,
) -> HttpResponse:  # fmt: skip
    """Ask, then act in one transaction and go back to the object."""
    form = form_class(request.POST if request.method == "POST" else None)
    back = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
    if form.is_valid():
        with transaction.atomic():
            act(form)
        messages.success(request, _("“%(name)s” is now “%(state)s”.") % {"name": row, "state": row.get_state_display()})
        return redirect(back, row.pk)
    context = {"title": question, "row": row, "form": form, "back": back}
    return desk_page(request, "suspension", context, status=422 if form.is_bound else 200)
