"""The letters about accounts, one function each; all go through the outbox, in the reader's language."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import get_language

from accounts import letters
from accounts.models import User


def confirm_address(address: EmailAddress, *, next_url: str = "") -> None:
    """The link that confirms an address; `next_url` is where the reader goes on after it."""
    person: User = address.user
    context = {"key": EmailConfirmationHMAC.create(address).key, "next_url": next_url}
    event = f"confirm_address:{address.pk}:{uuid.uuid4()}"
    letters.write_to(
        address.email,
        "account/confirm_address",
        event=event,
        language=person.language,
        context=context,
        recipient=person,
    )


def already_registered(person: User) -> None:
    """Somebody registered this address again: its owner is told, once an hour at most."""
    event = f"already_registered:{person.pk}:{timezone.now():%Y%m%d%H}"
    letters.write("account/already_registered", event=event, to=[person], context={})


def reset_password(person: User) -> None:
    """The link that lets its reader choose a new password."""
    _with_password_link("account/reset_password", person)


def welcome_staff(person: User) -> None:
    """A new member of staff chooses a password by a link."""
    _with_password_link("account/welcome_staff", person)


def factor_reset(person: User) -> None:
    """Staff took away a lost second factor; its owner is told at once."""
    letters.write("account/factor_reset", event=f"factor_reset:{person.pk}:{uuid.uuid4()}", to=[person], context={})


def account_erased(person: User, *, by: User | None) -> None:
    """The last letter, before the address goes; `by` as in the erasure: the person, the ministry or the clock."""
    reason = "unused" if by is None else "own" if by == person else "office"
    letters.write_parting(person, "account/erased", event=f"account_erased:{uuid.uuid4()}", context={"reason": reason})


def of_allauth(kind: str, email: str, context: Mapping[str, Any]) -> None:
    """A notice that allauth asks for: templates/mails/account/<kind>.txt. One that we have no words for is not sent."""
    try:
        get_template(f"mails/account/{kind}.txt")
    except TemplateDoesNotExist:
        return
    person = context.get("user") or User.objects.filter(email__iexact=email).first()
    letters.write_to(
        email,
        f"account/{kind}",
        event=f"{kind}:{uuid.uuid4()}",
        language=person.language if person else get_language() or "en",
        context=context,
        recipient=person,
    )


def _with_password_link(kind: str, person: User) -> None:
    context = {"uid": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    letters.write(kind, event=f"{kind}:{person.pk}:{uuid.uuid4()}", to=[person], context=context)
