"""The certificates desk: look at the file, then verify or reject."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.http import SignedInRequest
from accounts.models import AuditEntry, User
from accounts.naming import People
from accounts.verbs import verb_label
from accounts.workflow import Refused
from catalog.models import CertificateCoverage, Product
from exporters.certificate_files import download, first_page
from exporters.clock import DIGEST_DAYS
from exporters.first_page import TRIES
from exporters.models import Certificate, CertificateState, Membership
from kit.keyset import Keyset
from kit.text import clean_text
from markets.admin.lookalikes import lookalikes_of
from markets.admin.page import desk_page, page_links, page_of
from markets.histories import of_certificate
from markets.scope import certificates_to_verify, products_seen_by, revisions_to_review

OLDEST_FIRST = Keyset("certificates", [("submitted_at", "asc"), ("pk", "asc")])
ENDING_FIRST = Keyset("certificates ending", [("expires_on", "asc"), ("pk", "asc")])
HISTORY = 20
COVERED = 50
VIEWS = {
    "submitted": gettext_lazy("Waiting"),
    "ending": gettext_lazy("Running out"),
    "verified": gettext_lazy("Verified"),
    "rejected": gettext_lazy("Rejected"),
}
KINDS = {CertificateState.SUBMITTED: "info", CertificateState.VERIFIED: "ok", CertificateState.REJECTED: "bad"}
DONE = {
    "verify": gettext_lazy("“%(certificate)s” is verified."),
    "reject": gettext_lazy("“%(certificate)s” was rejected."),
    "revoke": gettext_lazy("The verification of “%(certificate)s” was taken back."),
}


class CertificateForm(forms.Form):
    """The reason of a rejection, or of taking a verification back."""

    why = forms.CharField(
        label=gettext_lazy("Reason, in the producer's language"),
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
        if self.decision in {"reject", "revoke"} and not why:
            raise forms.ValidationError(_("Say why, in the producer's language."))
        return why


@require_safe
@permission_required("exporters.verify_certificate", raise_exception=True)
def certificates(request: SignedInRequest) -> HttpResponse:
    """Certificates of the producers in scope, those that wait first."""
    view = request.GET.get("view", "submitted") if request.GET.get("view") in VIEWS else "submitted"
    text = clean_text(request.GET.get("q", ""))[:80]
    rows = _viewed(certificates_to_verify(request.user), view)
    if text:
        rows = rows.filter(Q(number__icontains=text) | Q(producer__trade_name__icontains=text))
    order = ENDING_FIRST if view == "ending" else OLDEST_FIRST
    page = page_of(request, order, rows.select_related("producer__regency", "type"))
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
    rows = certificates_to_verify(request.user).select_related("producer__regency", "type", "renews")
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
        elif decision == "reject":
            certificate.reject(by=request.user, why=form.cleaned_data["why"])
        else:
            certificate.revoke(by=request.user, why=form.cleaned_data["why"])
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, get_object_or_404(rows, pk=pk), form, status=409)
    messages.success(request, DONE[decision] % {"certificate": certificate})
    following = _next_waiting(request.user) if decision in {"verify", "reject"} else None
    return redirect("admin:certificate_review", following.pk) if following else redirect("admin:certificates")


@require_safe
@permission_required("exporters.verify_certificate", raise_exception=True)
def certificate_file(request: SignedInRequest, pk: int) -> FileResponse:
    """The private file, as a download; each one is in the audit trail."""
    certificate = get_object_or_404(certificates_to_verify(request.user), pk=pk)
    return download(certificate, by=request.user)


@require_safe
@permission_required("exporters.verify_certificate", raise_exception=True)
def certificate_first_page(request: SignedInRequest, pk: int) -> FileResponse:
    """The picture of the first page, made by us; each look is in the audit trail."""
    certificate = get_object_or_404(certificates_to_verify(request.user), pk=pk)
    return first_page(certificate, by=request.user)


def _viewed(rows: QuerySet[Certificate], view: str) -> QuerySet[Certificate]:
    """Those of a view; what runs out within 90 days and is not renewed is a view of its own, the soonest first."""
    if view != "ending":
        return rows.filter(state=view)
    ids = Certificate.objects.current().ending_within(days=DIGEST_DAYS).filter(state=CertificateState.VERIFIED)
    return rows.filter(pk__in=ids.values("pk"))


def _next_waiting(user: User) -> Certificate | None:
    """The certificate that has waited longest and that `user` may decide on; None when there is none."""
    own = Membership.objects.filter(user=user, producer=OuterRef("producer"))
    waiting = certificates_to_verify(user).filter(~Exists(own), state=CertificateState.SUBMITTED)
    return waiting.exclude(submitted_by=user).order_by("submitted_at", "pk").first()


def _page(
    request: SignedInRequest, certificate: Certificate, form: CertificateForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "title": str(certificate.type),
        "certificate": certificate,
        "producer": certificate.producer,
        "lookalikes": lookalikes_of(certificate.producer, request.user),
        "products": _covered(certificate, request.user),
        "state_kind": KINDS[CertificateState(certificate.state)],
        "fits": certificate.type.fits(certificate.number),
        "may_decide": certificate.may("verify"),
        "decided_by": People.read(request.user, [certificate.decided_by_id]).name(certificate.decided_by_id),
        "may_revoke": certificate.may("revoke"),
        "is_drawing": not certificate.first_page_path and certificate.first_page_tries < TRIES,
        "renewed_by": certificate.renewals.exclude(state=CertificateState.REJECTED).first(),
        "history": _history(certificate, request.user),
        "form": form,
    }
    return desk_page(request, "certificate_review", context, status=status)


def _covered(certificate: Certificate, reader: User) -> list[tuple[Product, str]]:
    """The products that it covers and `reader` may see, by their titles: public ones, or what was handed in last."""
    covering = CertificateCoverage.objects.filter(certificate=certificate)
    handed_in = Prefetch("revisions", revisions_to_review(reader).order_by("-number"), to_attr="handed_in")
    seen = products_seen_by(reader).filter(pk__in=covering.values("product")).prefetch_related(handed_in)
    return [(one, str(one if one.slug else next(iter(one.handed_in), one))) for one in seen.order_by("pk")[:COVERED]]


def _history(certificate: Certificate, reader: User) -> list[tuple[str, str]]:
    """What was done with it, newest first: (what, when and by whom). Looks are in the audit trail only."""
    entries = AuditEntry.objects.visible_to(reader).filter(of_certificate(certificate))
    told = list(entries.exclude(verb__in=("download", "look")).order_by("-pk")[:HISTORY])
    people = People.of(reader, told)
    days = (date_format(localtime(entry.at), "DATETIME_FORMAT") for entry in told)
    return [(_told(entry), f"{day}, {people.who(entry)}") for entry, day in zip(told, days, strict=True)]


def _told(entry: AuditEntry) -> str:
    verb = verb_label(entry.verb)
    return f"{verb}: {entry.why}" if entry.why and entry.verb in {"reject", "revoke"} else verb
