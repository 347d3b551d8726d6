"""The letters about enquiries, one function each; called inside the verbs' transactions.

No letter names an address of the other side: people answer on the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Q

from accounts import letters
from accounts.models import User
from accounts.roles import MINISTRY
from inquiries.models.enquiry_state import Side
from markets.models import Accreditation, MissionStaff

if TYPE_CHECKING:
    from inquiries.models.abuse import EnquiryReport
    from inquiries.models.enquiry import Enquiry
    from inquiries.models.enquiry_round import EnquiryRound
    from inquiries.models.message import EnquiryMessage
    from inquiries.models.quotation import Quotation


def enquiries_sent(sent: EnquiryRound) -> None:
    """To the importer: what went to whom, and who answers by when."""
    letters.write(
        "enquiries_sent",
        event=f"enquiries_sent:{sent.pk}",
        to=_importer(sent.importer.user),
        context={"round": sent, "enquiries": sent.enquiries.select_related("producer").prefetch_related("lines")},
    )


def enquiry_received(enquiry: Enquiry) -> None:
    """To the producer: an importer asks."""
    _write("enquiry_received", enquiry, to=_producer(enquiry))


def enquiry_held(enquiry: Enquiry) -> None:
    """To the mission: look at it before its producer does."""
    _write("enquiry_held", enquiry, to=overseers(enquiry))


def enquiry_discarded(enquiry: Enquiry) -> None:
    """To the importer: the mission did not pass it on."""
    _write("enquiry_discarded", enquiry, to=_importer(enquiry.importer.user))


def enquiry_answered(enquiry: Enquiry, message: EnquiryMessage) -> None:
    """To the importer: the producer answers."""
    _write("enquiry_answered", enquiry, to=_importer(enquiry.importer.user), turn=message.pk, message=message)


def message_written(message: EnquiryMessage) -> None:
    """To those who read it and did not write it; a mission reads for itself."""
    enquiry, to = message.enquiry, list[User]()
    if message.side != Side.IMPORTER and message.reader in {"", Side.IMPORTER}:
        to += _importer(enquiry.importer.user)
    if message.side != Side.PRODUCER and message.reader in {"", Side.PRODUCER}:
        to += _producer(enquiry)
    for person in to:
        of_importer = person.pk == enquiry.importer.user_id
        _write("enquiry_message", enquiry, to=[person], turn=message.pk, message=message, of_importer=of_importer)


def enquiry_refused(enquiry: Enquiry) -> None:
    """To the importer: the producer cannot supply."""
    _write("enquiry_refused", enquiry, to=_importer(enquiry.importer.user))


def quotation_received(enquiry: Enquiry, quotation: Quotation) -> None:
    """To the importer: a quotation, or a new version of it."""
    _write(
        "quotation_received",
        enquiry,
        to=_importer(enquiry.importer.user),
        turn=quotation.version,
        quotation=quotation,
    )


def quotation_accepted(enquiry: Enquiry, quotation: Quotation) -> None:
    """To the producer, and to the missions for their figures of what came of it."""
    _write("quotation_accepted", enquiry, to=[*_producer(enquiry), *overseers(enquiry)], quotation=quotation)


def quotation_declined(enquiry: Enquiry, quotation: Quotation) -> None:
    """To the producer: not taken, and why."""
    _write("quotation_declined", enquiry, to=_producer(enquiry), quotation=quotation)


def enquiry_withdrawn(enquiry: Enquiry) -> None:
    """To the producer: nothing more to do."""
    _write("enquiry_withdrawn", enquiry, to=_producer(enquiry))


def enquiry_expired(enquiry: Enquiry) -> None:
    """To both sides: thirty days without an answer."""
    _write("enquiry_expired", enquiry, to=_importer(enquiry.importer.user), of_importer=True)
    _write("enquiry_expired", enquiry, to=_producer(enquiry), of_importer=False)


def enquiry_reminder(enquiry: Enquiry, *, number: int | str) -> None:
    """To the producer: the importer still waits. By the clock, or by the mission."""
    _write("enquiry_reminder", enquiry, to=_producer(enquiry), turn=number)


def enquiry_overdue(enquiry: Enquiry, *, number: int | str) -> None:
    """To the mission: a producer has not answered in the promised time."""
    _write("enquiry_overdue", enquiry, to=overseers(enquiry), turn=number)


def enquiry_overdue_for_ministry(enquiry: Enquiry, *, number: int | str) -> None:
    """To the ministry: neither has the mission brought an answer about."""
    _write("enquiry_overdue_for_ministry", enquiry, to=_ministry(), turn=number)


def enquiry_alternatives(enquiry: Enquiry, products: Iterable[Any], *, number: int | str) -> None:
    """To the importer: others who offer something like it."""
    _write(
        "enquiry_alternatives",
        enquiry,
        to=_importer(enquiry.importer.user),
        turn=number,
        products=list(products),
    )


def enquiry_reported(report: EnquiryReport) -> None:
    """To the mission: a side reports the thread."""
    _write("enquiry_reported", report.enquiry, to=overseers(report.enquiry), turn=report.pk, report=report)


def overseers(enquiry: Enquiry) -> list[User]:
    """The people of the missions that cover the enquiry's market today; without any, the ministry's."""
    covering = Accreditation.objects.current().filter(market=enquiry.market_id).values("mission")
    power = Permission.objects.filter(codename="oversee_enquiry", content_type__app_label="inquiries")
    may = Q(groups__in=Group.objects.filter(permissions__in=power)) | Q(user_permissions__in=power)
    people = User.objects.filter(
        pk__in=MissionStaff.objects.filter(mission__in=covering).values("user"), is_active=True, is_staff=True
    )
    return list(people.filter(pk__in=User.objects.filter(may).values("pk")).order_by("pk")) or _ministry()


def _ministry() -> list[User]:
    return list(User.objects.filter(groups__name=MINISTRY, is_active=True).order_by("pk"))


def _producer(enquiry: Enquiry) -> list[User]:
    return list(enquiry.producer.members.filter(is_active=True).order_by("pk"))


def _importer(person: User) -> list[User]:
    return [person] if person.is_active else []


def _write(kind: str, enquiry: Enquiry, *, to: Iterable[User], turn: int | str = "", **more: Any) -> None:
    letters.write(
        kind,
        event=f"{kind}:{enquiry.pk}:{turn}",
        thread=f"enquiry:{enquiry.pk}",
        to=to,
        context={
            "enquiry": enquiry,
            "importer": enquiry.importer,
            "producer": enquiry.producer,
            "lines": list(enquiry.lines.select_related("product", "unit")),
            **more,
        },
    )
