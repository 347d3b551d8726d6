"""What a browser may send to the account pages."""

from __future__ import annotations

import zoneinfo
from functools import lru_cache
from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts import passwords
from accounts.letter_kinds import ABOUT
from accounts.models import HowOften, User
from accounts.registration import Newcomer
from kit.languages import INTERFACE_LANGUAGES
from kit.site_frame import NAMES
from kit.text import clean_name, validate_name

PASSWORD_HINT = _("At least 12 characters. A sentence is fine.")
LANGUAGE_CHOICES = [(code, NAMES[code]) for code in INTERFACE_LANGUAGES]  # each in its own language


@lru_cache(maxsize=1)
def time_zone_choices() -> list[tuple[str, str]]:
    """The zones of the world that have a place in their name, Indonesia's three first."""
    ours = [
        ("Asia/Jakarta", "WIB (Jakarta)"),
        ("Asia/Makassar", "WITA (Makassar)"),
        ("Asia/Jayapura", "WIT (Jayapura)"),
    ]
    places = ("Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
    names = sorted(name for name in zoneinfo.available_timezones() if name.startswith(places))
    rest = [(name, name.replace("_", " ")) for name in names if name not in dict(ours)]
    return [*ours, *rest, ("UTC", "UTC")]


class PersonNameField(forms.CharField):
    """A person's or a company's name, cleaned of what cannot be seen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 120, "validators": [validate_name], **kwargs})

    def to_python(self, value: Any) -> str:
        return clean_name(super().to_python(value) or "")


class NewAccountForm(forms.Form):
    """What every new account needs; the kinds of account add to it."""

    name = PersonNameField(label=_("Your name"), widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(label=_("E-mail"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        help_text=PASSWORD_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    language = forms.ChoiceField(label=_("Write to me in"), choices=LANGUAGE_CHOICES, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = get_language()

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if password := cleaned.get("password"):
            someone = User(email=cleaned.get("email", ""), name=cleaned.get("name", ""))
            try:
                validate_password(password, someone)
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned

    def newcomer(self, **more: Any) -> Newcomer:
        """The person that the valid form describes."""
        said = {key: self.cleaned_data[key] for key in ("email", "password", "name", "language")}
        return Newcomer(**said, **more)


class ProfileForm(forms.ModelForm[User]):
    """A person's own name, language and time zone."""

    name = PersonNameField(label=_("Your name"), widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(
        label=_("Language of the pages and letters"), choices=LANGUAGE_CHOICES, widget=forms.RadioSelect
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=time_zone_choices, help_text=_("Times on the pages are shown in this zone.")
    )

    class Meta:
        model = User
        fields = ["name", "language", "time_zone"]


class LettersForm(forms.Form):
    """How often letters of each kind come; the fields are the kinds that may be chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind, about in ABOUT.items():
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label,
                help_text=about,
                choices=HowOften.choices,
                widget=forms.RadioSelect,
                required=False,  # left out: stays as it is
            )


class LanguageForm(forms.Form):
    """A language and the page to go on with."""

    language = forms.ChoiceField(choices=LANGUAGE_CHOICES)
    next = forms.CharField(required=False, max_length=500)


# --- allauth's forms in our words ------------------------------------------------------------------


class _InOurWords:
    """No placeholders, which vanish while one types; labels and hints as on our other forms."""

    LABELS: dict[str, Any] = {
        "login": _("E-mail"),
        "email": _("E-mail"),
        "password": _("Password"),
        "oldpassword": _("Your password now"),
        "password1": _("New password"),
        "password2": _("New password once more"),
    }
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.LABELS.get(name, field.label)
            field.help_text = PASSWORD_HINT if name == "password1" else ""


class LoginForm(_InOurWords, allauth_forms.LoginForm):
    """E-mail and password."""


class ReauthenticateForm(_InOurWords, allauth_forms.ReauthenticateForm):
    """The password once more before something that matters."""


class AddEmailForm(_InOurWords, allauth_forms.AddEmailForm):
    """Another address instead of the present one."""


class ChangePasswordForm(_InOurWords, allauth_forms.ChangePasswordForm):
    """The old password and the new one, twice."""


class SetPasswordForm(_InOurWords, allauth_forms.SetPasswordForm):
    """A first password."""


class ResetPasswordKeyForm(_InOurWords, allauth_forms.ResetPasswordKeyForm):
    """A new password by the link of a letter."""


class ResetPasswordForm(_InOurWords, allauth_forms.ResetPasswordForm):
    """An address that may have an account; the answer does not say."""

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email: str = self.cleaned_data["email"]
        passwords.ask_for_reset(email)
        return email
