"""Components that need no app: their signatures are their inputs, `templates/components/<name>.html` their looks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from django import template
from django.forms import BaseForm, BoundField
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kit import form_fields, site_frame

register = template.Library()

STATE_ICONS = {"ok": "circle-check", "warn": "triangle-alert", "bad": "circle-alert", "info": "info"}
Facts = Iterable[tuple[object, object]]


class Step(NamedTuple):
    """A step of a long form. `state` is "done", "current" or "" (still to come)."""

    label: str
    url: str
    state: str = ""


class Todo(NamedTuple):
    """Something to do next; the most urgent one comes first in its list."""

    icon: str
    title: str
    detail: str
    url: str
    action: str
    urgent: bool = False


# --- small ones, written without a template because a page has many of them ----------------------


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """A decorative icon of the sprite; what it means stands in the text beside it."""
    return format_html('<svg class="i" aria-hidden="true"><use href="{}#{}"/></svg>', static("img/icons.svg"), name)


@register.simple_tag
def badge(text: object, kind: str = "", *, icon_name: str | None = None) -> SafeString:
    """A state in words with its icon. `kind`: ok, warn, bad, info, accent or "" (plain, without an icon)."""
    name = STATE_ICONS.get(kind, "") if icon_name is None else icon_name
    look = f"badge badge--{kind}" if kind else "badge"
    return format_html('<span class="{}">{}{}</span>', look, icon(name) if name else "", text)


@register.simple_tag
def button(
    label: object,
    kind: str = "",
    *,
    icon_name: str = "",
    name: str = "",
    value: object = "",
    about: object = "",
    big: bool = False,
    block: bool = False,
) -> SafeString:
    """A submit button. `kind`: primary, quiet, danger or ""; `about` names the row to those who do not see it."""
    named = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html(
        '<button class="{}"{}>{}{}{}</button>', _look(kind, big, block), named, *_face(label, icon_name, about)
    )


@register.simple_tag
def button_link(
    label: object,
    url: object,
    kind: str = "",
    *,
    icon_name: str = "",
    about: object = "",
    big: bool = False,
    block: bool = False,
) -> SafeString:
    """A link that looks like a button."""
    return format_html(
        '<a class="{}" href="{}">{}{}{}</a>', _look(kind, big, block), url, *_face(label, icon_name, about)
    )


def _look(kind: str, big: bool, block: bool) -> str:
    extra = [kind] * bool(kind) + ["big"] * big + ["block"] * block
    return " ".join(["btn", *(f"btn--{name}" for name in extra)])


def _face(label: object, icon_name: str, about: object) -> tuple[object, object, object]:
    hidden = format_html('<span class="vh">: {}</span>', about) if about else ""
    return icon(icon_name) if icon_name else "", label, hidden


@register.simple_tag
def thumb(url: str) -> SafeString:
    """A small square picture in a table or a list; an empty box where there is none."""
    if not url:
        return format_html('<span class="thumb thumb--none">{}</span>', icon("image-plus"))
    return format_html('<img class="thumb" src="{}" alt="" width="56" height="56" loading="lazy">', url)


# --- around the page -----------------------------------------------------------------------------


@register.inclusion_tag("components/language_links.html", takes_context=True)
def language_links(context: template.Context) -> dict[str, object]:
    """The same page in the other languages, its query kept."""
    request: HttpRequest | None = context.get("request")
    return {"links": site_frame.language_links(request)}


@register.simple_tag
def language_names() -> list[site_frame.LanguageLink]:
    """The languages, for a page whose address carries none."""
    return site_frame.language_links(None)


@register.inclusion_tag("components/page_links.html", takes_context=True)
def page_links(context: template.Context) -> dict[str, object]:
    """Canonical and hreflang links of a public page: its address without a query."""
    request: HttpRequest | None = context.get("request")
    return {"canonical": site_frame.canonical_url(request), "alternates": site_frame.alternate_urls(request)}


@register.inclusion_tag("components/crumbs.html")
def crumbs(*parts: object) -> dict[str, object]:
    """Where the page is: label, url, label, url, …, and last the label of this page."""
    return {"links": list(zip(parts[:-1:2], parts[1::2], strict=True)), "here": parts[-1]}


@register.inclusion_tag("components/desk_crumbs.html")
def desk_crumbs(*parts: object, go: str = "") -> dict[str, object]:
    """Where a page of the staff's desk is, below its home: label, url, …, and last the label of this page.

    `go` names the last link for the keys of the page (static/js/review.js).
    """
    return {**crumbs(*parts), "go": go}


@register.inclusion_tag("components/desk_head.html")
def desk_head(
    title: object, note: object = "", *, url: str = "", action: object = "", kind: str = "", icon_name: str = ""
) -> dict[str, object]:
    """The head of a page of the staff's desk: what it is, a line about it, and a way on as a button of this `kind`."""
    return {"title": title, "note": note, "url": url, "action": action, "kind": kind, "icon_name": icon_name}


@register.inclusion_tag("components/desk_search.html")
def desk_search(label: str, q: str, *, view: str) -> dict[str, object]:
    """The search box above a list of the staff's desk; `view` is the tab in which it searches."""
    return {"label": label, "q": q, "view": view}


