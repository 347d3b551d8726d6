"""The last so many days: what figures are counted over, and the choice of it on their pages."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

PERIODS: Final = (30, 90, 365)


def days_asked(request: HttpRequest, *, usual: int) -> int:
    """The days that were asked for; the usual ones in place of anything else."""
    asked = request.GET.get("days", "")
    return int(asked) if asked in {str(days) for days in PERIODS} else usual


def period_tabs(days: int) -> list[tuple[str, str, bool]]:
    """For `tabs`: each period, its address, and whether it is the one that is shown."""
    return [(_("Last %(days)d days") % {"days": one}, f"?days={one}", one == days) for one in PERIODS]
