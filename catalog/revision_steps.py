"""The steps of the product form, in order, and what reviewers ask at each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog import completeness, content
from catalog.models import ChangeRequest, ProductRevision
from kit.templatetags.kit_parts import Step

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

STEPS: Final[dict[str, StrPromise]] = {
    "what": gettext_lazy("The product"),
    "terms": gettext_lazy("Trade terms"),
    "packing": gettext_lazy("Packing"),
    "photos": gettext_lazy("Photos"),
    "certificates": gettext_lazy("Certificates and markets"),
    "preview": gettext_lazy("Preview"),
}
_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "terms": (
        "unit", "moq", "capacity_per_month", "lead_time_days", "offers", "samples",
        "sample_quantity", "sample_price", "sample_currency", "sample_days", "sample_note",
    ),
    "packing": (
        "units_per_carton", "carton_length_cm", "carton_width_cm", "carton_height_cm",
        "gross_kg", "net_kg", "packing_note", "carton",
    ),
    "photos": ("photos", "three_photos"),
    "certificates": ("certificates", "target_markets"),
}  # fmt: skip
STEP_OF: Final = {field: step for step, fields in _FIELDS.items() for field in fields}
ANCHORS: Final[dict[str, str]] = {
    "attributes": "attributes", "business_models": "id_business_models_group", "carton": "id_units_per_carton",
    "certificates": "certificates", "commodity": "find", "offers": "offers", "photos": "photos",
    "samples": "id_sample_days", "target_markets": "id_target_markets_group", "three_photos": "photos",
    "translations": "id_title",
}  # fmt: skip


@dataclass(frozen=True)
class Request:
    """A change request as its producer sees it: where it is fixed, and whether that field changed since."""

    request: ChangeRequest
    label: str
    url: str
    is_changed: bool


def step_of(field: str) -> str:
    """The step that asks for a field."""
    return STEP_OF.get(field, "what")


def step_url(revision: ProductRevision, step: str, field: str = "") -> str:
    """The page of a step, at one of its fields."""
    url = reverse(f"revision_{step}", args=[revision.pk])
    return f"{url}#{ANCHORS.get(field, f'id_{field}')}" if field else url


def step_after(step: str) -> str:
    """The step that follows; the preview follows itself."""
    names = list(STEPS)
    return names[min(names.index(step) + 1, len(names) - 1)]


def steps_of(revision: ProductRevision, found: completeness.Completeness, current: str) -> list[Step]:
    """The steps with their state: done when something is there, and nothing required is missing or unfinished."""
    lacking = {(part.step, part.field) for part in found.missing}
    begun = {part.step for part in completeness.PARTS if part.weight and (part.step, part.field) not in lacking}
    open_steps = {part.step for part in found.required_missing} | set(revision.unfinished) | (set(STEPS) - begun)
    return [
        Step(str(label), step_url(revision, name), _state(name, current, open_steps)) for name, label in STEPS.items()
    ]


def missing_links(revision: ProductRevision, found: completeness.Completeness) -> list[tuple[str, str]]:
    """(address, what to do) of every missing part, required ones first, after what was typed but not taken."""
    return unfinished_links(revision) + _links(revision, found.missing)


def required_links(revision: ProductRevision, found: completeness.Completeness) -> list[tuple[str, str]]:
    """(address, what to do) of what keeps it from being submitted."""
    return unfinished_links(revision) + _links(revision, found.required_missing)


def unfinished_links(revision: ProductRevision) -> list[tuple[str, str]]:
    """The steps where something that was typed could not be taken yet."""
    said = _("%(step)s: some values could not be taken yet.")
    return [(step_url(revision, step), said % {"step": STEPS[step]}) for step in revision.unfinished if step in STEPS]


def _links(revision: ProductRevision, parts: list[completeness.Missing]) -> list[tuple[str, str]]:
    return [(step_url(revision, part.step, part.field), str(part.message)) for part in parts]


def requests_of(revision: ProductRevision) -> list[Request]:
    """What the reviewers asked for last, while it is the producer's turn."""
    if revision.state != "changes_requested":
        return []
    then = revision.content_at_request or {}
    now = content.snapshot(revision) if then else {}
    return [
        Request(
            request,
            label_of(request.field),
            step_url(revision, step_of(request.field), request.field),
            then.get(request.field) != now.get(request.field),
        )
        for request in revision.requests_now()
    ]


def by_field(requests: list[Request]) -> Mapping[str, list[Request]]:
    """The requests of each field."""
    found: dict[str, list[Request]] = defaultdict(list)
    for request in requests:
        found[request.request.field].append(request)
    return found


def label_of(field: str) -> str:
    """The name of a passport field, or of a part of it, for the reader."""
    parts = {"offers": _("Prices"), "photos": _("Photos"), "certificates": _("Certificates")}
    if field in parts:
        return parts[field]
    named = {one.name: one for one in ProductRevision.content_fields()}
    return capfirst(str(named[field].verbose_name)) if field in named else field


def _state(name: str, current: str, open_steps: set[str]) -> str:
    if name == current:
        return "current"
    return "" if name in open_steps or name == "preview" else "done"
