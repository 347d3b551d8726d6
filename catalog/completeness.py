"""How complete a passport is: 0–100 %, the missing parts named, the required ones marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog import attributes
from catalog.offers import broken_tiers
from kit.languages import CONTENT_LANGUAGES
from kit.units import is_whole

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from catalog.models import Passport, Product, ProductRevision
    from catalog.requirements import Standing

MIN_PHOTO_SIDE_PX = 800


@dataclass(frozen=True)
class Missing:
    """A part that is not there yet: its field, the step of the form that asks it, and what to do."""

    field: str
    step: str
    message: str | Promise
    required: bool


@dataclass(frozen=True)
class Completeness:
    """`percent` of the weight that is there, and what is missing, required parts first."""

    percent: int
    missing: list[Missing]

    @property
    def required_missing(self) -> list[Missing]:
        """What must be there before the product can be submitted."""
        return [part for part in self.missing if part.required]


@dataclass(frozen=True)
class Part:
    """One thing that a complete passport has."""

    field: str
    step: str
    weight: int
    required: bool
    message: str | Promise
    is_there: Callable[[Any], bool]


def _text(name: str, *languages: str) -> Callable[[Any], bool]:
    return lambda passport: any(getattr(passport, name).get(language) for language in languages or CONTENT_LANGUAGES)


def _value(name: str) -> Callable[[Any], bool]:
    return lambda passport: getattr(passport, name) not in (None, "", [], {})


def _whole_moq(passport: Passport) -> bool:
    return passport.moq is None or is_whole(passport.moq) or passport.unit is None or not passport.unit.is_counted


def _attributes(passport: Passport) -> bool:
    """Every required fact is given, and every fact given fits the template of today."""
    try:
        attributes.clean(passport.template, passport.attributes)
    except ValidationError:
        return False
    return not attributes.missing(passport.template, passport.attributes)


def _has_large_photos(passport: Product | ProductRevision) -> bool:
    placements = list(passport.placements.all())
    return bool(placements) and all(
        min(placed.photo.width, placed.photo.height) >= MIN_PHOTO_SIDE_PX for placed in placements
    )


def _all_languages(passport: Passport) -> bool:
    return all(passport.title.get(language) for language in CONTENT_LANGUAGES)


def _carton(passport: Passport) -> bool:
    names = ("units_per_carton", "carton_length_cm", "carton_width_cm", "carton_height_cm")
    return all(getattr(passport, name) is not None for name in names)


def _offers(passport: Product | ProductRevision) -> bool:
    return any(not offer.is_expired() for offer in passport.offers.all())


def _falling_tiers(passport: Product | ProductRevision) -> bool:
    return not broken_tiers(passport.offers.all())


PARTS = (
    Part("title", "what", 6, True, _("Write a title in Indonesian or English."), _text("title", "id", "en")),
    Part(
        "description",
        "what",
        6,
        True,
        _("Write a description in Indonesian or English."),
        _text("description", "id", "en"),
    ),
    Part("category", "what", 4, True, _("Choose the category."), _value("category_id")),
    Part("hs6", "what", 5, True, _("Choose the HS code (6 digits)."), _value("hs6_id")),
    Part(
        "commodity",
        "what",
        3,
        False,
        _("Choose the commodity, so that buyers find it in four languages."),
        _value("commodity_id"),
    ),
    Part("summary", "what", 3, False, _("Write a summary of one or two sentences."), _text("summary")),
    Part("attributes", "what", 5, True, _("Fill in the facts that this category asks for."), _attributes),
    Part("materials", "what", 3, False, _("Name the materials."), _text("materials")),
    Part("materials_origin", "what", 2, False, _("Say where the materials come from."), _text("materials_origin")),
    Part("translations", "what", 4, False, _("Give the title in all four languages."), _all_languages),
    Part("unit", "terms", 4, True, _("Choose the unit that you sell in."), _value("unit_id")),
    Part("moq", "terms", 6, True, _("Give the minimum order quantity (MOQ)."), _value("moq")),
    Part("moq", "terms", 0, True, _("Give the minimum order as a whole number: its unit is counted."), _whole_moq),
    Part("offers", "terms", 8, True, _("Add at least one price that is still valid."), _offers),
    Part(
        "offers", "terms", 0, True, _("A larger quantity cannot cost more per unit than a smaller one."), _falling_tiers
    ),
    Part("capacity_per_month", "terms", 5, True, _("Give your capacity per month."), _value("capacity_per_month")),
    Part("lead_time_days", "terms", 5, True, _("Give the lead time in days."), _value("lead_time_days")),
    Part("samples", "terms", 3, False, _("State your sample terms."), _value("sample_days")),
    Part(
        "business_models",
        "what",
        2,
        False,
        _("Say whether you sell your own brand, OEM or ODM."),
        _value("business_models"),
    ),
    Part("carton", "packing", 5, False, _("Give the carton's contents and size, so that buyers see the CBM."), _carton),
    Part("gross_kg", "packing", 3, False, _("Give the gross weight of a carton."), _value("gross_kg")),
    Part(
        "photos",
        "photos",
        8,
        True,
        _("Add at least one photo; its shorter side needs 800 pixels or more."),
        _has_large_photos,
    ),
    Part(
        "three_photos",
        "photos",
        4,
        False,
        _("Show at least three photos."),
        lambda passport: len(passport.placements.all()) >= 3,
    ),
    Part(
        "target_markets",
        "certificates",
        6,
        False,
        _("Choose the markets where you want to sell."),
        _value("target_markets"),
    ),
)


def of(passport: Product | ProductRevision, unmet: Sequence[Standing] = ()) -> Completeness:
    """Weigh what is there. Uses the offers, placements (with photos) and template fields; prefetch them for lists.

    `unmet` are required certificates that are missing (requirements.lacking). They are named, not weighed, and do not
    keep it from being submitted: a reviewer may make an exception.
    """
    there, missing = 0, [_unmet(standing) for standing in unmet]
    for part in PARTS:
        if part.is_there(passport):
            there += part.weight
        else:
            missing.append(Missing(part.field, part.step, part.message, part.required))
    total = sum(part.weight for part in PARTS)
    return Completeness(100 * there // total, sorted(missing, key=lambda part: not part.required))


def _unmet(standing: Standing) -> Missing:
    said = _("Needed for approval: %(name)s (%(state)s).") % {"name": standing.name, "state": standing.state_in_words}
    return Missing("certificates", "certificates", said, required=False)
