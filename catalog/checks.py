"""What a machine can tell a reviewer about each fact of a passport. Advice: nothing here decides."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog import attributes, offers, packing
from catalog.completeness import MIN_PHOTO_SIDE_PX
from catalog.models import Container, PriceOffer, ProductRevision
from catalog.requirements import Standing
from exporters.models import Certificate, CertificateState
from kit.languages import CONTENT_LANGUAGE_NAMES, CONTENT_LANGUAGES
from kit.units import format_cbm, format_number

SOON = datetime.timedelta(days=90)


class Check(NamedTuple):
    """What was found about a field. `kind`: ok, warn, bad or info."""

    field: str
    kind: str
    message: str


def of(
    revision: ProductRevision,
    *,
    certificates: Sequence[Certificate],
    containers: Iterable[Container],
    standings: Sequence[Standing] = (),
) -> list[Check]:
    """Every check, in the order of the page. `certificates` are those that cover the product, `standings` how it
    stands against what its category requires."""
    today = timezone.now().date()
    found = [check for look in CHECKS for check in look(revision)]
    found += _prices(list(revision.offers.all()), today)
    found += _packing(revision, containers)
    found += _required(standings)
    return found + list(_certificates(revision, certificates, today))


def _languages(revision: ProductRevision) -> Iterator[Check]:
    for name in ("title", "summary", "description"):
        missing = [
            str(CONTENT_LANGUAGE_NAMES[key]) for key in CONTENT_LANGUAGES if not getattr(revision, name).get(key)
        ]
        if not missing:
            yield Check(name, "ok", _("In all four languages"))
        else:
            kind = "bad" if name != "summary" and not getattr(revision, name).get("en") else "warn"
            yield Check(name, kind, _("Missing: %(languages)s") % {"languages": ", ".join(missing)})


def _classification(revision: ProductRevision) -> Iterator[Check]:
    commodity = revision.commodity
    if commodity is None:
        yield Check("commodity", "warn", _("No commodity: buyers find it by its own words only"))
        return
    if revision.hs6_id == commodity.hs6_id:
        yield Check("hs6", "ok", _("The commodity's own HS code"))
    else:
        yield Check("hs6", "warn", _("The commodity has HS %(code)s") % {"code": commodity.hs6.dotted})
    if revision.category_id == commodity.category_id:
        yield Check("category", "ok", _("The commodity's own category"))
    else:
        yield Check("category", "warn", _("The commodity belongs to “%(name)s”") % {"name": commodity.category})


def _attributes(revision: ProductRevision) -> Iterator[Check]:
    if missing := attributes.missing(revision.template, revision.attributes):
        names = ", ".join(str(field) for field in missing)
        yield Check("attributes", "bad", _("Missing: %(names)s") % {"names": names})


def _photos(revision: ProductRevision) -> Iterator[Check]:
    photos = [placed.photo for placed in revision.placements.all()]
    if not photos:
        yield Check("photos", "bad", _("No photo"))
        return
    small = sum(1 for photo in photos if min(photo.width, photo.height) < MIN_PHOTO_SIDE_PX)
    if small:
        yield Check("photos", "bad", _("%(number)d below 800 pixels on the shorter side") % {"number": small})
    else:
        yield Check("photos", "ok", _("All at least 800 pixels on the shorter side"))
    if len(photos) < 3:
        yield Check("photos", "info", _("Fewer than three photos"))


def _amounts(revision: ProductRevision) -> Iterator[Check]:
    if revision.moq is None:
        yield Check("moq", "bad", _("No minimum order"))
    elif revision.capacity_per_month is not None and revision.moq > revision.capacity_per_month:
        yield Check("moq", "warn", _("More than a month's capacity"))
    if not revision.target_markets:
        yield Check("target_markets", "info", _("Asks for no market: the ministry reviews it"))


CHECKS: tuple[Callable[[ProductRevision], Iterator[Check]], ...] = (
    _languages, _photos, _classification, _attributes, _amounts,
)  # fmt: skip


def _prices(given: list[PriceOffer], today: datetime.date) -> Iterator[Check]:
    valid = [offer for offer in given if offers.is_valid(offer, today)]
    if not valid:
        yield Check("offers", "bad", _("No valid price"))
    if expired := len(given) - len(valid):
        yield Check("offers", "warn", _("%(number)d expired") % {"number": expired})
    if any(offer.valid_until > offers.last_day_allowed(today) for offer in given):
        yield Check("offers", "bad", _("Valid for more than 180 days"))
    if offers.broken_tiers(given):
        yield Check("offers", "bad", _("A larger quantity costs more"))
    elif valid:
        ends = min(offer.valid_until for offer in valid)
        kind = "warn" if ends < today + datetime.timedelta(days=14) else "ok"
        yield Check("offers", kind, _("Tiers follow; the first ends in %(days)d days") % {"days": (ends - today).days})


def _packing(revision: ProductRevision, containers: Iterable[Container]) -> Iterator[Check]:
    sides = (revision.carton_length_cm, revision.carton_width_cm, revision.carton_height_cm)
    gross, net, units = revision.gross_kg, revision.net_kg, revision.units_per_carton
    if gross is not None and net is not None and net > gross:
        yield Check("net_kg", "bad", _("Above the gross weight"))
    elif gross is not None and net is not None:
        yield Check("net_kg", "ok", _("Below the gross weight"))
    if gross is None or units is None or None in sides:
        yield Check("units_per_carton", "info", _("Not enough to compute CBM and containers"))
        return
    length, width, height = (side or Decimal(0) for side in sides)
    carton = packing.Carton(max(int(units), 1), length, width, height, gross, min(net or Decimal(0), gross))
    figures = [_("%(volume)s a carton") % {"volume": format_cbm(packing.cbm(carton))}]
    for box in containers:
        spec = packing.ContainerSpec(box.code, box.usable_cbm, Decimal(box.max_payload_kg))
        load = packing.units_per_container(carton, spec)
        figures.append(f"{box.size}: {format_number(load.units)}")
    yield Check("units_per_carton", "info", "; ".join(figures))


def _required(standings: Sequence[Standing]) -> list[Check]:
    said = _("Required: %(name)s (%(state)s)")
    return [
        Check("certificates", "ok" if one.is_met else "bad", said % {"name": one.name, "state": one.state_in_words})
        for one in standings
    ]


def _certificates(
    revision: ProductRevision, certificates: Sequence[Certificate], today: datetime.date
) -> Iterator[Check]:
    if not certificates:
        yield Check("certificates", "info", _("No certificate covers this product"))
    for certificate in certificates:
        name = {"name": certificate.type}
        if certificate.is_expired():
            yield Check("certificates", "bad", _("%(name)s has expired") % name)
        elif certificate.state == CertificateState.REJECTED:
            yield Check("certificates", "bad", _("%(name)s was rejected") % name)
        elif certificate.state == CertificateState.SUBMITTED:
            yield Check("certificates", "warn", _("%(name)s waits for verification") % name)
        elif certificate.expires_on and certificate.expires_on < today + SOON:
            days = {"days": (certificate.expires_on - today).days}
            yield Check("certificates", "warn", _("%(name)s ends in %(days)d days") % {**name, **days})
        else:
            yield Check("certificates", "ok", _("%(name)s is verified") % name)