@register.inclusion_tag("components/working_days.html")
def working_days(days: Decimal | None) -> dict[str, object]:
    """Working days to one decimal, or a dash. The plural is chosen by a whole number: there is none for decimals."""
    return {"days": days, "counted": 1 if days == 1 else 2}


@register.inclusion_tag("components/pager.html")
def pager(shown: int, total: int | None = None, *, next_url: str = "", first_url: str = "") -> dict[str, object]:
    """Keyset pages: onward, or back to the start. `total` None: not counted."""
    return {"shown": shown, "total": total, "next_url": next_url, "first_url": first_url}


@register.inclusion_tag("components/empty_state.html")
def empty_state(
    title: object, text: object = "", *, url: str = "", action: object = "", icon_name: str = ""
) -> dict[str, object]:
    """Nothing here, and a way on."""
    return {"title": title, "text": text, "url": url, "action": action, "icon_name": icon_name}


@register.inclusion_tag("components/filter_chips.html")
def filter_chips(chips: Iterable[tuple[object, str]], clear_url: str) -> dict[str, object]:
    """What the list is narrowed to: (label, address without that filter), and the address without any."""
    return {"chips": list(chips), "clear_url": clear_url}


# --- facts and figures ---------------------------------------------------------------------------


@register.inclusion_tag("components/facts.html")
def facts(items: Facts) -> dict[str, object]:
    """Label and value, in rows; an empty value is left out."""
    return {"items": [(label, value) for label, value in items if value not in (None, "")]}


@register.inclusion_tag("components/terms.html")
def terms(items: Facts) -> dict[str, object]:
    """Label and value, small, with the values at the right edge."""
    return {"items": [(label, value) for label, value in items if value not in (None, "")]}


@register.inclusion_tag("components/stats.html")
def stats(items: Facts, *, counted_on: object = "") -> dict[str, object]:
    """Figures with what they count: (value, label)."""
    return {"items": list(items), "counted_on": counted_on}


@register.inclusion_tag("components/progress.html")
def progress(percent: int, label: object) -> dict[str, object]:
    """A bar with its percentage; `label` says of what."""
    return {"percent": percent, "label": label}


@register.inclusion_tag("components/steps.html")
def steps(items: Sequence[Step]) -> dict[str, object]:
    """The steps of a long form, the current one marked."""
    return {"items": items}


@register.inclusion_tag("components/todo_list.html")
def todo_list(items: Sequence[Todo]) -> dict[str, object]:
    """What to do next."""
    return {"items": items}


@register.inclusion_tag("components/trail.html")
def trail(events: Facts) -> dict[str, object]:
    """What happened, newest first: (title, note)."""
    return {"events": list(events)}


@register.inclusion_tag("components/tabs.html")
def tabs(items: Iterable[tuple[object, str, bool]], label: object) -> dict[str, object]:
    """Views of one list: (label, url, is it this one); `label` names the whole."""
    return {"items": list(items), "label": label}


# --- blocks --------------------------------------------------------------------------------------


@register.simple_block_tag
def alert(content: str, kind: str = "info", *, title: object = "", role: str = "") -> SafeString:
    """A message in the page; what stands inside the block is its body. `kind`: info, ok, warn, bad."""
    head = format_html('<p class="strong">{}</p>', title) if title else ""
    body = format_html('<div class="sm">{}</div>', content) if content.strip() else ""
    as_role = format_html(' role="{}"', role) if role else ""
    return format_html(
        '<div class="alert alert--{}"{}>{}<div class="stack g1">{}{}</div></div>',
        kind, as_role, icon(STATE_ICONS[kind]), head, body,
    )  # fmt: skip


@register.simple_block_tag
def dialog(content: str, dialog_id: str, title: object) -> SafeString:
    """A dialog, opened by a link to a fallback page with `data-dialog="<dialog_id>"`."""
    return format_html(
        '<dialog class="dialog" id="{0}" aria-labelledby="{0}-title"><div class="stack"><h2 id="{0}-title">{1}</h2>{2}'
        '<form method="dialog"><button class="btn btn--quiet">{3}</button></form></div></dialog>',
        dialog_id, title, content, _("Close"),
    )  # fmt: skip


# --- forms ---------------------------------------------------------------------------------------


@register.simple_tag
def field(bound_field: BoundField) -> SafeString:
    """Label, hint, control and error of one field, in this order."""
    return bound_field.as_field_group()


@register.simple_tag
def field_face(bound_field: BoundField) -> form_fields.FieldFace:
    """What `components/field.html` needs to know about a field."""
    return form_fields.face_of(bound_field)


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm | BaseFormSet[BaseForm]) -> dict[str, object]:
    """All that is wrong in the forms and formsets, each a link to its field; takes focus when the page opens."""
    return {"errors": [wrong for form in forms for wrong in form_fields.errors_of(form)]}


@register.inclusion_tag("components/choice_group.html")
def choice_group(
    legend: object, name: str, options: Iterable[tuple[object, object, object, bool]], *, kind: str = "radio"
) -> dict[str, object]:
    """A hand-made group of choices: (value, label, note, checked). `kind`: radio or checkbox."""
    return {"legend": legend, "name": name, "options": list(options), "kind": kind}
