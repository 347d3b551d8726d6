"""What a form field says about itself to the reader: its kind of control, its unit, its mark, its errors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.forms import BaseForm, BoundField, widgets
from django.forms.formsets import BaseFormSet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

DJANGOS_ROWS, OUR_ROWS = "10", "4"  # of a text area that says nothing itself


class Wrong(NamedTuple):
    """One line of an error summary: the control ("" for the whole form), its label, and what to do."""

    field_id: str
    label: str
    message: str


class FieldFace(NamedTuple):
    """`kind`: box (one control), check (one tick), choices (a group of options) or group (several controls)."""

    kind: str
    control: SafeString
    needed: bool
    optional: bool
    prefix: str
    suffix: str
    longest: int | None


def face_of(field: BoundField) -> FieldFace:
    """How to draw a field; see `kit.forms.FormRenderer` for the attributes read here."""
    widget = field.field.widget
    attrs = widget.attrs
    if isinstance(widget, widgets.Textarea) and "maxlength" in attrs:
        # A browser cuts a pasted text at maxlength without a word: the counter warns, the form says it and keeps all.
        attrs["data-longest"] = attrs.pop("maxlength")
    longest = attrs.get("data-longest")
    needed = field.field.required or bool(attrs.get("data-needed"))
    return FieldFace(
        kind=_kind_of(widget),
        control=_control(field),
        needed=needed,
        optional=not needed and "data-depends" not in attrs and bool(getattr(field.form, "mark_optional", False)),
        prefix=str(attrs.get("data-prefix", "")),
        suffix=str(attrs.get("data-suffix", "")),
        longest=int(longest) if longest else None,
    )


def errors_of(form: BaseForm | BaseFormSet[BaseForm]) -> Iterator[Wrong]:
    """Everything that is wrong, in the order of the page."""
    if isinstance(form, BaseFormSet):
        for message in form.non_form_errors():
            yield Wrong("", "", str(message))
        for number, row in enumerate(form.forms, start=1):
            where = _("Row %(number)d") % {"number": number}
            for wrong in errors_of(row):
                yield wrong._replace(label=f"{where}: {wrong.label}" if wrong.label else where)
        return
    for message in form.non_field_errors():
        yield Wrong("", "", str(message))
    for field in form:
        for message in field.errors:
            yield Wrong(_first_control(field), str(field.label), str(message))


def _kind_of(widget: widgets.Widget) -> str:
    if isinstance(widget, widgets.CheckboxInput):
        return "check"
    if isinstance(widget, widgets.RadioSelect | widgets.CheckboxSelectMultiple):
        return "choices"
    return "group" if widget.use_fieldset else "box"


def _control(field: BoundField) -> SafeString:
    """The control with our class beside those that the widget has already."""
    widget = field.field.widget
    if isinstance(widget, widgets.CheckboxInput):
        return field.as_widget()
    attrs: dict[str, str | bool] = {"class": " ".join(filter(None, ["input", str(widget.attrs.get("class", ""))]))}
    if isinstance(widget, widgets.Textarea) and widget.attrs.get("rows") == DJANGOS_ROWS:
        attrs["rows"] = OUR_ROWS
    return field.as_widget(attrs=attrs)


def _first_control(field: BoundField) -> str:
    """The id that a link can jump to; the first option of a group."""
    if isinstance(field.field.widget, widgets.RadioSelect | widgets.CheckboxSelectMultiple):
        return f"{field.auto_id}_0"
    return field.auto_id
