"""Saving a step of the product form: what is valid is saved, two tabs do not overwrite each other silently."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import NamedTuple

from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.forms.step import StepForm, mark
from catalog.models import ProductRevision, RevisionMoved

TRIES = 3


class Difference(NamedTuple):
    """A field that two people, or two tabs, changed differently."""

    name: str
    label: str
    mine: str
    saved: str


@dataclass
class Saved:
    """The step is saved; `form` is what was judged. Its errors are what was not taken but kept as typed."""

    revision: ProductRevision
    form: StepForm


@dataclass
class Conflict:
    """Nothing was saved: the person decides field by field. `data` is what they typed, merged where it was clear."""

    revision: ProductRevision
    form: StepForm
    differences: list[Difference]
    data: QueryDict


def save_step(form_class: type[StepForm], pk: int, data: QueryDict, *, by: User) -> Saved | Conflict:
    """Save what was sent for one step, or say where it differs from what was saved meanwhile.

    Raises TransitionNotAllowed when it is not the producer's turn, RevisionMoved when it moves faster than we merge.
    """
    merged = data.copy()
    for _try in range(TRIES):
        revision = read(pk)
        form = form_class(merged, instance=revision)
        _resolve(form, merged)
        form = form_class(merged, instance=revision)
        form.is_valid()
        try:
            return Saved(_write(form, merged, by=by), form)
        except RevisionMoved:
            current = form_class(instance=read(pk))
            differences = _merge(form, current, merged)
            if differences:
                return Conflict(current.revision, current, differences, merged)
            merged["version"] = str(current.revision.version)
            merged["base"] = json.dumps(current.marks())
    raise RevisionMoved(_("Somebody saved this product after you opened it."))


def read(pk: int) -> ProductRevision:
    """The revision with what its forms and its completeness need."""
    return ProductRevision.objects.with_parts().get(pk=pk)


def seen_version(data: QueryDict) -> int:
    """The version at which the person opened the page; 0 when it is not told: never a present one."""
    text = data.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _write(form: StepForm, data: QueryDict, *, by: User) -> ProductRevision:
    with transaction.atomic():
        revision = ProductRevision.editing(form.revision.pk, by=by, seen_version=seen_version(data))
        is_valid = form.is_valid()
        form.apply_to(revision)
        others = {step: kept for step, kept in revision.unfinished.items() if step != form.name}
        revision.unfinished = others if is_valid else {**others, form.name: form.unfinished()}
        revision.edited(by=by)
        form.save_parts(revision)
    return revision


def _resolve(form: StepForm, data: QueryDict) -> None:
    """Take the saved value where the person chose it on the page of differences."""
    for name in form.content_names():
        if data.get(f"keep-{name}") == "saved":
            form.write_stored(data, name)


def _merge(form: StepForm, current: StepForm, data: QueryDict) -> list[Difference]:
    """Where both changed a field: the differences. Where only the other one did: their value goes into `data`."""
    seen = form.seen_marks()
    differences = []
    for name in form.content_names():
        typed = form.typed(name)
        stored = current.stored(name) if name in current.content_names() else ""
        if typed == stored or seen.get(name) == mark(stored):
            continue
        if seen.get(name) == mark(typed):
            current.write_stored(data, name)
        else:
            words = form.in_words(name, mine=True), current.in_words(name, mine=False)
            differences.append(Difference(name, form.label_of(name), *words))
    return differences
