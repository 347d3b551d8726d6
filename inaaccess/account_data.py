"""A person's own data: see it, download it, erase the account (UU 27/2022)."""

from __future__ import annotations

from typing import NamedTuple

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import audit
from accounts.http import SignedInRequest
from accounts.models import User
from accounts.roles import is_official
from inaaccess import erasure, personal_data


class Kept(NamedTuple):
    """What is held of one kind: its name, how many rows, and which fields, all in the reader's words."""

    name: str
    number: int
    fields: list[str]


class EraseForm(forms.Form):
    """The last question."""

    sure = forms.BooleanField(label=gettext_lazy("I understand that this cannot be undone."))


@never_cache
@require_safe
def account_data(request: SignedInRequest) -> HttpResponse:
    """What is held about the person, with the ways to take it along and to erase it."""
    context = {"kept": _kept(request.user), "is_official": is_official(request.user)}
    return render(request, "inaaccess/account_data.html", context)


@never_cache
@require_safe
@reauthentication_required  # type: ignore[untyped-decorator]
def account_data_download(request: SignedInRequest) -> HttpResponse:
    """Everything about the person as one JSON file."""
    audit.record("export_own_data", request.user, by=request.user)
    told = {"made_at": timezone.now(), "account": request.user.pk, "data": personal_data.download(request.user)}
    answer = JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required  # type: ignore[untyped-decorator]
def account_erase(request: SignedInRequest) -> HttpResponse:
    """Erase the account at once; only owners of a producer are told what to do first."""
    person = request.user
    form = EraseForm(request.POST if request.method == "POST" else None)
    orphans = [] if is_official(person) else erasure.orphans_of(person)
    if request.method == "POST" and not orphans and form.is_valid():
        with_thanks = _("Your account is erased. Thank you for having been with us.")
        erasure.erase(person, by=person)
        get_adapter().logout(request)
        messages.success(request, with_thanks)
        return redirect("home")
    context = {"form": form, "orphans": orphans, "is_official": is_official(person)}
    return render(request, "inaaccess/account_erase.html", context, status=422 if form.is_bound else 200)


@require_POST
def account_erase_ask(request: SignedInRequest) -> HttpResponse:
    """The only owner of a producer, with nobody to hand it to, asks the ministry."""
    if not is_official(request.user) and erasure.orphans_of(request.user):
        erasure.ask_to_close(request.user)
        messages.success(request, _("The ministry is told. You get an answer within three days."))
    return redirect("account_data")


def _kept(person: User) -> list[Kept]:
    """What is held, by kind; kinds of which there is nothing are left out."""
    found: dict[str, Kept] = {}
    myself = User.objects.filter(pk=person.pk)
    for holding in personal_data.holdings():
        number = holding.rows_of(myself).count() if holding.is_downloaded else 0
        if not number:
            continue
        meta = holding.model._meta
        fields = [str(getattr(meta.get_field(name), "verbose_name", name)) for name in holding.fields]
        before = found.get(meta.label, Kept(capfirst(str(meta.verbose_name_plural)), number, []))
        found[meta.label] = Kept(before.name, number, before.fields + fields)
    return list(found.values())
