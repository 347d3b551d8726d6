"""Components of the product desk: fields with what reviewers ask beside them, states, packing while typing."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.forms import BoundField
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from catalog.desk_rows import REVISION_BADGES
from catalog.loading import Loading
from catalog.models import ProductRevision
from catalog.revision_steps import Request
from kit.templatetags.kit_parts import badge
from kit.units import format_number

register = template.Library()
Asked = Mapping[str, list[Request]]


@register.inclusion_tag("components/asked_field.html")
def asked_field(bound_field: BoundField, asked: Asked) -> dict[str, object]:
    """A field, and under it what the reviewers ask about it."""
    return {"field": bound_field, "requests": asked.get(bound_field.name, [])}


@register.inclusion_tag("components/field_requests.html")
def field_requests(name: str, asked: Asked) -> dict[str, object]:
    """What the reviewers ask about a part that is no single field ("offers", "photos", "attributes")."""
    return {"requests": asked.get(name, [])}


@register.simple_tag
def autosave_marks(url_name: str, pk: int) -> SafeString:
    """What the form's script needs to save while typing."""
    saved, unsaved = _("Saved at {t}"), _("Not saved yet. We try again when there is a connection.")
    return format_html(
        'data-autosave="{}" data-saved="{}" data-unsaved="{}"', reverse(url_name, args=[pk]), saved, unsaved
    )


@register.simple_tag
def revision_badge(revision: ProductRevision) -> SafeString:
    """The state of a revision."""
    return badge(revision.get_state_display(), REVISION_BADGES.get(revision.state, ""))


@register.simple_tag
def saved_note(revision: ProductRevision) -> str:
    """When the content was saved last, in the reader's zone."""
    return _("Saved %(time)s") % {"time": date_format(localtime(revision.saved_at), "DATETIME_FORMAT")}


@register.inclusion_tag("components/packing_preview.html")
def loading_preview(loading: Loading) -> dict[str, object]:
    """CBM and units per container; js/desk.js redraws it while typing."""
    return {
        "cbm": None if loading.cbm is None else format_number(loading.cbm, places=3),
        "containers": [
            {
                "code": load.code,
                "name": load.name,
                "units": None if load.units is None else format_number(load.units),
            }
            for load in loading.containers
        ],
        "containers_json": loading.specs_json,
    }
