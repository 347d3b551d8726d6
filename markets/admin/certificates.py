"""The certificates desk: look at the file, then verify or reject."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Q
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from accounts.workflow import Refused
from exporters.certificate_files import download
from exporters.models import Certificate
from kit.keyset import Keyset
from kit.text import clean_text
from markets.admin.page import desk_page, page_links, page_of
from markets.scope import certificates_to_verify

OLDEST_FIRST = Keyset("certificates", [("submitted_at", "asc"), ("pk", "asc")])
VIEWS = {
    "submitted": gettext_lazy("Waiting"),
    "verified": gettext_lazy("Verified"),
    "rejected": gettext_lazy("Rejected"),
}
DONE = {
    "verify": gettext_lazy("“%(certificate)s” is verified."),
    "reject": gettext_lazy("“%(certificate)s” was rejected."),
}


class CertificateForm(forms.Form):
    """The reason of a rejection."""

    why = forms.CharField(
        label=gettext_lazy("Reason of the rejection, in the producer's language"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, decision: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decision = decision

    def clean_why(self) -> str:
        """Asked only of a rejection."""
        why = clean_text(self.cleaned_data["why"])
        if self.decision == "reject" and not why:
            raise forms.ValidationError(_("Say why, in the producer's language."))
        return why


@require_safe
@permission_required("exporters.verify_certificate", raise_exception=True)
def certificates(request: SignedInRequest) -> HttpResponse:
    """Certificates of the producers in scope, those that wait first."""
    view = request.GET.get("view", "submitted") if request.GET.get("view") in VIEWS else "submitted"
    text = clean_text(request.GET.get("q", ""))[:80]
    rows = certificates_to_verify(request.user).filter(state=view)
    if text:
        rows = rows.filter(Q(number__icontains=text) | Q(producer__trade_name__icontains=text))
    page = page_of(request, OLDEST_FIRST, rows.select_related("producer__regency", "type", "decided_by"))
    context = {
        "title": _("Certificates"),
        "view": view,
        "q": text,
        "rows": page.items,
        "total": rows.count(),
        "tabs": [(label, f"?view={name}", name == view) for name, label in VIEWS.items()],
        **page_links(request, page),
    }
    return desk_page(request, "certificates", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("exporters.verify_certificate", raise_exception=True)
def certificate_review(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the producer states about a certificate, its file, and the decision."""
    rows = certificates_to_verify(request.user).select_related("producer__regency", "type", "decided_by")
    certificate = get_object_or_404(rows, pk=pk)
    if request.method != "POST":
        return _page(request, certificate, CertificateForm())
    decision = request.POST.get("do", "")
    form = CertificateForm(request.POST, decision=decision)
    if decision not in DONE or not form.is_valid():
        return _page(request, certificate, form, status=422)
    try:
        if decision == "verify":
            certificate.verify(by=request.user)
        else:
            certificate.reject(by=request.user, why=form.cleaned_data["why"])
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, get_object_or_404(rows, pk=pk), form, status=409)
    messages.success(request, DONE[decision] % {"certificate": certificate})
    return redirect("admin:certificates")


@require_safe
@permission_required("exporters.verify_certificate", raise_exception=True)
def certificate_file(request: SignedInRequest, pk: int) -> FileResponse:
    """The private file, as a download; each one is in the audit trail."""
    certificate = get_object_or_404(certificates_to_verify(request.user), pk=pk)
    return download(certificate, by=request.user)


def _page(
    request: SignedInRequest, certificate: Certificate, form: CertificateForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "title": str(certificate.type),
        "certificate": certificate,
        "producer": certificate.producer,
        "products": certificate.products.order_by("pk")[:50],
        "matches": _matches_pattern(certificate),
        "may_decide": certificate.may("verify"),
        "form": form,
    }
    return desk_page(request, "certificate_review", context, status=status)


def _matches_pattern(certificate: Certificate) -> bool | None:
    """Does the number look as numbers of its type do? None when staff gave no pattern, or one that is broken."""
    pattern = certificate.type.number_pattern
    try:
        return bool(re.fullmatch(pattern, certificate.number)) if pattern else None
    except re.error:
        return None
