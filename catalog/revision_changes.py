"""Changing a revision by program: through the forms of the pages, so that both judge alike; all or nothing.

A page keeps what is valid of one step; a program gets every error and nothing is saved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from catalog import photos
from catalog.forms.markets import MarketsForm
from catalog.forms.packing import PackingForm
from catalog.forms.step import StepForm
from catalog.forms.terms import OFFERS, TermsForm
from catalog.forms.what import PREFIX, WhatForm
from catalog.models import Photo, PhotoPlacement, ProductRevision
from catalog.step_saving import read
from kit.languages import CONTENT_LANGUAGES
from kit.numbers import NumberField
from kit.translated_forms import TranslatedFormField
from kit.uploads import delete_picture

ATTRIBUTES, PHOTOS = "attributes", "photos"
FORMS: Final[Mapping[type[StepForm], frozenset[str]]] = {
    WhatForm: frozenset({*(WhatForm.Meta.fields), ATTRIBUTES}),
    TermsForm: frozenset({*(TermsForm.Meta.fields), OFFERS}),
    PackingForm: frozenset(PackingForm.Meta.fields),
    MarketsForm: frozenset({*(MarketsForm.Meta.fields), "certificates"}),
}
NAMES: Final = frozenset[str]().union(*FORMS.values(), {PHOTOS})


def change_content(pk: int, changes: Mapping[str, Any], *, seen_version: int, by: User) -> ProductRevision:
    """Write these fields of the revision; "offers", "attributes", "photos" and "certificates" are whole lists.

    Values are plain: texts by language, Decimal, int, keys of rows. Raises TransitionNotAllowed, RevisionMoved, and
    ValidationError with a dictionary by the path of the field.
    """
    with transaction.atomic():
        revision = ProductRevision.editing(pk, by=by, seen_version=seen_version)
        if not changes:
            return revision
        forms = [_judged(kind, pk, changes) for kind, names in FORMS.items() if names & set(changes)]
        placed = _photos(revision, changes[PHOTOS]) if PHOTOS in changes else None
        errors = {name: found for form in forms for name, found in _errors(form).items()}
        if errors:
            raise ValidationError(errors)
        for form in forms:
            form.apply_to(revision)
            _refuse_what_was_not_taken(form, revision)
        done = {form.name for form in forms}
        revision.unfinished = {step: kept for step, kept in revision.unfinished.items() if step not in done}
        revision.edited(by=by)
        for form in forms:
            form.save_parts(revision)
        if placed is not None:
            _place(revision, placed)
    return revision


# --- the forms, filled as a page would fill them ---------------------------------------------------


def _judged(kind: type[StepForm], pk: int, changes: Mapping[str, Any]) -> StepForm:
    revision = read(pk)
    blank = kind(instance=revision)
    data = QueryDict(mutable=True)
    data["version"] = str(revision.version)
    for name in blank.content_names():
        if name != OFFERS and not name.startswith(PREFIX):
            _write(data, blank, name, changes.get(name, _stored(blank, name)))
    if OFFERS in changes and kind is TermsForm:
        _write_offers(data, changes[OFFERS])
    if kind is WhatForm:
        _write_attributes(data, revision, changes.get(ATTRIBUTES))
    form = kind(data, instance=revision)
    form.is_valid()
    return form


def _stored(form: StepForm, name: str) -> Any:
    value = form.get_initial_for_field(form.fields[name], name)
    return getattr(value, "pk", value)


def _write(data: QueryDict, form: StepForm, name: str, value: Any) -> None:
    if isinstance(form.fields[name], TranslatedFormField):
        for key in CONTENT_LANGUAGES:
            data[f"{name}_{key}"] = (value or {}).get(key, "")
    elif isinstance(value, list | tuple):
        data.setlist(name, [str(one) for one in value])
    else:
        data[name] = _typed(value)


def _write_offers(data: QueryDict, rows: Sequence[Mapping[str, Any]]) -> None:
    data[f"{OFFERS}-TOTAL_FORMS"] = data[f"{OFFERS}-INITIAL_FORMS"] = str(len(rows))
    for number, row in enumerate(rows):
        for name, value in row.items():
            data[f"{OFFERS}-{number}-{name}"] = _typed(value)


def _write_attributes(data: QueryDict, revision: ProductRevision, given: Mapping[str, Any] | None) -> None:
    """Those of the template that goes with the category of `data`; `given` replaces them all."""
    form = WhatForm(data, instance=revision)
    known = [name for name in form.fields if name.startswith(PREFIX)]
    if unknown := [key for key in given or () if PREFIX + key not in known]:
        raise ValidationError(
            {f"{ATTRIBUTES}.{str(key)[:40]}": [_("This category does not ask for this fact.")] for key in unknown}
        )
    values = revision.attributes if given is None else given
    for name in known:
        value, field = values.get(name.removeprefix(PREFIX)), form.fields[name]
        if value is None:
            continue
        if isinstance(value, list):
            data.setlist(name, [str(one) for one in value])
        elif isinstance(value, bool):
            data[name] = "yes" if value else "no"
        elif isinstance(value, int | float | Decimal) and isinstance(field, NumberField):
            data[name] = Decimal(str(value))  # type: ignore[assignment]
        else:
            data[name] = str(value)


def _typed(value: Any) -> Any:
    """As a control sends it; a Decimal stays one, because text would be read in the reader's format."""
    if value is None:
        return ""
    return value if isinstance(value, Decimal) else str(value)


