"""What staff do to protect an account: shut a person out, let them in again, take away a lost second factor."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit, mails
from accounts.models import User
from accounts.workflow import Refused


class NotYours(Refused):
    """Nobody does this to themselves, and nobody but a superuser to a superuser."""

    code = "person_not_yours"


def shut_out(person: User, *, by: User, why: str) -> None:
    """Deactivate an account: no log-in any more; its sessions and tokens end. Raises NotYours."""
    with transaction.atomic():
        locked = _locked(person, by)
        locked.is_active = False
        locked.save(update_fields=["is_active"])
        locked.end_sessions()
        audit.record("shut_out", locked, by=by, from_state="active", to_state="inactive", why=why)


def let_in(person: User, *, by: User, why: str) -> None:
    """Let a person log in again; old sessions and tokens stay ended. Raises NotYours."""
    with transaction.atomic():
        locked = _locked(person, by)
        locked.is_active = True
        locked.save(update_fields=["is_active"])
        audit.record("let_in", locked, by=by, from_state="inactive", to_state="active", why=why)


def end_sessions(person: User, *, by: User, why: str) -> None:
    """Sign a person out everywhere, as after a lost laptop. Raises NotYours."""
    with transaction.atomic():
        locked = _locked(person, by)
        locked.end_sessions()
        audit.record("end_sessions", locked, by=by, why=why)


def reset_factor(person: User, *, by: User, why: str) -> None:
    """Take away every factor of somebody who lost theirs; all sessions and tokens end, the person gets a letter.

    Raises NotYours.
    """
    with transaction.atomic():
        locked = _locked(person, by)
        Authenticator.objects.filter(user=locked).delete()
        locked.end_sessions()
        audit.record("reset_factor", locked, by=by, why=why)
        mails.factor_reset(locked)


def _locked(person: User, by: User) -> User:
    if person == by or (person.is_superuser and not by.is_superuser):
        raise NotYours(_("This account is not yours to change here: ask a superuser."))
    return User.objects.select_for_update().get(pk=person.pk)
