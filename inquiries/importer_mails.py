"""The letters to importers about their company, one function each; called inside the verbs' transactions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from accounts import letters

if TYPE_CHECKING:
    from inquiries.models import Importer


def importer_verified(importer: Importer) -> None:
    """Staff looked the company up."""
    _write("importer_verified", importer)


def importer_unverified(importer: Importer, *, why: str) -> None:
    """Staff took the verification back, and why."""
    _write("importer_unverified", importer, why=why)


def verification_ended(importer: Importer, *, changed: Sequence[object]) -> None:
    """The company itself changed what had been checked."""
    _write("importer_verification_ended", importer, changed=changed)


def _write(kind: str, importer: Importer, **more: Any) -> None:
    """One letter for each time that it happens; the verb, which holds the row, lets nothing happen twice."""
    moment = importer.verified_at or timezone.now()
    letters.write(
        kind,
        event=f"{kind}:{importer.pk}:v{importer.version}:{moment:%Y%m%d%H%M%S%f}",
        to=[importer.user] if importer.user.is_active else [],
        context={"importer": importer, "mission": importer.verified_mission, **more},
    )
