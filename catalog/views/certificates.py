"""The products that a certificate applies to, from the certificate's side."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from catalog.coverage import cover_products
from catalog.forms.markets import CoversForm, state_in_words
from exporters.models import Certificate


@require_http_methods(["GET", "HEAD", "POST"])
def certificate_covers(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tick the products; takes effect at once."""
    certificates = Certificate.objects.editable_by(request.user).select_related("type", "producer")
    certificate = get_object_or_404(certificates, pk=pk)
    form = CoversForm(request.POST if request.method == "POST" else None, certificate=certificate)
    if request.method == "POST" and form.is_valid():
        cover_products(certificate, form.cleaned_data["products"], by=request.user)
        messages.success(request, _("Saved."))
        return redirect("certificate_list")
    context = {"form": form, "certificate": certificate, "state": state_in_words(certificate)}
    return render(request, "catalog/certificate_covers.html", context, status=422 if form.errors else 200)
