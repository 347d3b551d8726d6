"""A company that buys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.models import User
from accounts.roles import is_official
from accounts.workflow import Refused
from inquiries import importer_mails
from inquiries.models.importer_words import ImporterQuerySet
from inquiries.tax_numbers import LONGEST
from kit.contacts import validate_public_url
from kit.languages import CONTENT_LANGUAGE_NAMES
from kit.text import validate_name, validate_text
from markets.models import Accreditation, Mission

LONGEST_NOTE: Final = 500
MOST_CHOSEN: Final = 30
CHECKED: Final = ("company", "country", "tax_number")
"""What staff looked at when they verified a company: a change of these takes the verification away."""


class ImporterMoved(Refused):
    """The company was changed since the page was opened."""

    code = "importer_moved"


class Importer(models.Model):
    """A company that buys. `country` is any country, not only one of the markets.

    Verified while `verified_at` is set: staff of `verified_mission` looked it up (None: the ministry did).
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="importer", verbose_name=_("user"))
    company = models.CharField(_("company"), max_length=160, validators=[validate_name])
    country = models.CharField(_("country"), max_length=2, help_text=_("ISO 3166-1 alpha-2"))
    tax_number = models.CharField(_("tax number"), max_length=LONGEST, blank=True, validators=[validate_text])
    website = models.URLField(_("website"), blank=True, validators=[validate_public_url])
    buys_categories = ArrayField(
        models.SlugField(max_length=60), verbose_name=_("categories that it buys"), default=list, blank=True
    )
    buys_hs = ArrayField(
        models.CharField(max_length=6), verbose_name=_("HS codes that it buys"), default=list, blank=True
    )
    languages = ArrayField(
        models.CharField(max_length=2, choices=list(CONTENT_LANGUAGE_NAMES.items())),
        verbose_name=_("languages"),
        default=list,
        blank=True,
    )
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        User,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("verified by"),
    )
    verified_mission = models.ForeignKey(
        Mission,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("verified by the mission"),
    )
    verify_note = models.TextField(_("note on the verification"), max_length=LONGEST_NOTE, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = ImporterQuerySet.as_manager()

    class Meta:
        verbose_name = _("importer")
        verbose_name_plural = _("importers")
        ordering = ["company", "pk"]
        permissions = [("verify_importer", "Can verify importers of own markets")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verified_at__isnull=False) | models.Q(verify_note=""),
                name="inquiries_importer_note_of_verified",
                violation_error_message=_("Only a verified company has a note on its verification."),
            ),
        ]

    def __str__(self) -> str:
        return self.company

    @property
    def is_verified(self) -> bool:
        """Did staff look this company up, and does it still say what they saw?"""
        return self.verified_at is not None

    @classmethod
    def add_company(cls, said: Mapping[str, Any], *, by: User) -> Importer:
        """Make `by` an importer with these facts; said twice, the company of the first time is given back.

        Raises Refused: account_erased, official_account (the state's staff buy nothing), company_exists (the account
        has a company that says something else).
        """
        with transaction.atomic():
            person = User.objects.select_for_update().get(pk=by.pk)  # two tabs at once: one after the other
            if person.erased_at is not None:
                raise Refused(_("This account is erased already."), code="account_erased")
            if is_official(person):
                raise Refused(_("Accounts of staff do not buy: no company is added to them."), code="official_account")
            own = cls.objects.filter(user=person).first()
            if own is None:
                own = cls.objects.create(user=person, **said)
                audit.record("add_company", own, by=by)
            elif any(getattr(own, name) != value for name, value in said.items()):
                raise Refused(_("Your account has a company already."), code="company_exists")
        return own

    def verify(self, *, by: User, note: str, seen_version: int) -> None:
        """Mark the company as looked up; it is told. The mission is that of `by` which covers its country.

        Raises Refused (own_company, already_verified), and ImporterMoved when the company says something else now.
        """
        with transaction.atomic():
            self._lock()
            if by.pk == self.user_id:
                raise Refused(_("Nobody verifies their own company."), code="own_company")
            if self.is_verified:
                raise Refused(_("This company is verified already."), code="already_verified")
            self._seen(seen_version)
            self.verified_at, self.verified_by, self.verify_note = timezone.now(), by, note
            self.verified_mission = _mission_of(by, self.country)
            self.save()
            audit.record("verify", self, by=by, to_state=f"version {self.version}", why=note)
            importer_mails.importer_verified(self)

    def unverify(self, *, by: User, why: str) -> None:
        """Take the verification back; the company is told why. Raises Refused (not_verified)."""
        with transaction.atomic():
            self._lock()
            if not self.is_verified:
                raise Refused(_("This company is not verified."), code="not_verified")
            self._end_verification(by=by, why=why)
            self.save()
            importer_mails.importer_unverified(self, why=why)

    def edit(self, said: Mapping[str, Any], *, by: User, seen_version: int) -> None:
        """Say these facts anew. A change of what was checked ends the verification, and the company is told.

        The same facts again change nothing. Raises ImporterMoved.
        """
        with transaction.atomic():
            self._lock()
            self._seen(seen_version)
            changed = [name for name, value in said.items() if getattr(self, name) != value]
            if not changed:
                return
            for name in changed:
                setattr(self, name, said[name])
            self.version += 1
            if self.is_verified and set(changed) & set(CHECKED):
                self._end_verification(by=by, why=", ".join(name for name in CHECKED if name in changed))
                importer_mails.verification_ended(self, changed=self._labels(changed))
            self.save()
            audit.record("edit", self, by=by, to_state=", ".join(changed))

    def _labels(self, names: Iterable[str]) -> list[Any]:
        """What the fields that were checked are called, of those that changed."""
        return [self._meta.get_field(name).verbose_name for name in CHECKED if name in names]  # type: ignore[union-attr]

    def _end_verification(self, *, by: User, why: str) -> None:
        self.verified_at = self.verified_by = self.verified_mission = None
        self.verify_note = ""
        audit.record("unverify", self, by=by, why=why)

    def _seen(self, version: int) -> None:
        if version != self.version:
            raise ImporterMoved(_("The company was changed after you opened it."))

    def _lock(self) -> None:
        rows = type(self).objects.select_related("user").select_for_update(of=("self",))
        self.refresh_from_db(from_queryset=rows)


def _mission_of(person: User, country: str) -> Mission | None:
    """The mission of `person` that covers the country today, rather one that is there; None: the ministry."""
    covering = Accreditation.objects.current().filter(market=country).values("mission")
    rows = Mission.objects.of_staff(person).filter(pk__in=covering)
    return rows.order_by(models.Case(models.When(country=country, then=0), default=1), "code").first()
