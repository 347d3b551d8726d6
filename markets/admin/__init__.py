"""The staff's screens, a file per screen. They live here because every one of them needs the missions' scope."""

from markets.admin import places, records, rules

__all__ = ["places", "records", "rules"]
