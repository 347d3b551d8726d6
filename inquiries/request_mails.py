"""The letters about buying requests, one function each; called inside the verbs' transactions.

No letter names an address or a telephone of the other side.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from accounts import letters
from accounts.models import User
from markets.models import Accreditation, MissionStaff

if TYPE_CHECKING:
    from inquiries.models import BuyingRequest, Match


def request_submitted(request: BuyingRequest) -> None:
    """Tell whoever decides about it that it waits: the missions of the country, else the ministry."""
    _write("buying_request_submitted", request, to=deciders_of(request))


def request_approved(request: BuyingRequest) -> None:
    """Tell the importer that producers are looked for."""
    _write("buying_request_approved", request, to=_importer(request))


def request_rejected(request: BuyingRequest) -> None:
    """Tell the importer that it is not looked for, and why."""
    _write("buying_request_rejected", request, to=_importer(request))


def request_ended(request: BuyingRequest, *, by: User | None) -> None:
    """Tell the importer, unless they ended it, and the producers that were invited and have not answered.

    When it is closed, also those whose offers waited behind others.
    """
    if by is None or by.pk != request.importer.user_id:
        _write("buying_request_ended", request, to=_importer(request))
    invited = request.matches.filter(state="invited").values("product__producer")
    concerned = Q(memberships__producer__in=invited)
    if request.outcome:
        unseen = request.offers.filter(waiting_since__isnull=False).values("producer")
        concerned |= Q(memberships__producer__in=unseen)
    waiting = User.objects.filter(concerned, is_active=True).distinct()
    _write("buying_request_over", request, to=waiting)


def producer_invited(match: Match) -> None:
    """Ask the members of the producer for an offer; one letter a day about a request, however many products fit."""
    request, producer = match.request, match.product.producer
    _write(
        "buying_request_invited",
        request,
        to=producer.members.filter(is_active=True),
        event=f"{request.pk}:{producer.pk}:{match.invited_at:%Y%m%d}",
        match=match,
    )


def deciders_of(request: BuyingRequest) -> list[User]:
    """The staff who decide about it: of the missions that cover the country today, without one the ministry's."""
    power = Permission.objects.filter(codename="decide_request", content_type__app_label="inquiries")
    by_group = Group.objects.filter(permissions__in=power)
    people = User.objects.filter(Q(groups__in=by_group) | Q(user_permissions__in=power), is_active=True, is_staff=True)
    covering = Accreditation.objects.current().filter(market=request.country).values("mission")
    staff = people.filter(pk__in=MissionStaff.objects.filter(mission__in=covering).values("user"))
    found = list(staff.distinct())
    if found:
        return found
    everywhere = Permission.objects.filter(codename="review_everywhere", content_type__app_label="markets")
    return list(people.filter(groups__permissions__in=everywhere).distinct())


def _importer(request: BuyingRequest) -> list[User]:
    person = request.importer.user
    return [person] if person.is_active else []


def _write(kind: str, request: BuyingRequest, *, to: Iterable[User], event: str = "", **more: Any) -> None:
    letters.write(
        kind,
        event=f"{kind}:{event or request.pk}",
        to=to,
        context={"request": request, "importer": request.importer, **more},
    )
