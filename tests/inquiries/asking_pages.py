"""What the tests of buying requests share: the form as a browser sends it."""

from __future__ import annotations

from typing import Any

from tests import factories as make


def request_form(**said: Any) -> dict[str, Any]:
    make.UnitFactory()
    form = {
        "title": "Sandalias de cuero para mujer",
        "quantity": "3000",
        "unit": "PR",
        "frequency": "month",
        "country": "CL",
        "deadline": make.in_days(60).isoformat(),
        "language": "es",
        "submission_key": "key-of-the-test",
    }
    return form | said
