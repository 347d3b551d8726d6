"""The second factor of a log-in: who needs one, what counts as passed, and codes that work once."""

from __future__ import annotations

import time
from typing import Final

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from accounts.models import User
from accounts.roles import is_official

LAST_STEP: Final = "last_step"  # the period of the last code that was taken, kept with the secret


def is_required(user: User) -> bool:
    """Is this person of those who work here only with a second factor, and is that switched on (STAFF_MFA)?"""
    return bool(settings.STAFF_MFA) and is_official(user)


def has_factor(user: User) -> bool:
    """Has this person an authenticator app or a passkey? Recovery codes alone are none."""
    own = Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return bool(own.exists())


def is_passed(request: HttpRequest, user: User) -> bool:
    """Did this session pass the factor?"""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))


def note_passed(request: HttpRequest, user: User, factor: Authenticator) -> None:
    """Setting a factor up proves it, too."""
    record_authentication(request, user, "mfa", id=factor.pk, type=factor.type)


def accept_code(user: User, code: str) -> Authenticator | None:
    """The factor whose code this is: of the app, or a recovery code. Each counts once, however many ask at once."""
    with transaction.atomic():
        rows = Authenticator.objects.select_for_update().filter(user=user).order_by("pk")
        for factor in rows.exclude(type=Authenticator.Type.WEBAUTHN):
            is_app = factor.type == Authenticator.Type.TOTP
            if _takes_step(factor, code) if is_app else factor.wrap().validate_code(code):
                return factor
    return None


def note_code(user: User, code: str) -> None:
    """The code that set the app up does not count again."""
    with transaction.atomic():
        for factor in Authenticator.objects.select_for_update().filter(user=user, type=Authenticator.Type.TOTP):
            _takes_step(factor, code)


def _takes_step(factor: Authenticator, code: str) -> bool:
    """Is this the app's code of now, of a period before or after, and of none that was taken already?

    RFC 6238 §5.2: a code must not be accepted twice.
    """
    secret = decrypt(factor.data["secret"])
    now = int(time.time()) // 30
    reach = settings.MFA_TOTP_TOLERANCE
    for step in range(max(now - reach, factor.data.get(LAST_STEP, 0) + 1), now + reach + 1):
        if compare_user_code(actual=code, expected=totp.format_hotp_value(totp.hotp_value(secret, step))):
            factor.data[LAST_STEP] = step
            factor.save(update_fields=["data"])
            return True
    return False
