"""allauth's forms about second factors, in our words, with codes that count once."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput
from django.utils.translation import gettext_lazy as _

from accounts import factors
from kit.text import clean_name

CODE_ATTRS = {"autocomplete": "one-time-code", "inputmode": "text", "autocapitalize": "off", "spellcheck": "false"}


class _CodeInOurWords:
    """No placeholder; a hint where codes come from."""

    fields: dict[str, forms.Field]
    hint: Any = _("Six digits of your authenticator app, or one of your recovery codes.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label, code.help_text = _("Code"), self.hint
        code.widget = forms.TextInput(attrs=CODE_ATTRS)


class _CodeOnce(_CodeInOurWords):
    """A code of the app or a recovery code, taken once."""

    user: Any
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        clear_limit = check_rate_limit(self.user)
        code: str = self.cleaned_data["code"]
        factor = factors.accept_code(self.user, code)
        if factor is None:
            raise get_adapter().validation_error("incorrect_code")
        self.authenticator = factor
        clear_limit()
        return code


class AuthenticateForm(_CodeOnce, base.AuthenticateForm):
    """The code after the password."""


class ReauthenticateForm(_CodeOnce, base.ReauthenticateForm):
    """The code within a session."""


class ActivateTOTPForm(_CodeInOurWords, totp.ActivateTOTPForm):
    """The first code of an app that was just set up."""

    hint = _("Six digits that the app shows now.")


class CredentialField(forms.JSONField):
    """What a passkey says: an object; text that nests too deep to be read is refused like any other that is none."""

    def __init__(self) -> None:
        super().__init__(widget=forms.HiddenInput)

    def to_python(self, value: Any) -> Any:
        try:
            said = super().to_python(value)
        except RecursionError:
            said = []
        if said is not None and not isinstance(said, dict):
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": ""})
        return said

    def bound_data(self, data: Any, initial: Any) -> Any:
        return InvalidJSONInput(data or "")  # shown again as it came: a passkey answers anew anyway


class LoginPasskeyForm(webauthn.LoginWebAuthnForm):
    """Signing in with a passkey alone."""

    credential = CredentialField()


class AuthenticatePasskeyForm(webauthn.AuthenticateWebAuthnForm):
    """A passkey after the password."""

    credential = CredentialField()


class ReauthenticatePasskeyForm(webauthn.ReauthenticateWebAuthnForm):
    """A passkey within a session."""

    credential = CredentialField()


class _NamedPasskey:
    """A passkey has a name, by which its owner tells it from the others."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["name"]
        name.label, name.help_text = _("Name"), _("So that you know it again: “phone”, “key on the ring”.")
        name.widget.attrs["maxlength"] = 40

    def clean_name(self) -> str:
        parent: Any = super()
        name = parent.clean_name() if hasattr(parent, "clean_name") else self.cleaned_data["name"]
        return clean_name(name)[:40] or "Passkey"


class AddPasskeyForm(_NamedPasskey, webauthn.AddWebAuthnForm):
    """A new passkey."""

    credential = CredentialField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alone = self.fields["passwordless"]
        alone.label = _("Sign in with it alone, without the password")
        alone.help_text = _("The device must ask for your fingerprint, face or PIN.")


class RenamePasskeyForm(_NamedPasskey, webauthn.EditWebAuthnForm):
    """Another name."""
