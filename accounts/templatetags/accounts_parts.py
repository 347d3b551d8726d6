"""What pages ask about the signed-in person."""

from __future__ import annotations

from django import template
from django.http import HttpRequest

from accounts import bounces
from accounts.models import User

register = template.Library()


@register.simple_tag(takes_context=True)
def letters_come_back(context: template.Context) -> bool:
    """Did letters to this person's present address come back when they signed in? Asks no table."""
    request: HttpRequest | None = context.get("request")
    return request is not None and isinstance(request.user, User) and bounces.is_remembered(request, request.user)
