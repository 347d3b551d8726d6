"""What allauth asks about second factors: our name, and secrets that lie in the database encrypted."""

from __future__ import annotations

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from accounts.models import User
from kit.sealing import seal, unseal

PURPOSE = b"inaaccess second factors"


class FactorAdapter(DefaultMFAAdapter):
    """Secrets of apps and seeds of recovery codes are readable only with SECRET_KEY (or one of its fallbacks)."""

    def encrypt(self, text: str) -> str:
        return seal(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text, purpose=PURPOSE)

    def get_totp_issuer(self) -> str:
        return "INA Access"

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("Passkey %(number)d") % {"number": number}

    def _get_site_name(self) -> str:
        return "INA Access"
