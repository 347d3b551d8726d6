"""The demo's pictures: drawn for this project (SVG), rendered once by draw.py, described in four languages."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
RENDERED = FOLDER / "rendered"


@cache
def described() -> dict[str, dict[str, Any]]:
    """Name of a picture → how it is drawn and what it shows (pictures.toml)."""
    return tomllib.loads((FOLDER / "pictures.toml").read_text(encoding="utf-8"))


def alt(name: str) -> dict[str, str]:
    """What the picture shows, by content language."""
    words: dict[str, str] = described()[name]["alt"]
    return words


def file_of(name: str) -> Path:
    """The rendered file."""
    return RENDERED / f"{name}.webp"
