"""Finds the forms of the site as a person sees it: follows links page by page, one page of each kind."""

from __future__ import annotations

import importlib
import pkgutil
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django import forms
from django.test import Client
from django.urls import Resolver404, resolve

from tests.test_architecture import PACKAGES

LEFT_OUT = {"account_logout", "admin:logout", "api:schema"}


@dataclass
class Form:
    """A form: where it goes and what its fields hold at first. `files` and `buttons` are names."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name of the address."""
        return name_of(self.action)

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for the same form on another page."""
        return self.name, self.method, frozenset(self.fields), frozenset(name for name, _value in self.buttons)


class _Page(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.links, self.forms = address, [], []  # type: ignore[var-annotated]
        self.form: Form | None = None
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        name = said.get("name", "")
        if tag == "a" and "href" in said:
            self.links.append(urljoin(self.address, said["href"]))
        elif tag == "form":
            self.form = Form(urljoin(self.address, said.get("action", "")), said.get("method", "get").lower())
            self.forms.append(self.form)
        elif self.form is not None and name:
            self._take(tag, said, name, self.form)

    def _take(self, tag: str, said: dict[str, str], name: str, form: Form) -> None:
        kind = said.get("type", "submit" if tag == "button" else "text")
        if tag == "button" or kind in ("submit", "image"):
            form.buttons.append((name, said.get("value", "")))
        elif kind == "file":
            form.files.append(name)
        elif tag in ("input", "textarea", "select") and not (kind in ("radio", "checkbox") and "checked" not in said):
            form.fields[name] = said.get("value", "")
        elif tag == "input":
            form.fields.setdefault(name, "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None


def name_of(address: str) -> str:
    """The URL name that an address leads to, "" for none."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def forms_of(client: Client, seeds: list[str], *, most_pages: int) -> Iterator[Form]:
    """Every form within reach, each once."""
    waiting, seen_pages, seen_forms = deque(seeds), set(), set()  # type: ignore[var-annotated]
    while waiting and len(seen_pages) < most_pages:
        address = waiting.popleft()
        kind = name_of(address)
        if not kind or kind in seen_pages or kind in LEFT_OUT:
            continue
        seen_pages.add(kind)
        response = client.get(address, follow=False)
        if response.status_code in (301, 302):
            waiting.append(urljoin(address, response["Location"]))
            continue
        if not response.get("Content-Type", "").startswith("text/html") or response.streaming:
            continue
        page = _Page(address)
        page.feed(response.content.decode())
        waiting.extend(link for link in page.links if urlsplit(link).netloc in ("", "testserver"))
        for form in page.forms:
            if form.name not in LEFT_OUT and form.key not in seen_forms:
                seen_forms.add(form.key)
                yield form


def every_form() -> Iterator[type[forms.BaseForm]]:
    """The form classes of our own apps."""
    for package in PACKAGES:
        root = importlib.import_module(package)
        for found in pkgutil.walk_packages(root.__path__, f"{package}."):
            if "migrations" not in found.name:
                importlib.import_module(found.name)
    waiting = [forms.BaseForm]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.split(".")[0] in PACKAGES:
            yield kind
