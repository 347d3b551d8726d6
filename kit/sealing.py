"""Secrets that must be read again lie in the database sealed: readable only with SECRET_KEY or one of its fallbacks."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def seal(text: str, *, purpose: bytes) -> str:
    """The text, encrypted. What is sealed for one purpose does not open for another."""
    return _cipher(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: bytes) -> str:
    """The text again. Raises cryptography.fernet.InvalidToken when neither the key nor a fallback opens it."""
    return _cipher(purpose).decrypt(sealed.encode()).decode()


def _cipher(purpose: bytes) -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_derived(key, purpose))) for key in keys])


def _derived(key: str, purpose: bytes) -> bytes:
    return hashlib.blake2b(key.encode(), key=purpose, digest_size=32).digest()
