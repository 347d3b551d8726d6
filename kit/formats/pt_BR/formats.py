"""Days and times in Portuguese of Brazil: months are not capitalised."""

DATE_FORMAT = SHORT_DATE_FORMAT = "j b Y"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "j b Y, H:i T"
MOMENT_FORMAT = "D j b, H:i T"
MOMENT_WITH_YEAR_FORMAT = "D j b Y, H:i T"
