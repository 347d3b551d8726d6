"""What was sent to the API, as the forms of the desk take it: both are equally strict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.db.models import Model, QuerySet
from rest_framework import serializers
from rest_framework.request import Request

NOBODY: Final = "-"
"""In place of a key that is not in reach: the form says that it is none of the choices."""


def asked(kind: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """The body, of the right shape. Raises ValidationError."""
    found = kind(data=request.data)
    found.is_valid(raise_exception=True)
    return dict(found.validated_data)


def key_of(rows: QuerySet[Any], name: str, value: object) -> object:
    """The primary key of the row in reach whose `name` is `value`; "" when nothing was said."""
    if not value:
        return ""
    found: Model | None = rows.filter(**{name: value}).first()
    return found.pk if found else NOBODY


def refuse_wrong(form: forms.Form) -> None:
    """Raises ValidationError with what the form says of each field."""
    if not form.is_valid():
        told: Mapping[str, Any] = form.errors
        raise serializers.ValidationError({name: [str(one) for one in errors] for name, errors in told.items()})
