"""The collections desk: one's collections, a new one, and its verbs; it is written on its own page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import submissions
from accounts.http import SignedInRequest
from accounts.naming import People
from accounts.workflow import Refused
from catalog.photos import shown_name
from kit.keyset import Keyset
from kit.languages import CONTENT_LANGUAGES
from kit.text import clean_text
from kit.uploads import UploadRefused
from markets.admin import collection_form
from markets.admin.collection_form import CoverForm, StartForm
from markets.admin.collection_page import ACTS, EditPage
from markets.admin.page import desk_page, page_links, page_of
from markets.collection_covers import count_try, upload_cover
from markets.collection_pages import preview_of
from markets.models import Collection, CollectionMoved
from markets.preview_links import preview_url

LATEST = Keyset("collections desk", [("pk", "desc")])
VIEWS = {
    "draft": gettext_lazy("Drafts"),
    "published": gettext_lazy("Published"),
    "archived": gettext_lazy("Archived"),
}
curates = permission_required("markets.curate_collection", raise_exception=True)


class WhyForm(forms.Form):
    """Why it is taken from the public; may stay empty, too long a text is cut."""

    why = forms.CharField(required=False)


@require_safe
@curates
def collections(request: SignedInRequest) -> HttpResponse:
    """The collections of one's markets, by state: first the drafts, or what is public when there are none."""
    own = Collection.objects.editable_by(request.user)
    view = request.GET.get("view", "")
    if view not in VIEWS:
        view = "draft" if own.filter(state="draft").exists() or not own.filter(state="published") else "published"
    text = clean_text(request.GET.get("q", ""))[:80]
    rows = _matching(own, text).filter(state=view)
    page = page_of(request, LATEST, rows.select_related("market", "mission").annotate(number=Count("items")))
    context = {
        "title": _("Collections"),
        "view": view,
        "q": text,
        "rows": page.items,
        "people": People.read(request.user, (row.changed_by_id for row in page.items)),
        "total": rows.count(),
        "tabs": [(label, f"?view={name}", name == view) for name, label in VIEWS.items()],
        **page_links(request, page),
    }
    return desk_page(request, "collections", context)


