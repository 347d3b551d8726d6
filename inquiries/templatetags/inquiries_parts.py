"""Components about importers that pages of lower apps may load."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from inquiries.models import Importer
from kit.templatetags.kit_parts import badge

register = template.Library()


@register.simple_tag(takes_context=True)
def own_country(context: template.Context) -> str:
    """The country (ISO 3166-1 alpha-2) of the importer who reads the page; "" for everybody else. One query at most."""
    user = context["request"].user
    if user.is_anonymous:
        return ""
    return Importer.objects.filter(user=user).values_list("country", flat=True).first() or ""


@register.simple_tag
def importer_badge(importer: Importer) -> SafeString:
    """Whether staff looked the company up, and who, for producers and the importer alike.

    No query for an importer read with its `verified_mission`.
    """
    if not importer.is_verified:
        return badge(_("Company not checked yet"))
    if importer.verified_mission is None:
        return badge(_("Company checked by the Ministry of Foreign Affairs"), "ok", icon_name="shield-check")
    named = {"city": importer.verified_mission.city}
    return badge(_("Company checked by the mission in %(city)s") % named, "ok", icon_name="shield-check")
