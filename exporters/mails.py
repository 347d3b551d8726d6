"""The letters about producers, one function each; called inside the verbs' transactions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from accounts import letters
from accounts.models import User

if TYPE_CHECKING:
    from exporters.models import Certificate, Invitation, Membership, Producer


class Digest(NamedTuple):
    """The first certificates of a list, soonest first, how many there are, and how many are not told."""

    rows: list[Certificate]
    total: int
    more: int


def invitation(invited: Invitation, *, language: str) -> None:
    """The link that makes its reader a member; in the reader's language, or `language` if we do not know it."""
    reader = User.objects.filter(email__iexact=invited.email).first()
    letters.write_to(
        invited.email,
        "invitation",
        event=f"invitation:{invited.pk}",
        language=reader.language if reader else language,
        context={"invitation": invited, "producer": invited.producer, "token": invited.token()},
        recipient=reader,
    )


def member_joined(membership: Membership) -> None:
    """An invitation was accepted: the other owners are told."""
    owners = User.objects.filter(
        memberships__in=membership.producer.memberships.filter(role="owner"), is_active=True
    ).exclude(pk=membership.user_id)
    letters.write(
        "member_joined",
        event=f"member_joined:{membership.pk}:{membership.role}",
        to=owners,
        context={"membership": membership, "member": membership.user, "producer": membership.producer},
    )


def producer_suspended(producer: Producer, *, why: str) -> None:
    """Staff took the profile and all its products from the public, and why."""
    letters.write(
        "producer_suspended",
        event=f"producer_suspended:{producer.pk}:{timezone.now():%Y%m%d%H%M%S%f}",
        to=producer.members.filter(is_active=True),
        context={"producer": producer, "why": why},
    )


def certificate_verified(certificate: Certificate) -> None:
    """The certificate gives a badge now."""
    _about_certificate("certificate_verified", certificate)


def certificate_rejected(certificate: Certificate) -> None:
    """The certificate was refused, and why."""
    _about_certificate("certificate_rejected", certificate)


def certificate_revoked(certificate: Certificate) -> None:
    """The verification was taken back, and why."""
    _about_certificate("certificate_revoked", certificate)


def certificate_ends(certificate: Certificate, *, stage: int, days_left: int, new_one_waits: bool) -> None:
    """The certificate ends in `days_left` days (below 0: it has ended). Once per `stage` and person."""
    letters.write(
        "certificate_ends",
        event=ending_event(certificate, stage),
        to=certificate.producer.members.filter(is_active=True),
        context={
            "certificate": certificate,
            "producer": certificate.producer,
            "days_left": days_left,
            "has_ended": days_left < 0,
            "new_one_waits": new_one_waits,
        },
    )


def ending_event(certificate: Certificate, stage: int) -> str:
    """What the letters of a stage are called."""
    return f"certificate_ends:{certificate.pk}:{stage}"


def certificates_digest(week: str, *, to: Iterable[User], ending: Digest, ended: Digest) -> None:
    """What runs out within 90 days and what ran out in the last week, for the ministry. Once a week and person."""
    letters.write(
        "certificates_digest",
        event=f"certificates_digest:{week}",
        to=to,
        context={"week": week, "ending": ending, "ended": ended},
    )


def _about_certificate(kind: str, certificate: Certificate) -> None:
    letters.write(
        kind,
        event=f"{kind}:{certificate.pk}",
        to=certificate.producer.members.filter(is_active=True),
        context={"certificate": certificate, "producer": certificate.producer},
    )
