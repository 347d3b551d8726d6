"""The certificates of a producer: the list, a new one, its private file."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import submissions
from accounts.http import SignedInRequest
from accounts.models import User
from exporters import certificate_files
from exporters.forms import CertificateForm
from exporters.models import Certificate, CertificateState, CertificateType, Producer
from exporters.models.certificate import CertificateQuerySet
from kit.keyset import Keyset
from kit.uploads import UploadRefused

NEWEST_FIRST = Keyset("certificate_list", [("pk", "desc")])
PAGE_ROWS = 25
SOON = datetime.timedelta(days=90)


@dataclass(frozen=True)
class Row:
    """A certificate as its producer sees it; `kind` is that of the badge."""

    certificate: Certificate
    kind: str
    state: str
    may_be_removed: bool
    may_be_renewed: bool
    is_renewal_waiting: bool


@never_cache
@require_safe
def certificate_list(request: SignedInRequest) -> HttpResponse:
    """The certificates of all producers that the person works on, newest first; renewed ones are in the history."""
    own, is_history = Certificate.objects.editable_by(request.user), request.GET.get("view") == "history"
    page = NEWEST_FIRST.page(_listed(own, is_history), request.GET.get("after"), PAGE_ROWS)
    view = "view=history&" if is_history else ""
    context = {
        "rows": [_row(certificate) for certificate in page.items],
        "is_history": is_history,
        "tabs": [(_("Now"), request.path, not is_history), (_("History"), "?view=history", is_history)],
        "next_url": f"?{view}after={page.next_after}" if page.next_after else "",
        "first_url": request.path if request.GET.get("after") else "",
        "may_add": Producer.objects.editable_by(request.user).exists(),
    }
    return render(request, "exporters/certificate_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def certificate_create(request: SignedInRequest) -> HttpResponse:
    """Upload a certificate; it waits for verification. The next page asks which products it covers."""
    if not Producer.objects.editable_by(request.user).exists():
        raise PermissionDenied
    initial = {"producer": request.GET.get("producer")} if request.GET.get("producer", "").isdigit() else None
    form = CertificateForm(request.POST or None, request.FILES or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        key, body = form.cleaned_data["submission_key"], submissions.body_of(request)
        try:
            sent = submissions.once(request.user, "certificate_create", key, body, lambda: _submit(form, request.user))
        except UploadRefused as refusal:
            form.add_error("file", refusal.sentence(form.upload().name or ""))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The certificate is uploaded and waits for verification."))
            warn_of_number(request, form.kind(), form.cleaned_data["number"])
            return redirect("certificate_covers", sent.data["pk"])
    status = 422 if form.errors else 200
    return render(request, "exporters/certificate_create.html", {"form": form}, status=status)


@require_safe
def certificate_file(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The private file, for those who work on the producer."""
    certificate = get_object_or_404(Certificate.objects.editable_by(request.user).select_related("type"), pk=pk)
    return certificate_files.download(certificate, by=request.user)


@require_POST
def certificate_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back a certificate that was not verified."""
    certificate = get_object_or_404(Certificate.objects.editable_by(request.user), pk=pk)
    certificate.remove(by=request.user)
    messages.success(request, _("The certificate is removed."))
    return redirect("certificate_list")


def warn_of_number(request: SignedInRequest, kind: CertificateType | None, number: str) -> None:
    """Say that the number does not look like one of its type; it was saved nevertheless."""
    if kind is not None and kind.fits(number) is False:
        messages.warning(
            request, _("Please check the number: it does not look like one of this type. It is saved as it is.")
        )


def _listed(own: CertificateQuerySet, is_history: bool) -> CertificateQuerySet:
    taking_its_place = Certificate.objects.filter(renews=OuterRef("pk")).exclude(state=CertificateState.REJECTED)
    rows = own.history() if is_history else own.current()
    return rows.select_related("type", "producer", "renews").annotate(has_renewal=Exists(taking_its_place))


def _submit(form: CertificateForm, by: User) -> submissions.Answer:
    certificate = certificate_files.take_in(form.save(commit=False), form.upload(), by=by)
    return submissions.Answer(302, {"pk": certificate.pk})


def _row(certificate: Certificate) -> Row:
    state, kind = str(certificate.get_state_display()), "info"
    if certificate.state == CertificateState.REJECTED:
        kind = "bad"
    elif certificate.is_expired():
        state, kind = _("expired"), "bad"
    elif certificate.state == CertificateState.VERIFIED:
        kind = "ok"
        if certificate.expires_on and certificate.expires_on < timezone.now().date() + SOON:
            state, kind = _("verified, expires soon"), "warn"
    has_renewal: bool = certificate.has_renewal  # type: ignore[attr-defined]
    is_verified = certificate.state == CertificateState.VERIFIED
    return Row(
        certificate,
        kind,
        state,
        may_be_removed=not certificate.was_verified(),
        may_be_renewed=is_verified and not has_renewal and certificate.expires_on is not None,
        is_renewal_waiting=is_verified and has_renewal,
    )