def _errors(form: StepForm) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, errors in form.errors.items():
        path = f"{ATTRIBUTES}.{name.removeprefix(PREFIX)}" if name.startswith(PREFIX) else name
        found["non_field_errors" if name == NON_FIELD_ERRORS else path] = [str(error) for error in errors]
    if isinstance(form, TermsForm) and form.offers.is_bound and not form.offers.is_valid():
        if whole := form.offers.non_form_errors():
            found[OFFERS] = [str(error) for error in whole]
        for number, row in enumerate(form.offers.forms):
            found |= {f"{OFFERS}.{number}.{name}": [str(one) for one in errors] for name, errors in row.errors.items()}
    return found


def _refuse_what_was_not_taken(form: StepForm, revision: ProductRevision) -> None:
    """A rule of the database that the form does not know made `apply_to` leave things as they were."""
    for name in form.valid_names():
        if getattr(revision, name) != form.cleaned_data[name]:
            raise ValidationError({name: [_("This value does not go with the others.")]})


# --- photos ----------------------------------------------------------------------------------------


def _photos(revision: ProductRevision, rows: Sequence[Mapping[str, Any]]) -> list[tuple[Photo, dict[str, str]]]:
    """The photos in their new order; each of this producer, each once."""
    if len(rows) > photos.MOST:
        raise ValidationError({PHOTOS: [_("A product has %(most)d photos at most.") % {"most": photos.MOST}]})
    found = Photo.objects.filter(producer=revision.product.producer_id).in_bulk(
        [row["photo"] for row in rows], field_name="key"
    )
    errors = {}
    for number, row in enumerate(rows):
        if row["photo"] not in found:
            errors[f"{PHOTOS}.{number}.photo"] = [_("This producer has no such photo.")]
        elif row["photo"] in [earlier["photo"] for earlier in rows[:number]]:
            errors[f"{PHOTOS}.{number}.photo"] = [_("This photo is already there.")]
    if errors:
        raise ValidationError(errors)
    return [(found[row["photo"]], dict(row.get("alt") or {})) for row in rows]


def _place(revision: ProductRevision, placed: Sequence[tuple[Photo, dict[str, str]]]) -> None:
    before = {one.photo for one in revision.placements.select_related("photo")}
    revision.placements.all().delete()
    PhotoPlacement.objects.bulk_create(
        PhotoPlacement(revision=revision, photo=photo, position=position, alt=alt)
        for position, (photo, alt) in enumerate(placed)
    )
    for photo in before - {photo for photo, _alt in placed}:
        if not photo.placements.exists() and not photos.is_compared(revision, photo):
            key = photo.key
            photo.delete()
            transaction.on_commit(lambda key=key: delete_picture(key))  # type: ignore[misc]
