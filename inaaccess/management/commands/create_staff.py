"""Makes an account for a member of staff and sends the link that sets its password."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from accounts import audit, mails, roles
from accounts.models import User
from exporters.models import OfficerScope, Regency
from markets.models import Mission, MissionStaff


class Command(BaseCommand):
    """Safe to run twice: the second time it adds what is new and sends a letter only to who has no password."""

    help = (
        "Make an account for staff. Examples: create_staff ana@kemlu.go.id --name 'Ana S' --role mission "
        "--mission KBRI-SCL; create_staff budi@mojokertokota.go.id --name Budi --role officer --regency 35.76"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--role", required=True, choices=[roles.MINISTRY, roles.MISSION, roles.OFFICER])
        parser.add_argument("--mission", nargs="+", default=[], metavar="CODE", help="of the missions one works at")
        parser.add_argument("--regency", nargs="+", default=[], metavar="CODE", help="of an officer's regencies")
        parser.add_argument("--language", default="id", choices=[code for code, _name in settings.LANGUAGES])

    def handle(self, *args: Any, **options: Any) -> None:
        role = options["role"]
        email = _checked_email(options["email"])
        missions = _found(Mission, options["mission"], role == roles.MISSION, "mission")
        regencies = _found(Regency, options["regency"], role == roles.OFFICER, "regency")
        with transaction.atomic():
            user, made = _account(email, name=options["name"], language=options["language"], role=role)
            for mission in missions:
                MissionStaff.objects.get_or_create(user=user, mission=mission)
            for regency in regencies:
                OfficerScope.objects.get_or_create(user=user, regency=regency)
            scope = " ".join([*options["mission"], *options["regency"]])
            audit.record("create_staff", user, by=None, to_state=role, why=scope)
            if not user.has_usable_password():
                mails.welcome_staff(user)
        told = "a letter with a link is on its way" if not user.has_usable_password() else "the password stays"
        self.stdout.write(f"{'Made' if made else 'Found'} {email} ({role}); {told}.")


def _checked_email(raw: str) -> str:
    email = raw.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise CommandError(f"“{raw}” is not an e-mail address.") from error
    return email


def _found(model: Any, codes: list[str], belongs: bool, what: str) -> list[Any]:
    if bool(codes) != belongs:
        raise CommandError(f"--{what} belongs to its role: {'give' if belongs else 'leave out'} at least one --{what}.")
    rows = model.objects.in_bulk(codes, field_name="code")
    if unknown := sorted(set(codes) - set(rows)):
        raise CommandError(f"Unknown {what}: {', '.join(unknown)}. Has load_reference run?")
    return [rows[code] for code in codes]


def _account(email: str, *, name: str, language: str, role: str) -> tuple[User, bool]:
    user = User.objects.filter(email__iexact=email).first()
    made = user is None
    if user is None:
        user = User.objects.create_user(email, None, name=name, language=language)
    group = Group.objects.filter(name=role).first()
    if group is None:
        raise CommandError("The roles are missing: run migrate first.")
    user.groups.add(group)
    if role != roles.OFFICER and not user.is_staff:
        user.is_staff = True
        user.save(update_fields=["is_staff"])
    EmailAddress.objects.update_or_create(user=user, email=email, defaults={"primary": True, "verified": True})
    return user, made
