"""The two pages of notes, whatever they are about: reading and writing them, and changing one's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import submissions
from accounts.http import SignedInRequest
from accounts.models import User
from kit.keyset import Keyset
from kit.text import clean_text
from markets.admin.page import desk_page, page_links, page_of
from markets.models import Mission
from markets.models.note import LONGEST_TEXT, Note


class TextForm(submissions.KeyedForm):
    """What a note says."""

    text = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("Read by the people of the mission only, by nobody else."),
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


def notes_page(
    request: SignedInRequest,
    kind: type[Note],
    about: Model,
    context: Mapping[str, Any],
    *,
    page_name: str,
    change_name: str,
) -> HttpResponse:
    """What the missions of the reader noted about a thing, and a new note. The caller has checked power and scope."""
    form = NoteForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        _write(request, kind, about, form.cleaned_data, page_name)
        messages.success(request, _("The note is kept."))
        return redirect(f"admin:{page_name}", pk=about.pk)
    notes = kind.objects.readable_by(request.user).filter(**{kind.ABOUT: about})
    page = page_of(request, Keyset(page_name, [("pk", "desc")]), notes.select_related("mission", "author", "keeper"))
    told = {
        **context,
        "change_url": f"admin:{change_name}",
        "form": form,
        "notes": [(note, note.keeper_id == request.user.pk) for note in page.items],
        **page_links(request, page),
    }
    return desk_page(request, page_name, told, status=422 if request.method == "POST" else 200)


def _write(request: SignedInRequest, kind: type[Note], about: Model, said: Mapping[str, Any], page_name: str) -> None:
    def work() -> submissions.Answer:
        note = kind.write(about, mission=said["mission"], text=said["text"], by=request.user)
        return submissions.Answer(201, {"pk": note.pk})

    submissions.once(request.user, page_name, said["submission_key"], submissions.body_of(request), work)


def change_page(request: SignedInRequest, note: Note, page_name: str, *, title: str, back: str) -> HttpResponse:
    """A note that the reader keeps: say it anew, or remove it."""
    form = TextForm(request.POST if request.method == "POST" else None, initial={"text": note.text})
    context = {"title": title, "note": note, "form": form}
    if request.method != "POST":
        return desk_page(request, page_name, context)
    if request.POST.get("do") == "remove":
        note.remove(by=request.user)
        messages.success(request, _("The note is removed."))
    elif form.is_valid():
        note.change(text=form.cleaned_data["text"], by=request.user)
        messages.success(request, _("The note is changed."))
    else:
        return desk_page(request, page_name, context, status=422)
    return redirect(f"admin:{back}", pk=note.about_id)
