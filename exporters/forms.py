"""What a browser may send about producers: registering, members, onboarding, certificates."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.forms import LANGUAGE_CHOICES, NewAccountForm, PersonNameField
from accounts.models import User
from accounts.submissions import KeyedForm
from exporters.models import Certificate, CertificateType, MembershipRole, Producer, Regency
from exporters.models.certificate import WRONG_NUMBER
from kit.text import clean_name


class _ByProvince(forms.models.ModelChoiceIterator[Regency]):
    """Regencies under the name of their province."""

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        yield "", self.field.empty_label or ""
        rows = cast(Any, self.queryset).select_related("province").order_by("province__name", "name", "code")
        for province, regencies in groupby(rows, key=lambda regency: regency.province.name):
            yield province, [self.choice(regency) for regency in regencies]


class RegencyField(forms.ModelChoiceField[Regency]):
    """One of the 514 regencies and cities, grouped by province; typing the name finds it."""

    iterator = _ByProvince

    def __init__(self, **kwargs: Any) -> None:
        label = _("Regency or city")
        super().__init__(Regency.objects.all(), **{"label": label, "empty_label": _("Choose …"), **kwargs})


class RegisterProducerForm(NewAccountForm):
    """A new account with its producer."""

    trade_name = PersonNameField(
        label=_("Name of the business"), widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    regency = RegencyField()
    field_order = ["trade_name", "regency", "name", "email", "password", "language"]


class InvitedAccountForm(NewAccountForm):
    """A new account by the link of an invitation: the address is that of the invitation."""

    def __init__(self, *args: Any, invited: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invited = invited
        self.fields["email"].disabled = True
        self.fields["email"].initial = invited


class ProducerCreateForm(KeyedForm):
    """A local officer onboards a producer of one of their regencies."""

    trade_name = PersonNameField(label=_("Name of the business"))
    regency = RegencyField()

    def __init__(self, *args: Any, officer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelChoiceField[Any], self.fields["regency"])
        field.queryset = Regency.objects.filter(officers__user=officer)
        only = list(field.queryset[:2])
        if len(only) == 1:
            field.initial = only[0]


class InvitationForm(KeyedForm):
    """Whom to invite and as what. An officer invites the first owner."""

    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(
        label=_("May do"),
        choices=[
            (MembershipRole.EDITOR, _("Editor: works on the profile, products and certificates")),
            (MembershipRole.OWNER, _("Owner: also manages the members")),
        ],
        widget=forms.RadioSelect,
        initial=MembershipRole.EDITOR,
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=LANGUAGE_CHOICES)

    def __init__(self, *args: Any, first_owner: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()
        if first_owner:
            self.fields["role"].disabled = True
            self.fields["role"].initial = MembershipRole.OWNER


class RoleForm(forms.Form):
    """Owner or editor."""

    role = forms.ChoiceField(choices=MembershipRole.choices)


class PictureForm(forms.Form):
    """A new logo or cover, or none in its place."""

    kind = forms.ChoiceField(choices=[("logo", _("Logo")), ("cover", _("Cover picture"))])
    picture = forms.FileField(required=False)
    remove = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("picture") and not cleaned.get("remove"):
            self.add_error("picture", _("Choose a picture first."))
        return cleaned


class CertificateForm(KeyedForm, forms.ModelForm[Certificate]):
    """A certificate with its file, new or renewing one (then the producer and the type are given).

    A number that does not fit its type's pattern is a warning, and refused only where the pattern is certain.
    """

    producer = forms.ModelChoiceField(Producer.objects.none(), label=_("Producer"))
    number = forms.CharField(label=_("Number"), max_length=80)
    issuer = forms.CharField(label=_("Issued by"), max_length=160)
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, or a photo of it (JPEG, PNG, WebP); 10 MB at most. Only you and the reviewers see it."),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
    )

    class Meta:
        model = Certificate
        fields = ["producer", "type", "number", "issuer", "issued_on", "expires_on"]
        labels = {"issued_on": _("Issued on"), "expires_on": _("Valid until"), "type": _("Type")}
        help_texts = {"expires_on": _("Leave it empty only for a certificate that does not expire.")}
        widgets = {
            "issued_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "expires_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.renews is not None:
            del self.fields["producer"], self.fields["type"]
            return
        field = cast(forms.ModelChoiceField[Any], self.fields["producer"])
        field.queryset = Producer.objects.editable_by(user)
        choices = list(field.queryset[:2])
        if len(choices) == 1:
            field.initial, field.widget = choices[0], forms.HiddenInput()
        cast(forms.ModelChoiceField[Any], self.fields["type"]).empty_label = _("Choose …")

    def clean_number(self) -> str:
        return clean_name(self.cleaned_data["number"])

    def clean_issuer(self) -> str:
        return clean_name(self.cleaned_data["issuer"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = self.kind()
        issued, expires = cleaned.get("issued_on"), cleaned.get("expires_on")
        today = timezone.localdate()
        if issued and issued > today:
            self.add_error("issued_on", _("The day of issue is in the future."))
        if expires and expires < today:
            self.add_error("expires_on", _("This certificate has expired. Upload the new one."))
        if kind and kind.has_expiry and not expires and "expires_on" not in self.errors:
            self.add_error("expires_on", _("A certificate of this type expires: enter its last day."))
        if kind and cleaned.get("number") and kind.refuses(cleaned["number"]):
            self.add_error("number", WRONG_NUMBER)
        old = self.instance.renews
        if old is not None and expires and old.expires_on and expires <= old.expires_on:
            self.add_error("expires_on", _("The new certificate ends no later than the one that it renews."))
        return cleaned

    def kind(self) -> CertificateType | None:
        """The type that was chosen, or that of the renewed certificate."""
        old = self.instance.renews
        return old.type if old is not None else self.cleaned_data.get("type")

    def upload(self) -> UploadedFile[bytes]:
        """The file that was sent."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        return file
