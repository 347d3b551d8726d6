"""Who signs in and what they may do, in as few queries as there can be: each request of a signed-in person asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.db.models.expressions import Combinable

from accounts.models import User
from accounts.roles import OFFICER_POWERS

_facts: dict[str, Callable[[], Combinable]] = {}


def tell_fact(name: str, of_person: Callable[[], Combinable]) -> None:
    """Bring `name` along with the person of every session, by an expression on the user's row.

    So upper apps say what the menu of every page must know of its reader, without a query more. Called by
    `AppConfig.ready`; a person who was not read by the backend lacks it.
    """
    _facts[name] = of_person


class AccountBackend(AuthenticationBackend):
    """allauth's log-in by e-mail; a person comes with `is_officer`, their powers in one query instead of two."""

    def get_user(self, user_id: Any) -> User | None:
        """The person of a session as the database knows them now, so that a role given or taken counts at once."""
        told = {name: of_person() for name, of_person in _facts.items()}
        people = User.objects.annotate(is_officer=_holds(OFFICER_POWERS[0]), **told)
        person = people.filter(pk=user_id).first()
        return person if person is not None and self.user_can_authenticate(person) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Powers of the person and of their groups. Kept with the object, as Django does."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if not hasattr(user_obj, "_perm_cache"):
            user_obj._perm_cache = {f"{app}.{codename}" for app, codename in _powers_of(user_obj)}
        kept: set[str] = user_obj._perm_cache
        return kept


def _powers_of(person: User) -> Any:
    named = Permission.objects.order_by().values_list("content_type__app_label", "codename")
    if person.is_superuser:
        return named
    return named.filter(user=person).union(named.filter(group__user=person))


def _holds(power: str) -> ExpressionWrapper[Q]:
    """Has the person this power, themselves or by a group?"""
    app, codename = power.split(".")
    named = Permission.objects.filter(content_type__app_label=app, codename=codename)
    own, of_groups = named.filter(user=OuterRef("pk")), named.filter(group__user=OuterRef("pk"))
    return ExpressionWrapper(Q(Exists(own)) | Q(Exists(of_groups)), output_field=BooleanField())