@require_http_methods(["GET", "HEAD", "POST"])
@curates
def collection_start(request: SignedInRequest) -> HttpResponse:
    """Begin a collection with its title; then its products are chosen."""
    form = StartForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_valid():

        def start() -> submissions.Answer:
            title = form.cleaned_data["title"]
            made = Collection.objects.start(by=request.user, title=title, **form.places())
            return submissions.Answer(201, {"pk": made.pk})

        key, body = form.cleaned_data["submission_key"], submissions.body_of(request)
        try:
            answer = submissions.once(request.user, "collection_start", key, body, start)
            return redirect("admin:collection_edit", pk=answer.data["pk"])
        except Refused as refusal:
            form.add_error("mission", str(refusal.message))
    context = {"title": _("New collection"), "form": form}
    return desk_page(request, "collection_start", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@curates
def collection_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Its texts, market and period, and its products in their order; saved as a whole, or saved and published."""
    collection = get_object_or_404(Collection.objects.editable_by(request.user), pk=pk)
    if request.method != "POST":
        return _edit_page(request, EditPage(collection, request.user))
    do = request.POST.get("do", "")
    page = EditPage(collection, request.user, request.POST.copy(), becomes_public=do == "publish")
    if act := _asked_act(request, page):
        page.act(act, request.POST.get(act, ""))
        return _edit_page(request, page, is_unsaved=True)
    return _save(request, page, publish=do == "publish")


@require_safe
@curates
def collection_look(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is saved, as buyers would see it."""
    return preview_of(request, get_object_or_404(Collection.objects.editable_by(request.user), pk=pk))


@require_POST
@curates
def collection_cover(request: SignedInRequest, pk: int) -> HttpResponse:
    """An uploaded cover (field `picture`), or none in its place (`remove`); stored at once, apart from the text."""
    collection = get_object_or_404(Collection.objects.editable_by(request.user), pk=pk)
    if request.POST.get("remove"):
        return _act(request, pk, lambda one: one.change_cover(None, by=request.user), _("The cover is removed."))
    form = CoverForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["picture"]
        count_try(request.user)
        try:
            upload_cover(collection, file, by=request.user)
        except UploadRefused as refusal:
            form.add_error("picture", refusal.sentence(shown_name(file.name)))
        else:
            messages.success(request, _("The cover is saved."))
            return redirect("admin:collection_edit", pk=pk)
    return _edit_page(request, EditPage(collection, request.user), status=422, cover_form=form)


@require_POST
@curates
def collection_archive(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take it from the public, or throw a draft away."""
    form = WhyForm(request.POST)
    why = clean_text(form.cleaned_data["why"])[:500] if form.is_valid() else ""
    return _act(request, pk, lambda one: one.archive(by=request.user, why=why), _("“%(name)s” is archived."))


@require_POST
@curates
def collection_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Publish an archived one again."""
    return _act(request, pk, lambda one: one.reopen(by=request.user), _("“%(name)s” is public again."))


@require_POST
@curates
def collection_share(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make a preview link."""
    done = _("The preview link of “%(name)s” is valid for 14 days.")
    return _act(request, pk, lambda one: one.share(by=request.user), done)


@require_POST
@curates
def collection_unshare(request: SignedInRequest, pk: int) -> HttpResponse:
    """End the preview link."""
    done = _("The preview link of “%(name)s” does not lead anywhere any more.")
    return _act(request, pk, lambda one: one.unshare(by=request.user), done)


def _act(request: SignedInRequest, pk: int, verb: Callable[[Collection], None], done: str) -> HttpResponse:
    collection = get_object_or_404(Collection.objects.editable_by(request.user), pk=pk)
    verb(collection)
    messages.success(request, done % {"name": collection})
    return redirect("admin:collection_edit", pk=pk)


def _matching(rows: QuerySet[Collection], text: str) -> QuerySet[Collection]:
    if not text:
        return rows
    found = Q(slug__icontains=text)
    for language in CONTENT_LANGUAGES:
        found |= Q(**{f"title__{language}__icontains": text})
    return rows.filter(found)


def _asked_act(request: SignedInRequest, page: EditPage) -> str:
    """The button that was pressed; the Enter key in the search field is its button."""
    pressed = next((act for act in ACTS if act in request.POST), "")
    is_search = request.POST.get("do") == "enter" and page.query != request.POST.get("asked", "")
    return pressed or ("find" if is_search else "")


def _save(request: SignedInRequest, page: EditPage, *, publish: bool) -> HttpResponse:
    """Save all, or say what is wrong, or what somebody else saved meanwhile; nothing that was typed is lost."""
    if not page.is_valid():
        return _edit_page(request, page, status=422)
    try:
        _write(request, page, publish=publish)
    except CollectionMoved:
        return _after_others(request, page, publish=publish)
    except Refused as refusal:
        page.collection.refresh_from_db()
        page.form.add_error(None, str(refusal.message))
        return _edit_page(request, page, status=409)
    done = _("“%(name)s” is published.") if publish else _("“%(name)s” is saved.")
    messages.success(request, done % {"name": page.collection})
    return redirect("admin:collection_edit", pk=page.collection.pk)


def _write(request: SignedInRequest, page: EditPage, *, publish: bool) -> None:
    with transaction.atomic():
        items = collection_form.chosen(page.values())
        version = page.seen_version()
        page.collection.rewrite(by=request.user, seen_version=version, items=items, **page.form.content())
        if publish:
            page.collection.publish(by=request.user)


def _after_others(request: SignedInRequest, page: EditPage, *, publish: bool) -> HttpResponse:
    """Somebody saved after the page was opened: what only they changed is taken, what both changed is shown."""
    now = Collection.objects.get(pk=page.collection.pk)
    fresh = EditPage(now, request.user, page.data, becomes_public=publish)
    if not fresh.is_valid():
        return _edit_page(request, fresh, status=422)
    fresh.merge()
    if fresh.differences or not fresh.is_valid():
        return _edit_page(request, fresh, status=409)
    return _save(request, fresh, publish=publish)


def _edit_page(
    request: SignedInRequest,
    page: EditPage,
    *,
    status: int = 200,
    is_unsaved: bool = False,
    cover_form: CoverForm | None = None,
) -> HttpResponse:
    collection, rows = page.collection, page.rows()
    market = page.market()
    context: dict[str, Any] = {
        "title": str(collection),
        "collection": collection,
        "people": People.read(request.user, [collection.changed_by_id]),
        "page": page,
        "form": page.form,
        "cover_form": cover_form or CoverForm(),
        "rows": rows,
        "note_forms": [row.form for row in rows],
        "found": page.found(),
        "market_name": str(market) if market else "",
        "is_unsaved": is_unsaved,
        "may": {verb: collection.may(verb) for verb in Collection.TRANSITIONS},
        "preview_url": preview_url(collection),
    }
    return desk_page(request, "collection_edit", context, status=status)
