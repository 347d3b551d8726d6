"""Permissions of the API. Every view names its own; the default lets nobody in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

if TYPE_CHECKING:  # at run time it would be a circle: views read the settings, which name this module
    from rest_framework.views import APIView


class Nobody(BasePermission):
    """The default: a view that forgot to name its permission is closed."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return False
