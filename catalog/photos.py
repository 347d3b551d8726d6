"""The photos of a revision: added one by one, ordered, described, removed. Files never outlive a failure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.workflow import Refused, TransitionNotAllowed
from catalog.models import Photo, PhotoPlacement, ProductRevision
from catalog.models.revision_state import EDITABLE_STATES
from exporters import quota
from kit.uploads import StoredPicture, delete_picture, store_picture

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST: Final = 12
MAX_NAME: Final = 80


class PhotoRefused(Refused):
    """A photo that is not taken; the message names the file."""

    code = "photo_refused"


def add_photo(revision: ProductRevision, file: UploadedFile[Any], *, by: User) -> PhotoPlacement:
    """Check, store and place one picture at the end.

    Raises kit.uploads.UploadRefused (of the file), PhotoRefused (too many, there already), TransitionNotAllowed.
    """
    _lock(revision.pk)  # not yours to change, or full: say so before the picture is decoded
    quota.refuse_full(revision.product.producer_id)
    name = shown_name(file.name)
    _refuse_full(revision, name)
    stored = store_picture(file)
    try:
        with transaction.atomic():
            return _place(revision.pk, stored, name, by=by)
    except BaseException:
        delete_picture(stored.key)
        raise


def move_photo(revision: ProductRevision, placement_id: int, how: str, *, by: User) -> None:
    """`how`: up (towards the cover), down, or first (make it the cover). An unknown photo changes nothing."""

    def change(locked: ProductRevision) -> bool:
        placed = list(locked.placements.all())
        at = next((index for index, one in enumerate(placed) if one.pk == placement_id), None)
        if at is None:
            return False
        to = {"up": max(at - 1, 0), "down": min(at + 1, len(placed) - 1), "first": 0}[how]
        placed.insert(to, placed.pop(at))
        _number(placed)
        return to != at

    _change(revision, change, by=by)


def remove_photo(revision: ProductRevision, placement_id: int, *, by: User) -> None:
    """Take a photo out of the revision.

    The picture stays while another product or revision shows it, and where reviewers compare it with what comes next.
    """
    keys = []

    def change(locked: ProductRevision) -> bool:
        placed = locked.placements.select_related("photo").filter(pk=placement_id).first()
        if placed is None:
            return False
        photo = placed.photo
        placed.delete()
        _number(list(locked.placements.all()))
        if not photo.placements.exists() and not is_compared(locked, photo):
            keys.append(photo.key)
            photo.delete()
        return True

    _change(revision, change, by=by)
    for key in keys:
        transaction.on_commit(lambda key=key: delete_picture(key))  # type: ignore[misc]


def is_compared(revision: ProductRevision, photo: Photo) -> bool:
    """Was the photo there when the reviewers asked for changes?"""
    then = revision.content_at_request or {}
    return any(shown["photo"] == str(photo.key) for shown in then.get("photos", ()))


def describe_photos(revision: ProductRevision, texts: Mapping[int, Mapping[str, str]], *, by: User) -> None:
    """Write what each photo shows: placement → language → text (empty: none)."""

    def change(locked: ProductRevision) -> bool:
        changed = []
        for placed in locked.placements.filter(pk__in=texts):
            alt = {**placed.alt, **texts[placed.pk]}
            if (alt := {key: text for key, text in alt.items() if text}) != placed.alt:
                placed.alt = alt
                placed.clean_fields(exclude={"photo"})
                changed.append(placed)
        PhotoPlacement.objects.bulk_update(changed, ["alt"])
        return bool(changed)

    _change(revision, change, by=by)


def shown_name(name: str | None) -> str:
    """A file's name as we say it back: without its folder, cut when it is long."""
    plain = (name or "").replace("\\", "/").rsplit("/", 1)[-1]
    return plain if len(plain) <= MAX_NAME else f"{plain[:MAX_NAME]}…"


def _place(pk: int, stored: StoredPicture, name: str, *, by: User) -> PhotoPlacement:
    revision = _lock(pk)
    _refuse_full(revision, name)
    if revision.placements.filter(photo__sha256=stored.sha256).exists():
        raise PhotoRefused(_("“%(name)s” is already there.") % {"name": name}, code="photo_twice")
    quota.take_room(revision.product.producer_id, stored.bytes)
    photo = Photo.objects.create(
        key=stored.key,
        producer_id=revision.product.producer_id,
        width=stored.width,
        height=stored.height,
        sha256=stored.sha256,
        bytes=stored.bytes,
        likeness=stored.likeness,
        uploaded_by=by,
    )
    last = revision.placements.order_by("-position").values_list("position", flat=True).first()
    position = 0 if last is None else last + 1
    placed = PhotoPlacement.objects.create(revision=revision, photo=photo, position=position)
    revision.edited(by=by)
    return placed


def _refuse_full(revision: ProductRevision, name: str) -> None:
    if revision.placements.count() >= MOST:
        sentence = _("“%(name)s” was not added: a product has %(most)d photos at most.")
        raise PhotoRefused(sentence % {"name": name, "most": MOST}, code="photos_full")


def _change(revision: ProductRevision, change: Callable[[ProductRevision], bool], *, by: User) -> None:
    with transaction.atomic():
        locked = _lock(revision.pk)
        if change(locked):
            locked.edited(by=by)


def _lock(pk: int) -> ProductRevision:
    """The revision, locked when inside a transaction; raises TransitionNotAllowed when it cannot be edited."""
    rows = ProductRevision.objects.select_related("product")
    if transaction.get_connection().in_atomic_block:
        rows = rows.select_for_update(of=("self",))
    revision = rows.get(pk=pk)
    if revision.state not in EDITABLE_STATES:
        raise TransitionNotAllowed(
            _("This cannot be edited any more: it is now “%(state)s”.") % {"state": revision.get_state_display()}
        )
    return revision


def _number(placed: list[PhotoPlacement]) -> None:
    for position, one in enumerate(placed):
        one.position = position
    PhotoPlacement.objects.bulk_update(placed, ["position"])
