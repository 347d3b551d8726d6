"""How a product stands against the certificates that its category requires."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit
from accounts.models import User
from accounts.workflow import Refused
from exporters.models import Certificate, CertificateState, CertificateType
from kit.languages import pick

if TYPE_CHECKING:
    from catalog.models import CertificateException, Product, ProductRevision

MET, WAITING, NOT_ASSIGNED, EXPIRED, MISSING = "met", "waiting", "not_assigned", "expired", "missing"
STATES = (MET, WAITING, NOT_ASSIGNED, EXPIRED, MISSING)  # the best that was found counts
WORDS = {
    MET: gettext_lazy("verified"),
    WAITING: gettext_lazy("waits for verification"),
    NOT_ASSIGNED: gettext_lazy("there is one, but it is not assigned to this product"),
    EXPIRED: gettext_lazy("expired"),
    MISSING: gettext_lazy("missing"),
}
BADGES = {MET: "ok", WAITING: "warn", NOT_ASSIGNED: "warn", EXPIRED: "bad", MISSING: "bad"}


@dataclass(frozen=True)
class Standing:
    """One requirement and what the product has for it: `certificate` is the one that counts most, if any."""

    types: Sequence[CertificateType]
    state: str
    certificate: Certificate | None
    note: str
    source: str
    checked_on: datetime.date

    @property
    def is_met(self) -> bool:
        """Is there a verified, unexpired certificate that covers the product?"""
        return self.state == MET

    @property
    def name(self) -> str:
        """The certificates of which one is needed, in the reader's words."""
        return _(" or ").join(str(one) for one in self.types)

    @property
    def codes(self) -> str:
        """The same as codes, for the record."""
        return "/".join(one.pk for one in self.types)

    @property
    def state_in_words(self) -> str:
        """How it stands, for the reader."""
        return str(WORDS[self.state])

    @property
    def badge(self) -> str:
        """The kind of its badge."""
        return BADGES[self.state]


class CertificatesMissing(Refused):
    """Certificates that the category requires are missing, and no exception was written; `fields` names them."""

    code = "certificates_missing"

    def __init__(self, lacking: Sequence[Standing]) -> None:
        names = "; ".join(f"{one.name} ({one.state_in_words})" for one in lacking)
        super().__init__(
            _("This category requires: %(names)s. Ask the producer for it, or write why you make an exception.")
            % {"names": names}
        )
        self.fields = {"certificates": [f"{one.codes}: {one.state}" for one in lacking]}


def of(passport: Product | ProductRevision) -> list[Standing]:
    """Every requirement of the category. Three queries, one when the category requires nothing."""
    from catalog.models import CertificateRequirement, Product

    category = passport.category
    rows = list(CertificateRequirement.objects.for_category(category).prefetch_related("types"))
    if not rows:
        return []
    product = passport if isinstance(passport, Product) else passport.product
    wanted = {one.pk for row in rows for one in row.types.all()}
    held = _held(product, wanted)
    return [_standing(row, held) for row in rows]


def lacking(passport: Product | ProductRevision) -> list[Standing]:
    """The requirements that are not met."""
    return [standing for standing in of(passport) if not standing.is_met]


def refuse_unmet(revision: ProductRevision, *, by: User, exception: str) -> None:
    """Part of an approval: what is required must be there, or the exception is written down.

    It becomes a row and an audit entry, in the caller's transaction. Raises CertificatesMissing.
    """
    from catalog.models import CertificateException

    unmet = lacking(revision)
    if not unmet:
        return
    if not exception.strip():
        raise CertificatesMissing(unmet)
    why, codes = exception.strip()[:1000], [one.codes for one in unmet]
    CertificateException.objects.create(revision=revision, lacking=codes, why=why, by=by)
    audit.record(
        "except", revision, by=by, from_state="in_review", to_state="in_review", why=f"{', '.join(codes)}: {why}"
    )


def exceptions_of(product: Product) -> QuerySet[CertificateException]:
    """What was approved of the product without required certificates, the newest first."""
    from catalog.models import CertificateException

    rows = CertificateException.objects.filter(revision__product=product)
    return rows.select_related("revision").order_by("-pk")


def _held(product: Product, wanted: set[str]) -> list[Any]:
    """The producer's certificates of these types, each with `covers` (this product?) and `is_unexpired`."""
    from catalog.models import CertificateCoverage

    covering = CertificateCoverage.objects.filter(certificate=OuterRef("pk"), product=product.pk)
    unexpired = Certificate.objects.unexpired().filter(pk=OuterRef("pk"))
    return list(
        Certificate.objects.filter(producer=product.producer_id, type__in=wanted)
        .exclude(state=CertificateState.REJECTED)
        .annotate(covers=Exists(covering), is_unexpired=Exists(unexpired))
        .order_by("-pk")
    )


def _standing(row: Any, held: Sequence[Any]) -> Standing:
    types = sorted(row.types.all(), key=lambda one: str(one.pk))
    codes = {one.pk for one in types}
    found = sorted(((STATES.index(_state(one)), one) for one in held if one.type_id in codes), key=lambda pair: pair[0])
    state, certificate = (STATES[found[0][0]], found[0][1]) if found else (MISSING, None)
    return Standing(types, state, certificate, pick(row.note).text, row.source, row.checked_on)


def _state(certificate: Any) -> str:
    if not certificate.is_unexpired:
        return EXPIRED
    if not certificate.covers:
        return NOT_ASSIGNED
    return MET if certificate.state == CertificateState.VERIFIED else WAITING
