"""Fixtures of the catalogue's tests."""

from __future__ import annotations

from tests.catalog.rebuilds import products, small_steps

__all__ = ["products", "small_steps"]
