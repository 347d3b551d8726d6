"""Render the pictures of pictures.toml from the SVGs beside it: `python -m inaaccess.demo.pictures.draw [names]`.

For whoever changes a drawing: it needs rsvg-convert (librsvg2-bin). What it makes is committed in rendered/.
"""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import count
from typing import Any

from inaaccess.demo import pictures
from kit.uploads.decoding import decoded, encode

KAWUNG = (
    "M2 2C10 1 18 8 18.6 18.6 8 18 1 10 2 2ZM38 2C30 1 22 8 21.4 18.6 32 18 39 10 38 2Z"
    "M2 38C1 30 8 22 18.6 21.4 18 32 10 39 2 38ZM38 38C39 30 32 22 21.4 21.4 22 32 30 39 38 38Z"
)
SIZES = {"photo": (1120, 840), "logo": (512, 512), "cover": (1600, 640)}
QUALITY = 82
numbers = count()


def drawing(name: str, facts: dict[str, Any]) -> str:
    """The object of an SVG without its background, recoloured and relabelled, its ids made its own."""
    text = (pictures.FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    text = text[text.index("<defs>") : text.rindex("</svg>")]
    text = re.sub(r'<path fill="url\(#[wl]\)" d="M0 0h400v400H0z"/>', "", text)
    for old, new in (facts.get("swap", {}) | facts.get("words", {})).items():
        if old not in text:
            raise ValueError(f"{name}.svg has no {old}")
        text = text.replace(old, new)
    own = f"d{next(numbers)}"
    text = re.sub(r'id="(\w+)"', rf'id="{own}\1"', text)
    text = re.sub(r'href="#(\w+)"', rf'href="#{own}\1"', text)
    return re.sub(r"url\(#(\w+)\)", rf"url(#{own}\1)", text)


def backdrop(facts: dict[str, Any], name: str, box: tuple[float, float, float, float]) -> str:
    """The soft background: two colours from top to bottom, and light from the upper left."""
    original = re.findall(r'stop-color="(#\w+)"', (pictures.FOLDER / f"{name}.svg").read_text(encoding="utf-8"))
    upper, lower = facts.get("background", original[:2])
    x, y, width, height = box
    place = f'x="{x}" y="{y}" width="{width}" height="{height}"'
    return (
        f'<defs><linearGradient id="w" x2="0" y2="1"><stop stop-color="{upper}"/>'
        f'<stop offset="1" stop-color="{lower}"/></linearGradient><radialGradient id="l" cx=".3" cy=".2" r=".8">'
        '<stop stop-color="#fff" stop-opacity=".55"/><stop offset="1" stop-color="#fff" stop-opacity="0"/>'
        f'</radialGradient></defs><rect {place} fill="url(#w)"/><rect {place} fill="url(#l)"/>'
    )


def photo(facts: dict[str, Any]) -> str:
    """One object, or several colours of it in a row; `zoom` is [centre x, centre y, times]."""
    name, colours = facts["drawing"], facts.get("colours")
    x, y, times = facts.get("zoom", [200, 200, 1])
    width, height = 1600 / 3 / times, 400 / times
    box = (x - width / 2, y - height / 2, width, height)
    if colours:
        scale, step = min(2.1 / len(colours), 0.85), 500 / len(colours)
        content = "".join(
            f'<g transform="translate({200 + (number - (len(colours) - 1) / 2) * step - 200 * scale:.1f} '
            f'{200 - 215 * scale:.1f}) scale({scale:.3f})">{drawing(name, {"swap": swap})}</g>'
            for number, swap in enumerate(colours)
        )
    else:
        content = drawing(name, facts)
    if facts.get("flip"):
        content = f'<g transform="translate(400 0) scale(-1 1)">{content}</g>'
    view = " ".join(f"{number:.2f}" for number in box)
    return f'viewBox="{view}">{backdrop(facts, name, box)}{content}'


def logo(facts: dict[str, Any]) -> str:
    """A mark: initials over a kawung."""
    ground, figure = facts["colours"]
    return (
        f'viewBox="0 0 400 400"><rect width="400" height="400" fill="{ground}"/>'
        f'<g transform="translate(110 36) scale(4.5)" fill="{figure}"><path d="{KAWUNG}"/></g>'
        f'<text x="200" y="334" font-family="Plus Jakarta Sans,Arial,sans-serif" font-weight="800" font-size="104" '
        f'letter-spacing="4" text-anchor="middle" fill="{figure}">{facts["initials"]}</text>'
    )


def cover(facts: dict[str, Any]) -> str:
    """Pictures of the house in a row, before a faint batik ground."""
    shown = [pictures.described()[name] for name in facts["shows"]]
    step = 1000 / len(shown)
    row = "".join(
        f'<g transform="translate({step * (number + 0.5) - 160:.1f} 44) scale(.8)">{drawing(one["drawing"], one)}</g>'
        for number, one in enumerate(shown)
    )
    ground = (
        f'<defs><pattern id="k" width="60" height="60" patternUnits="userSpaceOnUse"><path transform="scale(1.5)" '
        f'd="{KAWUNG}" fill="{facts["motif"]}"/></pattern></defs><rect width="1000" height="400" fill="url(#k)" '
        'opacity=".16"/>'
    )
    box = (0.0, 0.0, 1000.0, 400.0)
    return f'viewBox="0 0 1000 400">{backdrop(facts, shown[0]["drawing"], box)}{ground}{row}'


def render(name: str) -> None:
    """Write the picture's file."""
    facts = pictures.described()[name]
    kind = facts.get("kind", "photo")
    width, height = SIZES[kind]
    body = {"photo": photo, "logo": logo, "cover": cover}[kind](facts)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" {body}</svg>'
    png = subprocess.run(
        ["rsvg-convert", "-w", str(width), "-h", str(height)], input=svg.encode(), capture_output=True, check=True
    ).stdout
    with decoded(png, width) as (picture, _width, _height):
        pictures.file_of(name).write_bytes(encode(picture, "WEBP", quality=QUALITY))


if __name__ == "__main__":
    pictures.RENDERED.mkdir(exist_ok=True)
    for chosen in sys.argv[1:] or pictures.described():
        render(chosen)
