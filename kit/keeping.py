"""What is read once and kept in the process for a while: reference rows that every page needs."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

Result = TypeVar("Result")
Given = ParamSpec("Given")
_keepers: list[dict[object, tuple[float, object]]] = []


def kept(seconds: float) -> Callable[[Callable[Given, Result]], Callable[Given, Result]]:
    """Call the function again only when its last answer to the same arguments is older than this. Never for a user."""

    def decorate(read: Callable[Given, Result]) -> Callable[Given, Result]:
        answers: dict[object, tuple[float, object]] = {}
        _keepers.append(answers)

        @wraps(read)
        def answer(*args: Given.args, **kwargs: Given.kwargs) -> Result:
            key = (args, tuple(sorted(kwargs.items())))
            now = time.monotonic()
            known = answers.get(key)
            if known is None or known[0] < now:
                known = answers[key] = (now + seconds, read(*args, **kwargs))
            return known[1]  # type: ignore[return-value]

        return answer

    return decorate


def forget() -> None:
    """Read everything anew next time."""
    for answers in _keepers:
        answers.clear()
