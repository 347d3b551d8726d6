"""People."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from factory import Sequence, Trait
from factory.django import DjangoModelFactory

from accounts import roles
from accounts.models import User

PASSWORD = "correct horse battery"
PASSWORD_HASH = (
    "argon2$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$RyqP3xZ5bBqMvYq1Zo0jlg"  # of nothing: log in by force_login
)


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    class Params:
        ministry = Trait(is_staff=True, role=roles.MINISTRY)
        mission = Trait(is_staff=True, role=roles.MISSION)
        officer = Trait(role=roles.OFFICER)

    email = Sequence(lambda n: f"person{n}@example.test")
    name = Sequence(lambda n: f"Person {n}")
    language = "en"
    password = PASSWORD_HASH

    role: str | None = None

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, role: str | None, **fields: Any) -> User:
        user = super()._create(model_class, *args, **fields)
        if role:
            user.groups.add(Group.objects.get(name=role))
        return user
