"""The texts that a reviewer may write while reviewing: those that the producer left out, never others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.workflow import Refused

if TYPE_CHECKING:
    from django.db import models

    from catalog.models import ProductRevision

TRANSLATABLE: Final = ("title", "summary", "description")
Written = Mapping[str, Mapping[str, str]]  # {"title": {"es": "…"}, …}


def fill(revision: ProductRevision, written: Written, *, by: User) -> list[str]:
    """Fill what is missing, marked with who wrote it; which texts those were: ["title.es", …].

    Raises Refused (not_translatable), ValidationError.
    """
    added: dict[str, Any] = {}
    for name, texts in written.items():
        if name not in TRANSLATABLE:
            raise Refused(_("Only title, summary and description are translated here."), code="not_translatable")
        present = getattr(revision, name)
        for language, text in texts.items():
            if text.strip() and not present.get(language):
                present[language] = text.strip()
                added[f"{name}.{language}"] = by.pk
        field: models.Field[Any, Any] = type(revision)._meta.get_field(name)  # type: ignore[assignment]
        field.clean(present, revision)
    revision.translated_by |= added
    return sorted(added)
