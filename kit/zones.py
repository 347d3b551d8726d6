"""The zone of a reader, whose name can be read: “WIB”, and “UTC−03” where a zone has a number and no name."""

from __future__ import annotations

import datetime
import zoneinfo

MINUS = "−"  # a hyphen would end the line between “UTC” and the number


class ReaderZone(zoneinfo.ZoneInfo):
    """A time zone; those of Latin America are called “-03” in the zones' list, which reads as part of the time."""

    def tzname(self, moment: datetime.datetime | None, /) -> str | None:
        name = super().tzname(moment)
        return f"UTC{name.replace('-', MINUS)}" if name and name[0] in "+-" else name
