"""An invitation to a producer, as the tests write it."""

from __future__ import annotations

from accounts.models import User
from exporters.models import Invitation, Producer


def invite(producer: Producer, owner: User, email: str = "new@example.test", role: str = "editor") -> Invitation:
    return producer.invite(email, role=role, by=owner, language="pt-br")
