"""The products that a certificate applies to, from the certificate's side, and its renewal for the same products."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import submissions
from accounts.http import SignedInRequest
from accounts.models import User
from accounts.workflow import Refused
from catalog.coverage import cover_products, renew
from catalog.forms.markets import CoversForm, state_in_words
from exporters.forms import CertificateForm
from exporters.models import Certificate
from exporters.views.certificates import warn_of_number
from kit.uploads import UploadRefused


@require_http_methods(["GET", "HEAD", "POST"])
def certificate_covers(request: SignedInRequest, pk: int) -> HttpResponse:
    """Tick the products, after the upload or later; takes effect at once."""
    certificates = Certificate.objects.editable_by(request.user).select_related("type", "producer")
    certificate = get_object_or_404(certificates, pk=pk)
    form = CoversForm(request.POST if request.method == "POST" else None, certificate=certificate)
    if request.method == "POST" and form.is_valid():
        cover_products(certificate, form.cleaned_data["products"], by=request.user)
        messages.success(request, _("Saved."))
        return redirect("certificate_list")
    has_products = certificate.producer.products.exists()
    context = {
        "form": form,
        "has_products": has_products,
        "certificate": certificate,
        "state": state_in_words(certificate),
    }
    return render(request, "catalog/certificate_covers.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def certificate_renew(request: SignedInRequest, pk: int) -> HttpResponse:
    """Upload the certificate that follows this one; it starts from it and covers the same products."""
    certificates = Certificate.objects.editable_by(request.user).select_related("type", "producer")
    old = get_object_or_404(certificates, pk=pk)
    try:
        new = old.renewal()
    except Refused as refusal:
        if request.method == "POST":
            return _sent_again(request, old, refusal)
        messages.info(request, str(refusal.message))
        return redirect("certificate_list")
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CertificateForm(*sent, user=request.user, instance=new)
    if request.method == "POST" and form.is_valid() and _is_renewed(request, form):
        messages.success(
            request, _("The new certificate is uploaded for the same products and waits for verification.")
        )
        warn_of_number(request, old.type, form.cleaned_data["number"])
        return redirect("certificate_list")
    context = {"form": form, "old": old, "covered": old.products.count()}
    return render(request, "catalog/certificate_renew.html", context, status=422 if form.errors else 200)


def _sent_again(request: SignedInRequest, old: Certificate, refusal: Refused) -> HttpResponse:
    """A double click finds its own renewal there; anybody else is refused."""
    if refusal.code == "renewed_already" and old.renewals.filter(submitted_by=request.user).exists():
        messages.success(request, str(refusal.message))
        return redirect("certificate_list")
    raise refusal


def _is_renewed(request: SignedInRequest, form: CertificateForm) -> bool:
    key, body = form.cleaned_data["submission_key"], submissions.body_of(request)
    try:
        submissions.once(request.user, "certificate_renew", key, body, lambda: _renew(form, request.user))
    except UploadRefused as refusal:
        form.add_error("file", refusal.sentence(form.upload().name or ""))
    except ValidationError as error:
        form.add_error(None, error.messages)
    return form.is_valid()


def _renew(form: CertificateForm, by: User) -> submissions.Answer:
    certificate = renew(form.save(commit=False), form.upload(), by=by)
    return submissions.Answer(302, {"pk": certificate.pk})
