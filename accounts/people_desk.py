"""The desk's pages on which the ministry protects an account; the verbs are in accounts/guarding.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts import factors, guarding
from accounts.http import SignedInRequest, signed_in
from accounts.models import User
from accounts.staff_admin import desk_page
from kit.text import clean_text

GUARD = "accounts.guard_user"


class Verb(Protocol):
    """One of the verbs of accounts.guarding."""

    def __call__(self, person: User, *, by: User, why: str) -> None:
        """Do it."""


class GuardButton(NamedTuple):
    """A verb that may be called on a person, and its page."""

    label: str
    url: str


class GuardForm(forms.Form):
    """Why an account is touched."""

    why = forms.CharField(
        label=gettext_lazy("Reason, for the audit trail"),
        help_text=gettext_lazy("No names or addresses, please: the trail is kept for ever."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_why(self) -> str:
        """Without hidden characters."""
        return clean_text(self.cleaned_data["why"])


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(GUARD, raise_exception=True)
def person_shut_out(request: SignedInRequest, pk: int) -> HttpResponse:
    """Nobody logs in with this account any more."""
    return _ask(request, pk, guarding.shut_out, _("Shut this person out"), _("The person is shut out."))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(GUARD, raise_exception=True)
def person_let_in(request: SignedInRequest, pk: int) -> HttpResponse:
    """The person may log in again."""
    return _ask(request, pk, guarding.let_in, _("Let this person in again"), _("The person may sign in again."))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(GUARD, raise_exception=True)
def person_end_sessions(request: SignedInRequest, pk: int) -> HttpResponse:
    """Signed out everywhere; tokens end too."""
    done = _("All sessions and API tokens of the person have ended.")
    return _ask(request, pk, guarding.end_sessions, _("Sign this person out everywhere"), done)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(GUARD, raise_exception=True)
def person_reset_factor(request: SignedInRequest, pk: int) -> HttpResponse:
    """For somebody who lost phone and recovery codes. Make sure by another way that it is really them."""
    done = _("The second factor is gone. The person signs in with the password and sets up a new one.")
    return _ask(request, pk, guarding.reset_factor, _("Reset a lost second factor"), done)


def guard_buttons(request: HttpRequest, person: User) -> list[GuardButton]:
    """What may be done about this person now."""
    if not request.user.has_perm(GUARD) or person == signed_in(request.user) or person.erased_at:
        return []
    access = ("person_shut_out", _("Shut out")) if person.is_active else ("person_let_in", _("Let in again"))
    verbs = [access, ("person_end_sessions", _("Sign out everywhere"))]
    if factors.has_factor(person):
        verbs.append(("person_reset_factor", _("Reset second factor")))
    if request.user.has_perm("accounts.erase_user"):
        verbs.append(("person_erase", _("Erase")))
    return [GuardButton(label, reverse(f"admin:{name}", args=[person.pk])) for name, label in verbs]


def _ask(request: SignedInRequest, pk: int, act: Verb, question: str, done: str) -> HttpResponse:
    """Ask for the reason, then act and go back to the person."""
    person = get_object_or_404(User, pk=pk)
    form = GuardForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        act(person, by=request.user, why=form.cleaned_data["why"])
        messages.success(request, done)
        return redirect("admin:accounts_user_change", person.pk)
    context = {"title": question, "person": person, "form": form}
    return desk_page(request, "person_guard", context, status=422 if form.is_bound else 200)


PAGES: tuple[tuple[str, Callable[..., HttpResponse]], ...] = (
    ("people/<int:pk>/shut-out/", person_shut_out),
    ("people/<int:pk>/let-in/", person_let_in),
    ("people/<int:pk>/sign-out/", person_end_sessions),
    ("people/<int:pk>/reset-factor/", person_reset_factor),
)
