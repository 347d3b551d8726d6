"""Registering, onboarding and the company profile."""

from __future__ import annotations

from typing import Literal

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, permission_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import ratelimit, registration, submissions
from accounts.http import SignedInRequest
from accounts.models import User
from exporters import quota
from exporters.forms import PictureForm, ProducerCreateForm, RegisterProducerForm
from exporters.models import Producer, ProducerMoved
from exporters.npwp import has_wrong_check_digit
from exporters.profile_form import ProducerForm
from kit.uploads import StoredPicture, UploadRefused, delete_picture, store_picture


@sensitive_post_parameters("password")
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register_producer(request: HttpRequest) -> HttpResponse:
    """A new account with its producer as a draft; the same answer for a known address."""
    if request.user.is_authenticated:
        return redirect("after_login")
    form = RegisterProducerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ratelimit.hit("register", ratelimit.client_address(request))
        said = form.cleaned_data

        def with_producer(user: User) -> None:
            Producer.objects.start(trade_name=said["trade_name"], regency=said["regency"], by=user, owner=user)

        registration.register(form.newcomer(), also=with_producer)
        return redirect("account_email_verification_sent")
    return render(request, "exporters/register_producer.html", {"form": form}, status=422 if form.errors else 200)


@permission_required("exporters.onboard_producer", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def producer_create(request: SignedInRequest) -> HttpResponse:
    """A local officer begins a producer in one of their regencies; an owner is invited later."""
    form = ProducerCreateForm(request.POST or None, officer=request.user)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def start() -> submissions.Answer:
            producer = Producer.objects.start(
                trade_name=said["trade_name"], regency=said["regency"], by=request.user, owner=None
            )
            return submissions.Answer(302, {"pk": producer.pk})

        body = submissions.body_of(request)
        answer = submissions.once(request.user, "producer_create", said["submission_key"], body, start)
        return redirect("producer_edit", answer.data["pk"])
    return render(request, "exporters/producer_create.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def producer_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """The company profile. Of two people who save at once the second sees both values and loses nothing."""
    producer = get_object_or_404(Producer.objects.editable_by(request.user), pk=pk)
    form = ProducerForm(request.POST or None, instance=producer, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            saved = _save_profile(form, pk, by=request.user)
        except ProducerMoved:
            return _show_both(request, form, Producer.objects.get(pk=pk))
        messages.success(request, _("The profile is saved."))
        if has_wrong_check_digit(saved.npwp):
            messages.warning(request, _("Please check the NPWP: its check digit does not fit. It is saved as it is."))
        return redirect("producer_edit", pk)
    status = 422 if form.errors else 200
    return _show_profile(request, form, Producer.objects.get(pk=pk), status)


@require_POST
def producer_picture(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new logo or cover (field `picture`), or none in its place (`remove`)."""
    producer = get_object_or_404(Producer.objects.editable_by(request.user), pk=pk)
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for error in form.errors.get("picture", [])))
        return redirect("producer_edit", pk)
    kind: Literal["logo", "cover"] = form.cleaned_data["kind"]
    file = form.cleaned_data["picture"]
    if form.cleaned_data["remove"]:
        producer.change_picture(kind, None, by=request.user)
        messages.success(request, _("The picture is removed."))
        return redirect("producer_edit", pk)
    ratelimit.hit("upload", f"producer:{producer.pk}")
    try:
        _show_instead(producer, kind, store_picture(file), by=request.user)
    except UploadRefused as refusal:
        messages.error(request, refusal.sentence(file.name))
        return redirect("producer_edit", pk)
    messages.success(request, _("The picture is saved."))
    return redirect("producer_edit", pk)


def _show_instead(producer: Producer, kind: Literal["logo", "cover"], stored: StoredPicture, *, by: User) -> None:
    try:
        with transaction.atomic(), quota.kept(producer.pk):
            producer.change_picture(kind, stored, by=by)
    except BaseException:
        delete_picture(stored.key)
        raise


def _save_profile(form: ProducerForm, pk: int, *, by: User) -> Producer:
    with transaction.atomic():
        producer = Producer.editing(pk, seen_version=form.cleaned_data["version"])
        for name in ProducerForm.Meta.fields:
            setattr(producer, name, form.cleaned_data[name])
        producer.edited(by=by)
    return producer


def _show_both(request: SignedInRequest, form: ProducerForm, stored: Producer) -> HttpResponse:
    """The form as the person wrote it, ready to be saved over the other's values, which stand above it."""
    conflicts = list(form.conflicts(stored))
    again = request.POST.copy()
    again["version"] = str(stored.version)
    form.data = again
    return _show_profile(request, form, stored, 409, conflicts=conflicts)


def _show_profile(
    request: SignedInRequest, form: ProducerForm, producer: Producer, status: int, **more: object
) -> HttpResponse:
    pictures = [
        {"kind": "logo", "label": _("Logo"), "key": producer.logo_key},
        {"kind": "cover", "label": _("Cover picture"), "key": producer.cover_key},
    ]
    context = {
        "form": form,
        "producer": producer,
        "pictures": pictures,
        "has_members_page": Producer.objects.with_members_seen_by(request.user).filter(pk=producer.pk).exists(),
        **more,
    }
    return render(request, "exporters/producer_edit.html", context, status=status)
