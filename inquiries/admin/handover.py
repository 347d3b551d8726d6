"""The page on which the work of a colleague who leaves passes to another."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.http import SignedInRequest
from accounts.models import User
from accounts.workflow import Refused
from inquiries.handover import hand_over, leavers_of
from markets.admin.page import desk_page
from markets.scope import colleagues_of


class HandoverForm(forms.Form):
    """Who leaves, and who takes over; both in the scope of the reader."""

    leaving = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Who leaves"), empty_label=gettext_lazy("Choose a colleague")
    )
    to = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Who takes over"),
        help_text=gettext_lazy("Gets one letter that says what there is."),
        empty_label=gettext_lazy("Choose a colleague"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leaving"].queryset = leavers_of(user)  # type: ignore[attr-defined]
        self.fields["to"].queryset = colleagues_of(user)  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("markets.hand_over_work", raise_exception=True)
def handover(request: SignedInRequest) -> HttpResponse:
    """Reviews in hand, reviews assigned and notes pass to a colleague at once; the page says what became of it."""
    form = HandoverForm(request.POST if request.method == "POST" else None, user=request.user)
    context: dict[str, Any] = {"title": _("Hand over work"), "form": form, "done": None}
    if request.method != "POST":
        return desk_page(request, "handover", context)
    if not form.is_valid():
        return desk_page(request, "handover", context, status=422)
    try:
        context["done"] = hand_over(**form.cleaned_data, by=request.user)
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return desk_page(request, "handover", context, status=409)
    context["to"] = form.cleaned_data["to"]
    context["is_nothing"] = not any(part.number or part.left for part in context["done"])
    return desk_page(request, "handover", context)
