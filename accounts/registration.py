"""Making an account, with the same answer whether or not the address is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import Q

from accounts import audit, mails
from accounts.models import User


@dataclass(frozen=True)
class Newcomer:
    """Who registers. `address_is_proven` when a link sent to the address led here.

    `next_url`: where the letter that confirms the address leads on, an address of this site.
    """

    email: str
    password: str
    name: str
    language: str
    time_zone: str = "Asia/Jakarta"
    address_is_proven: bool = False
    next_url: str = ""


def register(newcomer: Newcomer, also: Callable[[User], object] | None = None) -> User | None:
    """Make the account, what belongs to it (`also`) and the letter with the link, in one transaction.

    A known address gets a letter instead, and None is returned: the caller answers the same in both cases. Both
    cost one password hash, so that neither is told by its time.
    """
    owner = owner_of(newcomer.email)
    if owner is None:
        try:
            with transaction.atomic():
                return _make(newcomer, also)
        except IntegrityError:  # somebody else registered the address a moment ago
            owner = owner_of(newcomer.email)
            if owner is None:
                raise
    else:
        make_password(newcomer.password)
    mails.already_registered(owner)
    return None


def owner_of(email: str) -> User | None:
    """Whose address this is, confirmed or not."""
    proven = EmailAddress.objects.filter(email=email.lower(), verified=True).values("user")
    return User.objects.filter(Q(email__iexact=email) | Q(pk__in=proven)).first()


def _make(newcomer: Newcomer, also: Callable[[User], object] | None) -> User:
    user = User.objects.create_user(
        newcomer.email,
        newcomer.password,
        name=newcomer.name,
        language=newcomer.language,
        time_zone=newcomer.time_zone,
    )
    proven = newcomer.address_is_proven
    address = EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=proven)
    audit.record("register", user, by=user)
    if also is not None:
        also(user)
    if not proven:
        mails.confirm_address(address, next_url=newcomer.next_url)
    return user
