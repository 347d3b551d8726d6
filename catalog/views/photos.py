"""The photos' step: one request a file where JavaScript runs, a plain form with several files where it does not."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts import ratelimit
from accounts.http import SignedInRequest
from accounts.workflow import Refused, TransitionNotAllowed
from catalog import photos
from catalog.completeness import MIN_PHOTO_SIDE_PX
from catalog.models import PhotoPlacement, ProductRevision
from catalog.models.revision_state import EDITABLE_STATES
from catalog.photo_address import photo_url
from catalog.views.step_page import desk_context, own_revision, wants_json
from kit.languages import CONTENT_LANGUAGE_NAMES, CONTENT_LANGUAGES, content_key, interface_language
from kit.text import clean_name
from kit.uploads import MAX_PICTURE_BYTES, UploadRefused

FILES = "photos"
MOST_FILES = photos.MOST


@require_safe
def revision_photos(request: SignedInRequest, pk: int) -> HttpResponse:
    """The photos in their order, the first is the cover."""
    revision = own_revision(request, pk)
    if revision.state not in EDITABLE_STATES:
        return redirect("revision_preview", pk=pk)
    context = desk_context(revision, "photos") | {
        "photos": photo_items(list(revision.placements.all())),
        "most": photos.MOST,
        "megabytes": MAX_PICTURE_BYTES // (1024 * 1024),
    }
    return render(request, "catalog/revision_photos.html", context)


@require_POST
def photo_upload(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take one file or several; a broken one gets its sentence, the others are kept."""
    revision = own_revision(request, pk)
    placed: list[PhotoPlacement] = []
    refusals: list[str] = []
    for file in request.FILES.getlist(FILES)[:MOST_FILES]:
        try:
            ratelimit.hit("upload", f"producer:{revision.product.producer_id}")
            placed.append(photos.add_photo(revision, file, by=request.user))
        except UploadRefused as refusal:
            refusals.append(refusal.sentence(photos.shown_name(file.name)))
        except photos.PhotoRefused as refusal:
            refusals.append(str(refusal.message))
        except TransitionNotAllowed as refusal:
            return _not_now(request, refusal)
        except ratelimit.TooMany as refusal:
            if not wants_json(request):
                raise
            headers = {"Retry-After": str(refusal.retry_after)}
            return JsonResponse({"error": str(refusal.message)}, status=429, headers=headers)
    if not placed and not refusals:
        refusals.append(_("Choose at least one photo."))
    return _told(request, revision, placed, refusals)


@require_POST
def photo_arrange(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everything the list of photos sends: up, down, first or del with a photo's number, and all descriptions."""
    revision = own_revision(request, pk)
    try:
        photos.describe_photos(revision, _texts(request), by=request.user)
        for how in ("up", "down", "first"):
            if (chosen := _number(request.POST.get(how, ""))) is not None:
                photos.move_photo(revision, chosen, how, by=request.user)
        if (chosen := _number(request.POST.get("del", ""))) is not None:
            photos.remove_photo(revision, chosen, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except TransitionNotAllowed as refusal:
        return _not_now(request, refusal)
    if wants_json(request):
        return JsonResponse({"version": ProductRevision.objects.get(pk=pk).version})
    if "go_on" in request.POST:
        return redirect("revision_certificates", pk=pk)
    return redirect("revision_photos", pk=pk)


def photo_items(placements: list[PhotoPlacement]) -> list[dict[str, Any]]:
    """What `components/photo_item.html` draws of each."""
    return [_item(placed, number) for number, placed in enumerate(placements, start=1)]


def _item(placed: PhotoPlacement, number: int) -> dict[str, Any]:
    own = content_key()
    too_small = min(placed.photo.width, placed.photo.height) < MIN_PHOTO_SIDE_PX
    sentence = _("Only %(side)d pixels on the shorter side; %(least)d are needed to submit.")
    side = min(placed.photo.width, placed.photo.height)
    texts = [
        (key, interface_language(key), CONTENT_LANGUAGE_NAMES[key], placed.alt.get(key, ""))
        for key in sorted(CONTENT_LANGUAGES, key=lambda key: key != own)
    ]
    return {
        "id": placed.pk,
        "src": photo_url(placed.photo.key, 320),
        "alt": placed.alt.get(own, ""),
        "others": texts[1:],
        "number": number,
        "warning": sentence % {"side": side, "least": MIN_PHOTO_SIDE_PX} if too_small else "",
    }


def _told(
    request: SignedInRequest, revision: ProductRevision, placed: list[PhotoPlacement], refusals: list[str]
) -> HttpResponse:
    if wants_json(request):
        if refusals:
            return JsonResponse({"error": " ".join(refusals)}, status=422)
        number = revision.placements.count()
        html = [
            render_to_string("components/photo_item.html", {"photo": _item(one, number)}, request) for one in placed
        ]
        return JsonResponse({"html": "".join(html)}, status=201)
    for refusal in refusals:
        messages.error(request, refusal)
    if placed:
        messages.success(request, _("Photos added: %(number)d.") % {"number": len(placed)})
    return redirect("revision_photos", pk=revision.pk)


def _not_now(request: SignedInRequest, refusal: Refused) -> HttpResponse:
    if wants_json(request):
        return JsonResponse({"error": str(refusal.message), "detail": str(refusal.message)}, status=409)
    raise refusal


def _texts(request: SignedInRequest) -> dict[int, dict[str, str]]:
    """Fields alt-<photo> (the reader's language) and alt-<photo>-<language>; the model refuses what is too long."""
    found: dict[int, dict[str, str]] = {}
    for name, value in request.POST.items():
        parts = name.split("-")
        language = parts[2] if len(parts) == 3 else content_key()
        if parts[0] != "alt" or len(parts) not in (2, 3) or language not in CONTENT_LANGUAGES:
            continue
        if (number := _number(parts[1])) is not None:
            found.setdefault(number, {})[language] = clean_name(str(value))
    return found


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None
