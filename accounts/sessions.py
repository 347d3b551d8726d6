"""How long a session lasts: 14 days (SESSION_COOKIE_AGE); for staff less, from the log-in and from the last request."""

from __future__ import annotations

import time
from typing import Any, Final

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

BEGAN: Final = "began_at"  # seconds since 1970
SEEN: Final = "seen_at"
NOTED_EVERY: Final = 60  # seconds: not every request writes the session


def begin(sender: Any, request: HttpRequest, **_more: Any) -> None:
    """Called by every log-in, whichever way it came."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


def is_over_for_staff(session: SessionBase) -> bool:
    """Is it too long since the log-in or the last request? A session that does not say when it began is over."""
    now = time.time()
    idle, age = now - session.get(SEEN, 0), now - session.get(BEGAN, 0)
    return bool(idle > settings.STAFF_IDLE_SECONDS or age > settings.STAFF_SESSION_SECONDS)


def note_use(session: SessionBase) -> None:
    """Somebody is there."""
    now = int(time.time())
    if now - session.get(SEEN, 0) >= NOTED_EVERY:
        session[SEEN] = now
