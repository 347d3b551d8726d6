"""The base of the steps' forms: each is saved on its own, and what is valid is saved although the rest is not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import QuerySet
from django.http import QueryDict

from catalog.models import ProductRevision
from kit.languages import CONTENT_LANGUAGE_NAMES, CONTENT_LANGUAGES
from kit.translated_forms import TranslatedFormField

CONTROL_NAMES = ("csrfmiddlewaretoken", "version", "base")
MOST_KEPT = 6000  # characters of one value that is kept although it could not be taken
BUTTONS = ("go_on", "add_row", "find", "pick", "pick_commodity", "pick_hs6", "q")


class StepForm(forms.ModelForm[ProductRevision]):
    """Some fields of a revision.

    `base` remembers what each field was when the page was opened, so that a change that somebody else saved meanwhile
    is told apart from one's own.
    """

    name: ClassVar[str]
    mark_optional = False  # a draft may lack everything
    filled: frozenset[str] = frozenset()  # fields that the form fills by itself

    version = forms.IntegerField(widget=forms.HiddenInput)
    base = forms.CharField(required=False, widget=forms.HiddenInput, max_length=4000)

    def __init__(self, data: QueryDict | None = None, *, instance: ProductRevision, **kwargs: Any) -> None:
        super().__init__(data, instance=instance, **kwargs)
        self.sent = data if data is not None else QueryDict()
        self.revision = instance
        self.fields["version"].initial = instance.version
        self.add_fields()
        self.fields["base"].initial = json.dumps(self.marks())

    def add_fields(self) -> None:
        """For the step: fields that are not known before the revision is."""

    # --- what is in it -----------------------------------------------------------------------------

    def content_names(self) -> list[str]:
        """The fields that are content, and the parts that are compared as a whole (formsets)."""
        return [name for name in self.fields if name not in CONTROL_NAMES]

    def stored(self, name: str) -> Any:
        """The value that is saved now, as the field's control would send it."""
        field = self.fields[name]
        value = field.prepare_value(self.get_initial_for_field(field, name))
        if isinstance(field, TranslatedFormField):
            return {key: text for key, text in (value or {}).items() if text}
        if isinstance(value, list | tuple):
            return sorted(str(one) for one in value)
        return "" if value in (None, "") else str(value)

    def typed(self, name: str) -> Any:
        """The value that was sent, in the shape of `stored`; the saved one where nothing was sent."""
        field = self.fields[name]
        if not self.is_sent(name) and name not in self.filled:
            return self.stored(name)
        if name in getattr(self, "cleaned_data", {}):
            return self._plain(field, self.cleaned_data[name])
        return self._plain(field, field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name)))

    @staticmethod
    def _plain(field: forms.Field, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: text for key, text in value.items() if text}
        if isinstance(value, list | tuple | QuerySet):
            return sorted(str(getattr(one, "pk", one)) for one in value)
        value = getattr(value, "pk", value)
        value = field.prepare_value(value)
        return "" if value in (None, "") else str(value)

    def label_of(self, name: str) -> str:
        """What the field is called on the page."""
        return str(self.fields[name].label or name) if name in self.fields else name

    def in_words(self, name: str, *, mine: bool) -> str:
        """The typed (`mine`) or the saved value for readers, a line per language or choice."""
        if name not in self.fields:
            return ""
        value = self.typed(name) if mine else self.stored(name)
        if isinstance(value, Mapping):
            return "\n".join(f"{CONTENT_LANGUAGE_NAMES[key]}: {text}" for key, text in value.items())
        labels = _choice_labels(self.fields[name])
        return "\n".join(labels.get(str(one), str(one)) for one in (value if isinstance(value, list) else [value]))

    def write_stored(self, data: QueryDict, name: str) -> None:
        """Put the saved value into `data` in the place of the typed one."""
        value: Any = self.stored(name) if name in self.fields else ""
        if isinstance(self.fields.get(name), TranslatedFormField):
            for key in CONTENT_LANGUAGES:
                data[f"{name}_{key}"] = value.get(key, "")
        else:
            data.setlist(name, value if isinstance(value, list) else [value])

    def marks(self) -> dict[str, str]:
        """A short fingerprint of every stored value."""
        return {name: mark(self.stored(name)) for name in self.content_names()}

    def seen_marks(self) -> dict[str, str]:
        """The fingerprints of what this person saw when they opened the page; empty when they are not told."""
        try:
            told = json.loads(str(self.sent.get("base") or "{}"))
        except ValueError:
            return {}
        return {str(name): str(seen) for name, seen in told.items()} if isinstance(told, dict) else {}

    # --- saving ------------------------------------------------------------------------------------

    def valid_names(self) -> list[str]:
        """The model fields whose typed values can be saved; what was not sent at all stays as it is."""
        cleaned = getattr(self, "cleaned_data", {})
        names = [name for name in self._meta.fields or () if name in cleaned and name in self.fields]
        return [name for name in names if self.is_sent(name) or name in self.filled]

    def is_sent(self, name: str) -> bool:
        """Did the browser send this field? (Unticked boxes cannot be told from absent ones: they count as sent.)"""
        widget = self.fields[name].widget
        return not widget.value_omitted_from_data(self.data, self.files, self.add_prefix(name))

    def apply_to(self, revision: ProductRevision) -> None:
        """Write what is valid into the locked revision. What breaks a rule of the whole is left as it was."""
        before = {name: getattr(revision, name) for name in self.valid_names()}
        for name in before:
            setattr(revision, name, self.cleaned_data[name])
        try:
            revision.validate_constraints(exclude={"product", "number", "state"})
        except ValidationError:
            for name, value in before.items():
                setattr(revision, name, value)

    def save_parts(self, revision: ProductRevision) -> None:
        """For the step: rows of other tables, inside the transaction, after the revision was saved."""

    def unfinished(self) -> dict[str, list[str]]:
        """Everything that was typed, to be shown again when the person comes back."""
        names = tuple(self.content_names())
        own = tuple(f"{name}{end}" for name in names for end in ("_", "-"))
        return {
            name: [value[:MOST_KEPT] for value in values]
            for name, values in kept_input(self.sent).items()
            if name in names or name.startswith(own)
        }

    def problems(self) -> Iterator[str]:
        """The labels of the fields that were not taken."""
        for name in self.errors:
            if name != NON_FIELD_ERRORS and name in self.fields:
                yield str(self.fields[name].label or name)


