"""Permissions of the API. Every view names its own; the default lets nobody in."""

from __future__ import annotations

from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView


class Nobody(BasePermission):
    """The default: a view that forgot to name its permission is closed."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return False
