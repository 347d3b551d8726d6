"""The desk's page on which the ministry erases an account; the verb is in inaaccess/erasure.py."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.staff_admin import desk_page
from inaaccess import erasure
from kit.text import clean_text

ERASE: Final = "accounts.erase_user"


class PersonEraseForm(forms.Form):
    """Why, and what becomes of the producers that only this person owns."""

    why = forms.CharField(
        label=gettext_lazy("Reason, for the audit trail"),
        help_text=gettext_lazy("No names or addresses, please: the trail is kept for ever."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    closing = forms.BooleanField(label=gettext_lazy("Hand over or close the producers below, too."), required=False)

    def clean_why(self) -> str:
        """Without hidden characters."""
        return clean_text(self.cleaned_data["why"])


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(ERASE, raise_exception=True)
def person_erase(request: SignedInRequest, pk: int) -> HttpResponse:
    """Anonymise an account at once. Make sure by another way that the person wants it."""
    person = get_object_or_404(User, pk=pk)
    form = PersonEraseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        erasure.erase(person, by=request.user, **form.cleaned_data)
        messages.success(request, _("The account is erased. Its number stays in the audit trail."))
        return redirect("admin:accounts_user_change", person.pk)
    orphans = erasure.orphans_of(person)
    if not orphans:
        del form.fields["closing"]
    context = {"title": _("Erase this account"), "person": person, "form": form, "orphans": orphans}
    return desk_page(request, "person_erase", context, status=422 if form.is_bound else 200)


PAGES: tuple[tuple[str, Callable[..., HttpResponse]], ...] = (("people/<int:pk>/erase/", person_erase),)
