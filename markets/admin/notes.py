"""The notes of a mission about a product: read by its people, changed by who keeps them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts import submissions
from accounts.http import SignedInRequest
from accounts.models import User
from kit.keyset import Keyset
from kit.text import clean_text
from markets.admin.page import desk_page, page_links, page_of
from markets.models import Mission, MissionNote
from markets.models.note import LONGEST_TEXT
from markets.scope import products_seen_by

NEWEST_FIRST = Keyset("product_notes", [("pk", "desc")])


class TextForm(submissions.KeyedForm):
    """What a note says."""

    text = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("Read by the people of the mission only, never by the producer or the public."),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_text(self) -> str:
        """Without hidden characters."""
        return clean_text(self.cleaned_data["text"])


class NoteForm(TextForm):
    """A new note; whose it is, where the person works for several missions."""

    mission = forms.ModelChoiceField(Mission.objects.none(), label=gettext_lazy("Mission"), empty_label=None)
    field_order = ["mission", "text"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        missions = Mission.objects.of_staff(user)
        self.fields["mission"].queryset = missions  # type: ignore[attr-defined]
        self.has_mission = missions.exists()


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("markets.write_note", raise_exception=True)
def product_notes(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the reader's missions noted about a product, newest first, and a new note."""
    product = get_object_or_404(products_seen_by(request.user).select_related("producer"), pk=pk)
    form = NoteForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def work() -> submissions.Answer:
            note = MissionNote.write(product, mission=said["mission"], text=said["text"], by=request.user)
            return submissions.Answer(201, {"pk": note.pk})

        submissions.once(request.user, "product_notes", said["submission_key"], submissions.body_of(request), work)
        messages.success(request, _("The note is kept."))
        return redirect("admin:product_notes", pk=pk)
    notes = MissionNote.objects.readable_by(request.user).filter(product=product)
    page = page_of(request, NEWEST_FIRST, notes.select_related("mission", "author", "keeper"))
    context = {
        "title": _("Notes on %(product)s") % {"product": product},
        "product": product,
        "form": form,
        "notes": [(note, note.keeper_id == request.user.pk) for note in page.items],
        **page_links(request, page),
    }
    return desk_page(request, "product_notes", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("markets.write_note", raise_exception=True)
def note_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """A note that the reader keeps: say it anew, or remove it."""
    note = get_object_or_404(MissionNote.objects.kept_by(request.user).select_related("product"), pk=pk)
    removes = request.POST.get("do") == "remove"
    form = TextForm(request.POST if request.method == "POST" else None, initial={"text": note.text})
    context = {"title": _("Note on %(product)s") % {"product": note.product}, "note": note, "form": form}
    if request.method != "POST":
        return desk_page(request, "note_change", context)
    if removes:
        note.remove(by=request.user)
        messages.success(request, _("The note is removed."))
    elif form.is_valid():
        note.change(text=form.cleaned_data["text"], by=request.user)
        messages.success(request, _("The note is changed."))
    else:
        return desk_page(request, "note_change", context, status=422)
    return redirect("admin:product_notes", pk=note.product_id)
