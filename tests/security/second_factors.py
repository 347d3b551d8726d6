"""People with a password and an authenticator app, for the tests."""

from __future__ import annotations

import hashlib
import time
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

from accounts.models import User

PASSWORD = "rotan dan kayu jati"
LOGIN, PASS, AGAIN = "/en/account/login/", "/en/account/factors/pass/", "/en/account/factors/pass/again/"
FACTORS, APP = "/en/account/factors/", "/en/account/factors/app/"
REAUTHENTICATE = "/en/account/reauthenticate/"
SECRET = totp.generate_totp_secret()


def with_password(user: User) -> User:
    """The person, whose address is confirmed."""
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


def with_app(user: User) -> list[str]:
    """Set up an app with SECRET; returns the recovery codes."""
    totp.TOTP.activate(user, SECRET)
    return RecoveryCodes.activate(user).generate_codes()


def with_passkey(user: User) -> str:
    """A passkey whose device is lost: nobody can answer for it. Returns its name among credentials."""
    key, flags = ec.generate_private_key(ec.SECP256R1()).public_key(), AuthenticatorData.FLAG
    held = AttestedCredentialData.create(Aaguid(bytes(16)), b"sixteen bytes id", ES256.from_cryptography_key(key))
    site = hashlib.sha256(b"testserver").digest()
    told = AuthenticatorData.create(site, flags.UP | flags.AT, 0, bytes(held))
    name = websafe_encode(held.credential_id)
    response = {
        "clientDataJSON": websafe_encode(
            b'{"type": "webauthn.create", "challenge": "AA", "origin": "http://testserver"}'
        ),
        "attestationObject": websafe_encode(bytes(AttestationObject.create("none", told, {}))),
    }
    credential = {"type": "public-key", "id": name, "rawId": name, "clientExtensionResults": {}, "response": response}
    data = {"name": "Telepon", "credential": credential}
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)
    return name


def code_now(secret: str = SECRET, *, periods_later: int = 0) -> str:
    """What the app shows."""
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + periods_later))


def wrong_code() -> str:
    """Six digits that the app shows neither now nor soon."""
    right = {code_now(periods_later=periods) for periods in range(-3, 6)}
    return next(text for text in ("000000", "111111", "222222") if text not in right)


def sign_in(client: Client, user: User, **more: str) -> Any:
    """The first step, with the password."""
    return client.post(LOGIN, {"login": user.email, "password": PASSWORD, **more})


def factors_of(user: User) -> set[str]:
    """The kinds that a person has."""
    return set(Authenticator.objects.filter(user=user).values_list("type", flat=True))
