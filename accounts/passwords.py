"""Forgotten passwords: all that depends on whether an address is known happens in the queue."""

from __future__ import annotations

from django_q.tasks import async_task

from accounts import mails
from accounts.models import User


def ask_for_reset(email: str) -> None:
    """Queue the letter with the link; costs the same for an unknown address, which gets none."""
    found = User.objects.filter(email__iexact=email, is_active=True).values_list("pk", flat=True).first()
    async_task("accounts.passwords.send_reset", found or 0, ack_failure=False)  # tried again if it fails


def send_reset(user_pk: int) -> None:
    """Write the letter with the link, if the person is still there. Run by the queue."""
    person = User.objects.filter(pk=user_pk, is_active=True).first()
    if person is not None:
        mails.reset_password(person)
