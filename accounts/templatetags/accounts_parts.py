"""What pages ask about the signed-in person, and what they call others."""

from __future__ import annotations

from django import template
from django.http import HttpRequest

from accounts import bounces
from accounts.models import User
from accounts.naming import People

register = template.Library()


@register.filter
def called(people: People, pk: int | None) -> str:
    """What the reader may call this person; a dash when there is none."""
    return people.name(pk) if pk is not None else "–"


@register.simple_tag(takes_context=True)
def letters_come_back(context: template.Context) -> bool:
    """Did letters to this person's present address come back when they signed in? Asks no table."""
    request: HttpRequest | None = context.get("request")
    return request is not None and isinstance(request.user, User) and bounces.is_remembered(request, request.user)
