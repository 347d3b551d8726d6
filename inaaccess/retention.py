"""What runs out by itself, each night (docs/personal_data.md): accounts nobody uses, old letters, ended invitations,
buying requests and enquiries."""

from __future__ import annotations

import datetime
from typing import Final, NamedTuple

from allauth.account.models import EmailAddress
from django.db import models
from django.db.models import Max, Q
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone
from django_q.models import Task

from accounts import letters
from accounts.models import Bounce, Letter, LetterState, User
from accounts.roles import OFFICER_POWERS
from exporters.models import Invitation
from inaaccess import erasure
from inquiries import forgetting, request_keeping
from inquiries.models import Basket

DAY: Final = datetime.timedelta(days=1)
ACCOUNT_SLEEPS: Final = 365 * DAY
TOLD_BEFORE: Final = 30 * DAY
NEVER_CONFIRMED: Final = 30 * DAY
LETTER_KEPT: Final = 365 * DAY
BOUNCE_KEPT: Final = 30 * DAY  # for the moment; those for good go with their letters
INVITATION_KEPT: Final = 365 * DAY
TASK_KEPT: Final = 30 * DAY
ENQUIRY_KEPT: Final = 730 * DAY  # twice as long as the figures of producers look back


class Done(NamedTuple):
    """What a night did, or would do: how many rows of each kind; numbers of accounts that the ministry must look at."""

    warned: int
    erased: int
    letters: int
    bounces: int
    invitations: int
    tasks: int
    requests: int
    baskets: int
    enquiries: int
    left_to_ministry: list[int]


def retain() -> None:
    """The nightly job. Safe to run twice."""
    run(dry=False)


def run(*, dry: bool) -> Done:
    """Do it, or only count."""
    now = timezone.now()
    warned = _warn(now, dry=dry)
    erased, left = _erase(now, dry=dry)
    ended = Q(accepted_at__lt=now - INVITATION_KEPT) | Q(revoked_at__lt=now - INVITATION_KEPT)
    return Done(
        warned,
        erased,
        _drop(Letter.objects.exclude(state=LetterState.WAITING).filter(created_at__lt=now - LETTER_KEPT), dry),
        _drop(Bounce.objects.filter(is_permanent=False, at__lt=now - BOUNCE_KEPT), dry),
        _drop(Invitation.objects.filter(ended | Q(expires_at__lt=now - INVITATION_KEPT)), dry),
        _drop(Task.objects.filter(stopped__lt=now - TASK_KEPT), dry),
        request_keeping.forget_old(dry=dry),
        _drop(Basket.objects.abandoned(), dry),
        _drop_enquiries(now - ENQUIRY_KEPT, dry=dry),
        left,
    )


def unused_since(moment: datetime.datetime) -> models.QuerySet[User]:
    """Accounts, not of staff and not erased, whose owner neither signed in nor used a token since."""
    power = OFFICER_POWERS[0].partition(".")[2]
    used = Greatest(
        Coalesce("last_login", "joined_at"), "joined_at", Coalesce(Max("auth_token_set__last_used_at"), "joined_at")
    )
    return (
        User.objects.filter(erased_at=None, is_staff=False, is_superuser=False)
        .exclude(groups__permissions__codename=power)
        .annotate(used_at=used)
        .filter(used_at__lt=moment)
        .order_by("pk")
    )


def _warn(now: datetime.datetime, *, dry: bool) -> int:
    """A letter 30 days before, once for each time that somebody went away."""
    people = [person for person in unused_since(now - ACCOUNT_SLEEPS + TOLD_BEFORE) if not _warning_of(person).exists()]
    for person in people if not dry else ():
        context = {"last_day": (now + TOLD_BEFORE).date()}
        letters.write("account_sleeps", event=_event(person), to=[person], context=context)
    return len(people)


def _erase(now: datetime.datetime, *, dry: bool) -> tuple[int, list[int]]:
    asleep = unused_since(now - ACCOUNT_SLEEPS)
    told = [person for person in asleep if _warning_of(person).filter(created_at__lt=now - TOLD_BEFORE).exists()]
    confirmed = EmailAddress.objects.filter(verified=True).values("user")
    never = unused_since(now - NEVER_CONFIRMED).filter(last_login=None).exclude(pk__in=confirmed)
    erased, left = 0, []
    for person in {*told, *never}:
        if erasure.orphans_of(person):
            left.append(person.pk)
            continue
        if not dry:
            erasure.erase(person, by=None, why="retention")
        erased += 1
    return erased, sorted(left)


def _drop(rows: models.QuerySet[models.Model], dry: bool) -> int:
    number = rows.count()
    if number and not dry:
        rows.delete()
    return number


def _drop_enquiries(before: datetime.datetime, *, dry: bool) -> int:
    """Whole, with their files; some at a time, for each has much that hangs on it."""
    if dry:
        return forgetting.silent_since(before).count()
    return forgetting.delete_silent_since(before)


def _event(person: User) -> str:
    return f"account_sleeps:{person.pk}:{(person.last_login or person.joined_at):%Y%m%d}"


def _warning_of(person: User) -> models.QuerySet[Letter]:
    return Letter.objects.filter(event=_event(person))
