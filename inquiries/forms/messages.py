"""What a browser may send in the thread of an enquiry: messages with files, answers, reasons."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.submissions import KeyedForm
from inquiries.models import Attached, MessageKind, RefusalReason, ReportReason, Said
from inquiries.models.abuse import LONGEST_WHY
from inquiries.models.message import LANGUAGE_CHOICES, LONGEST_TEXT, MOST_ATTACHMENTS
from kit.languages import content_key
from kit.money import CURRENCY_CHOICES
from kit.numbers import NumberField
from kit.text import clean_text

ANSWERS = (
    MessageKind.ASK_QUANTITY,
    MessageKind.ASK_DETAILS,
    MessageKind.SAMPLE_TERMS,
    MessageKind.TEXT,
    MessageKind.CANNOT_SUPPLY,
)
OF_A_KIND = ("text", "sample_price", "sample_currency", "sample_days", "reason")
CHOOSE = [("", _("Choose …"))]


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """None to MOST_ATTACHMENTS files; cleaned to a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > MOST_ATTACHMENTS:
            raise forms.ValidationError(
                _("At most %(most)d files at a time."), code="too_many", params={"most": MOST_ATTACHMENTS}
            )
        return [super(FilesField, self).clean(file, initial) for file in given]


class TextField(forms.CharField):
    """Some lines of text; hidden characters are taken out."""

    def __init__(self, *, longest: int, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(max_length=longest, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "")


class MessageForm(KeyedForm):
    """A message of one side. `seen` is the newest message that its writer had before them."""

    mark_optional = True

    seen = forms.IntegerField(min_value=0, max_value=2**63 - 1, required=False, widget=forms.HiddenInput)
    text = TextField(label=_("Your message"), longest=LONGEST_TEXT)
    language = forms.ChoiceField(label=_("Written in"), choices=LANGUAGE_CHOICES)
    attachments = FilesField(
        label=_("Files"),
        required=False,
        help_text=_("Up to 5: PDF, or pictures (JPEG, PNG, WebP); 10 MB at most each."),
        widget=FilesInput(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = content_key()

    def said(self, files: Sequence[Attached]) -> Said:
        """What was written, with the files that were kept."""
        given = self.cleaned_data
        return Said(text=given["text"], language=given["language"], files=files)

    def has_before_it(self, newest: int) -> None:
        """The page shows the thread up to this message: what is sent from it was written with that in view."""
        self.fields["seen"].initial = newest
        if self.is_bound:
            data = cast(QueryDict, self.data).copy()
            data[self.add_prefix("seen")] = str(newest)
            self.data = data


class AnswerForm(MessageForm):
    """The producer's answer: one of the kinds, each with what belongs to it; of the other kinds nothing is read."""

    kind = forms.ChoiceField(
        label=_("What do you answer?"), choices=[], widget=forms.RadioSelect, initial=MessageKind.TEXT
    )
    sample_price = NumberField(
        label=_("Price of the samples"),
        required=False,
        max_digits=12,
        decimal_places=2,
        min_value=Decimal(0),
        help_text=_("0 when they are free."),
    )
    sample_currency = forms.ChoiceField(label=_("Currency"), required=False, choices=CURRENCY_CHOICES, initial="USD")
    sample_days = forms.IntegerField(
        label=_("Days until the samples are sent"),
        required=False,
        min_value=1,
        max_value=365,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    reason = forms.ChoiceField(label=_("Why not?"), required=False, choices=[*CHOOSE, *RefusalReason.choices])
    text = TextField(label=_("Your message"), longest=LONGEST_TEXT, required=False)

    def __init__(self, *args: Any, may_refuse: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_refuse = may_refuse
        for name in OF_A_KIND:
            self.fields[name].widget.attrs["data-depends"] = "kind"
        kinds = [kind for kind in ANSWERS if may_refuse or kind != MessageKind.CANNOT_SUPPLY]
        self.fields["kind"].choices = [(kind.value, kind.label) for kind in kinds]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        match given.get("kind"):
            case MessageKind.TEXT if not given.get("text") and "text" not in self.errors:
                self.add_error("text", _("Please write your message."))
            case MessageKind.CANNOT_SUPPLY if not given.get("reason") and "reason" not in self.errors:
                self.add_error("reason", _("Please say why."))
            case MessageKind.SAMPLE_TERMS:
                self._need_terms(given)
        self._forget_other_kinds(given.get("kind", ""))
        return given

    @property
    def is_refusal(self) -> bool:
        """Does the answer say that nothing can be supplied?"""
        return bool(self.cleaned_data["kind"] == MessageKind.CANNOT_SUPPLY)

    def said(self, files: Sequence[Attached]) -> Said:
        given = self.cleaned_data
        kind, terms = given["kind"], {}
        if kind == MessageKind.SAMPLE_TERMS:
            terms = {name: given[name] for name in ("sample_price", "sample_currency", "sample_days")}
        reason = given["reason"] if self.is_refusal else ""
        return Said(text=given["text"], language=given["language"], kind=kind, reason=reason, files=files, **terms)

    def _need_terms(self, given: dict[str, Any]) -> None:
        for name, message in (
            ("sample_price", _("Please give the price of the samples, or 0.")),
            ("sample_currency", _("The price of the samples needs its currency.")),
            ("sample_days", _("Please say in how many days you send them.")),
        ):
            if given.get(name) in (None, "") and name not in self.errors:
                self.add_error(name, message)

    def _forget_other_kinds(self, kind: str) -> None:
        """What is wrong in the fields of another kind, which a script hides, is no reason to stop."""
        if kind != MessageKind.SAMPLE_TERMS:
            for name in ("sample_price", "sample_currency", "sample_days"):
                self.errors.pop(name, None)
        if kind != MessageKind.CANNOT_SUPPLY:
            self.errors.pop("reason", None)


class WithdrawForm(forms.Form):
    """The importer takes an enquiry back."""

    mark_optional = True

    why = TextField(label=_("Why?"), longest=LONGEST_WHY, rows=3, required=False)


class ReportForm(forms.Form):
    """A side reports the thread to the mission."""

    mark_optional = True

    reason = forms.ChoiceField(label=_("What is wrong?"), choices=ReportReason.choices, widget=forms.RadioSelect)
    note = TextField(label=_("What should the mission know?"), longest=LONGEST_WHY, rows=3, required=False)


class BlockForm(forms.Form):
    """A producer takes no more enquiries from an importer, or takes them again."""

    mark_optional = True

    do = forms.ChoiceField(choices=[("block", "block"), ("lift", "lift")], initial="block", widget=forms.HiddenInput)
    why = TextField(label=_("Why?"), longest=LONGEST_WHY, rows=3, required=False)
