"""Components about importers that pages of lower apps may load."""

from __future__ import annotations

from django import template

from inquiries.models import Importer

register = template.Library()


@register.simple_tag(takes_context=True)
def own_country(context: template.Context) -> str:
    """The country (ISO 3166-1 alpha-2) of the importer who reads the page; "" for everybody else. One query at most."""
    user = context["request"].user
    if user.is_anonymous:
        return ""
    return Importer.objects.filter(user=user).values_list("country", flat=True).first() or ""
