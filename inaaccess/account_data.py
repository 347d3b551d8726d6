"""A person's own data: see it, download it, erase the account (UU 27/2022)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
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
def account_data_download(request: SignedInRequest) -> HttpResponseBase:
    """Everything about the person as one JSON file, written while it is read."""
    audit.record("export_own_data", request.user, by=request.user)
    language = translation.get_language()
    answer = StreamingHttpResponse(_file_of(request.user, language), content_type="application/json")
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


def _file_of(person: User, language: str) -> Iterator[str]:
    """One JSON object, a row on each line; `language` names things, for the request's own is over by then."""
    yield f'{{"made_at": {_json(timezone.now())}, "account": {person.pk}, "data": {{'
    for number, (label, rows) in enumerate(personal_data.download(person)):
        yield f"{',' if number else ''}\n{_json(label)}: ["
        pending, comma = iter(rows), ""
        while True:
            with translation.override(language):
                lines = [_json(row) for row in islice(pending, personal_data.ROWS_AT_ONCE)]
            if not lines:
                break
            yield comma + "\n" + ",\n".join(lines)
            comma = ","
        yield "]"
    yield "\n}}\n"


def _json(value: object) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False)


def _kept(person: User) -> list[Kept]:
    """What is held, by kind; kinds of which there is nothing are left out."""
    found: dict[str, Kept] = {}
    for holding in personal_data.downloaded():
        number = holding.shown_to(person).count()
        if not number:
            continue
        meta = holding.model._meta
        fields = [str(getattr(meta.get_field(name), "verbose_name", name)) for name in holding.fields]
        before = found.get(meta.label, Kept(capfirst(str(meta.verbose_name_plural)), 0, []))
        more = [name for name in fields if name not in before.fields]
        found[meta.label] = Kept(before.name, before.number + number, before.fields + more)
    return list(found.values())
