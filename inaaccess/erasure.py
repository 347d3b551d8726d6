"""Erasing a person's account (UU 27/2022): the number stays, for the trail; everything that names the person goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Replace
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit, letters, mails
from accounts.models import Bounce, Letter, LetterChoice, SubmissionKey, User
from accounts.roles import is_official
from accounts.workflow import Refused
from exporters.models import Invitation, Membership, MembershipRole, OfficerScope, Producer
from inquiries import forgetting, request_keeping
from inquiries.models import Basket, Importer, ImporterNote, SavedProduct, SavedSearch
from markets.models import MissionStaff

GONE = "erased.invalid"  # RFC 2606: an address that leads nowhere
OF_BUSINESS = ("legal_name", "nib", "npwp", "address", "website", "contact_name", "contact_phone", "contact_email")
OF_CONTACT = ("contact_name", "contact_phone", "contact_email")
EMPTY_IMPORTER: Mapping[str, Any] = {
    **dict.fromkeys(("tax_number", "website", "verify_note"), ""),
    **{name: [] for name in ("buys_categories", "buys_hs", "languages")},
    **dict.fromkeys(("verified_at", "verified_by", "verified_mission")),
}


class SoleOwner(Refused):
    """The only owner of a producer hands it over first, or the ministry closes it."""

    code = "sole_owner"


class NotErasable(Refused):
    """This account is not this person's to erase, or is erased already."""

    code = "not_erasable"


class Orphan(NamedTuple):
    """A producer that would lose its only owner, and who could take it over: the member of longest standing."""

    producer: Producer
    heir: Membership | None


def orphans_of(person: User) -> list[Orphan]:
    """The producers of which `person` is the only owner."""
    found = []
    for producer in Producer.objects.owned_by(person).order_by("pk"):
        others = Membership.objects.filter(producer=producer).exclude(user=person).select_related("user")
        if not others.filter(role=MembershipRole.OWNER).exists():
            found.append(Orphan(producer, others.filter(user__is_active=True).order_by("since", "pk").first()))
    return found


def erase(person: User, *, by: User | None, why: str = "", closing: bool = False) -> None:
    """Anonymise an account at once; `by` is the person, the ministry, or None for the clock.

    A confirmed address gets a last letter, whose row goes when it is sent (accounts/letters.py).

    `closing` (the ministry's choice): a producer left without an owner goes to its member of longest standing, or is
    suspended and emptied of what names a person. Raises SoleOwner without it, NotErasable for staff by themselves.
    """
    with transaction.atomic():
        for producer in Producer.objects.of_member(person).order_by("pk"):
            producer.lock()
        forgetting.hold_still(person)
        person = User.objects.select_for_update().get(pk=person.pk)
        _refuse(person, by)
        orphans = orphans_of(person)
        if orphans and not closing:
            names = ", ".join(str(orphan.producer) for orphan in orphans)
            raise SoleOwner(
                _("This is the only owner of: %(names)s. Hand it over or close it first.") % {"names": names}
            )
        for orphan in orphans:
            _leave(orphan, by=by, why=why)
        is_theirs = EmailAddress.objects.filter(user=person, email__iexact=person.email, verified=True).exists()
        request_keeping.forget_of(person)
        forgetting.forget_words_of(person, by=by)
        _forget_around(person)
        if is_theirs:
            mails.account_erased(person, by=by)
        _forget(person)
        audit.record("erase", person, by=by, why=why)


def ask_to_close(person: User) -> None:
    """The only owner asks the ministry to close the producers and erase the account: it is told once a day."""
    event = f"erasure_asked:{person.pk}:{timezone.now():%Y%m%d}"
    ministry = User.objects.filter(groups__permissions__codename="erase_user", is_active=True).distinct()
    with transaction.atomic():
        letters.write("erasure_asked", event=event, to=ministry, context={"number": person.pk})
        audit.record("ask_erasure", person, by=person)


def _refuse(person: User, by: User | None) -> None:
    if person.erased_at is not None:
        raise NotErasable(_("This account is erased already."))
    if is_official(person) and (by is None or by == person):
        raise NotErasable(_("Accounts of staff belong to the office: the ministry erases them."))
    if person.is_superuser and not (by and by.is_superuser):
        raise NotErasable(_("Only a superuser erases a superuser."))


def _leave(orphan: Orphan, *, by: User | None, why: str) -> None:
    """Hand the producer over, or close it."""
    producer, heir = orphan
    if heir is not None:
        heir.role = MembershipRole.OWNER
        heir.save(update_fields=["role"])
        audit.record("change_role", heir, by=by, from_state=MembershipRole.EDITOR, to_state=MembershipRole.OWNER)
        return
    if by is not None and producer.may("suspend"):
        producer.suspend(by=by, why=why)
    _empty(producer, OF_BUSINESS, by)


def _forget_around(person: User) -> None:
    """Everything that hangs on the account."""
    addresses = {person.email.lower(), *EmailAddress.objects.filter(user=person).values_list("email", flat=True)}
    for producer in Producer.objects.of_member(person):
        if producer.contact_email.lower() in addresses or producer.contact_name == person.name:
            _empty(producer, OF_CONTACT, None)
    Membership.objects.filter(user=person).delete()
    OfficerScope.objects.filter(user=person).delete()
    MissionStaff.objects.filter(user=person).delete()
    Importer.objects.filter(user=person).update(company=f"– {person.pk}", **EMPTY_IMPORTER)
    SavedProduct.objects.filter(importer__user=person).delete()
    SavedSearch.objects.filter(importer__user=person).delete()
    Basket.objects.of_user(person).delete()
    Basket.objects.awaiting(person).delete()
    for address in addresses:
        Invitation.objects.filter(email__iexact=address).delete()
        Letter.objects.filter(address__iexact=address).delete()
        Bounce.objects.filter(address=address.lower()).delete()
    Letter.objects.filter(recipient=person).delete()
    LetterChoice.objects.filter(user=person).delete()
    ImporterNote.objects.filter(importer__user=person).delete()  # what missions noted about the company
    if person.name:  # as in "… now works on …", to the other members
        Letter.objects.filter(subject__icontains=person.name).update(subject="–")
        without = Replace("body", Value(person.name), Value("–"))  # what others get with their letter of the day
        Letter.objects.filter(body__contains=person.name).update(body=without)
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    SubmissionKey.objects.filter(user=person).delete()
    person.auth_token_set.all().delete()
    person.groups.clear()
    person.user_permissions.clear()


def _forget(person: User) -> None:
    """The account itself: its number, and that it is gone."""
    person.email = f"{person.pk}@{GONE}"
    person.name = ""
    person.language, person.time_zone = "id", "Asia/Jakarta"
    person.is_staff = person.is_superuser = person.is_active = False
    person.last_login, person.erased_at = None, timezone.now()
    person.joined_at = person.erased_at
    person.session_round += 1
    person.set_unusable_password()
    person.save()


def _empty(producer: Producer, fields: tuple[str, ...], by: User | None) -> None:
    for name in fields:
        setattr(producer, name, "")
    producer.save(update_fields=fields)
    audit.record("empty", producer, by=by, to_state=", ".join(fields))
