"""allauth's forms about second factors, in our words, with codes that count once."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import factors
from kit.text import clean_name

LONGEST_CREDENTIAL: Final = 64_000  # characters; with a chain of certificates some ten thousand
NOT_RECOGNISED = _("That passkey was not recognised. Try again.")
CODE_ATTRS = {"autocomplete": "one-time-code", "inputmode": "text", "autocapitalize": "off", "spellcheck": "false"}
log = logging.getLogger(__name__)


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
    """What a browser tells about a passkey: JSON, no longer and no deeper than it can be; else `wrong` is said."""

    widget = forms.HiddenInput

    def __init__(self, wrong: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs, error_messages=dict.fromkeys(("required", "invalid"), wrong))

    def to_python(self, value: Any) -> Any:
        try:
            told = super().to_python(value) if len(value or "") <= LONGEST_CREDENTIAL else None
        except RecursionError:
            told = None
        if not isinstance(told, dict):  # a number that is no credential would count as one to the library
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return told


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alone = self.fields["passwordless"]
        alone.label = _("Sign in with it alone, without the password")
        alone.help_text = _("The device must ask for your fingerprint, face or PIN.")
        self.fields["credential"] = CredentialField(_("Your browser sent no passkey."), label=_("Passkey"))

    def clean(self) -> dict[str, Any]:
        with _said_clearly(_("This passkey could not be set up. Try again.")):
            cleaned: dict[str, Any] = super().clean()
        return cleaned


class RenamePasskeyForm(_NamedPasskey, webauthn.EditWebAuthnForm):
    """Another name."""


class _KnownPasskey:
    """A passkey that was set up before. What is wrong with an answer is not told, only that it does not count."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = CredentialField(NOT_RECOGNISED)

    def clean_credential(self) -> Authenticator:
        parent: Any = super()
        with _said_clearly(NOT_RECOGNISED):
            factor: Authenticator = parent.clean_credential()
        return factor


class AuthenticatePasskeyForm(_KnownPasskey, webauthn.AuthenticateWebAuthnForm):
    """The passkey after the password."""


class LoginPasskeyForm(_KnownPasskey, webauthn.LoginWebAuthnForm):
    """The passkey alone."""


class ReauthenticatePasskeyForm(_KnownPasskey, webauthn.ReauthenticateWebAuthnForm):
    """The passkey within a session."""


@contextmanager
def _said_clearly(sentence: Any) -> Iterator[None]:
    """Whatever the library makes of a foreign answer, a person reads this sentence; a limit is still told as a limit.

    Every exception: the answer is nested JSON, CBOR and keys from anybody, and fails in as many ways as it has parts.
    """
    try:
        yield
    except ValidationError as error:
        if getattr(error, "code", "") == "too_many_login_attempts":
            raise
        raise ValidationError(sentence, code="incorrect_code") from error
    except Exception as error:
        log.info("a passkey could not be read: %s", type(error).__name__)
        raise ValidationError(sentence, code="incorrect_code") from error