def kept_input(data: QueryDict) -> dict[str, list[str]]:
    """What was typed, without the buttons and the marks of the page."""
    return {
        name: [str(value).replace("\x00", "") for value in values]
        for name, values in data.lists()
        if name not in CONTROL_NAMES and name not in BUTTONS and not name.startswith("keep-")
    }


def as_query(kept: Mapping[str, list[str]], form: StepForm) -> QueryDict:
    """Kept input as the data of a form, with the marks of now."""
    data = QueryDict(mutable=True)
    for name, values in kept.items():
        data.setlist(name, values)
    data["version"] = str(form.revision.version)
    data["base"] = json.dumps(form.marks())
    return data


def mark(value: Any) -> str:
    """A short fingerprint of a value in the shape of `stored`."""
    plain = json.dumps(value, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2s(plain.encode(), digest_size=5).hexdigest()


def _choice_labels(field: forms.Field) -> dict[str, str]:
    """Value → label of a field with choices, its groups opened."""
    if not isinstance(field, forms.ChoiceField):
        return {}
    labels: dict[str, str] = {}
    for value, label in field.widget.choices if hasattr(field.widget, "choices") else ():
        if isinstance(label, list | tuple):
            labels |= {str(inner): str(text) for inner, text in label}
        else:
            labels[str(value)] = str(label)
    return labels
