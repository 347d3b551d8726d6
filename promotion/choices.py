"""What a form of the desk offers to choose from."""

from __future__ import annotations

from typing import Any, Final, cast

from django import forms
from django.db.models import QuerySet

CHOSEN_ALONE: Final = ("market",)
"""Chosen beforehand when there is nothing else to choose."""


def offer(form: forms.Form, name: str, rows: QuerySet[Any], *, none: str) -> None:
    """Let the field choose among `rows`; `none` is what an empty choice is called. One query for what stands alone."""
    field = cast(forms.ModelChoiceField[Any], form.fields[name])
    field.queryset, field.empty_label = rows, none
    if name in CHOSEN_ALONE and not form.is_bound and not form.initial.get(name):
        found = list(rows[:2])
        if len(found) == 1:
            form.initial[name] = found[0].pk
