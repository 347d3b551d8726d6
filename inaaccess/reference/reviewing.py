"""What reviewers begin with: canned comments and checklists. Staff edit both in the portal."""

from __future__ import annotations

from catalog.models import CannedComment, Category, ChecklistItem
from inaaccess.reference.tables import Loaded, put, read, several, texts


def canned_comments(*, overwrite: bool) -> Loaded:
    """Comments to producers, by reason, in the order of the file."""
    wanted = (
        CannedComment(
            code=row["code"],
            reason=row["reason"],
            about=several(row["about"]),
            name=texts(row, "name"),
            text=texts(row, "text"),
            position=position,
        )
        for position, row in enumerate(read("canned_comments.csv"), start=1)
    )
    return put(CannedComment.objects.all(), wanted, key=["code"], overwrite=overwrite)


def checklists(*, overwrite: bool) -> Loaded:
    """What to look at: for every product, and for the shelves that the file names."""
    shelves = dict(Category.objects.values_list("slug", "pk"))
    wanted = (
        ChecklistItem(
            code=row["code"],
            category_id=shelves[row["category"]] if row["category"] else None,
            text=texts(row, "text"),
            position=position,
        )
        for position, row in enumerate(read("checklists.csv"), start=1)
    )
    return put(ChecklistItem.objects.all(), wanted, key=["code"], overwrite=overwrite)
