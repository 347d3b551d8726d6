"""The groups and the power of each; idempotent, called by migration and tests alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.apps import apps as installed_apps
from django.contrib.auth.management import create_permissions

if TYPE_CHECKING:
    from accounts.models import User

MINISTRY, MISSION, OFFICER = "ministry", "mission", "officer"

MISSION_POWERS = (
    "catalog.view_cannedcomment",
    "catalog.view_checklistitem",
    "catalog.review_revision",
    "catalog.view_productrevision",
    "catalog.view_product",
    "exporters.verify_certificate",
    "exporters.view_certificate",
    "exporters.view_producer",
    "inquiries.decide_request",
    "markets.curate_collection",
    "markets.decide_listing",
    "markets.keep_rule",
    "markets.view_collection",
    "markets.hand_over_work",
    "markets.view_marketlisting",
    "markets.view_marketrule",
    "markets.view_market",
    "markets.view_mission",
    "webhooks.keep_webhook",
    "webhooks.view_delivery",
    "webhooks.view_webhook",
    "markets.write_note",
    "promotion.make_document",
    "promotion.run_campaign",
    "inquiries.oversee_enquiry",
    "inquiries.verify_importer",
    "inquiries.view_importer",
)
OFFICER_POWERS = ("exporters.onboard_producer", "exporters.view_producer")
EDITED_BY_MINISTRY = (
    "accounts.holiday",
    "catalog.attributefield",
    "catalog.attributetemplate",
    "catalog.cannedcomment",
    "catalog.category",
    "catalog.certificaterequirement",
    "catalog.checklistitem",
    "catalog.commodity",
    "catalog.container",
    "catalog.exchangerate",
    "catalog.exportfigure",
    "catalog.unit",
    "exporters.certificatetype",
    "exporters.officerscope",
    "markets.accreditation",
    "markets.market",
    "markets.mission",
    "markets.missionstaff",
)
READ_BY_MINISTRY = (
    "accounts.auditentry",
    "accounts.bounce",
    "catalog.certificateexception",
    "accounts.letter",
    "accounts.token",
    "accounts.user",
    "catalog.hscode",
    "catalog.incoterm",
    "catalog.photo",
    "exporters.invitation",
    "exporters.membership",
    "exporters.province",
    "exporters.regency",
)


def _each(actions: str, models: tuple[str, ...]) -> list[str]:
    return [
        f"{app}.{action}_{model}" for action in actions.split() for app, model in (name.split(".") for name in models)
    ]


POWERS: Mapping[str, tuple[str, ...]] = {
    MISSION: MISSION_POWERS,
    OFFICER: OFFICER_POWERS,
    MINISTRY: (
        *MISSION_POWERS,
        "catalog.suspend_product",
        "exporters.suspend_producer",
        "markets.review_everywhere",
        "accounts.retry_letter",
        "accounts.delete_token",
        "accounts.erase_user",
        "accounts.guard_user",
        *_each("view add change delete", EDITED_BY_MINISTRY),
        *_each("view", READ_BY_MINISTRY),
    ),
}


def is_official(user: User) -> bool:
    """Does this person work for the state here: ministry, mission, local officer or superuser?

    The person of a session knows it from the query that read them (accounts/backend.py).
    """
    if user.is_staff or user.is_superuser:
        return True
    is_officer: bool | None = getattr(user, "is_officer", None)
    return user.has_perm(OFFICER_POWERS[0]) if is_officer is None else is_officer


def ensure_roles(using: str = "default") -> None:
    """Make the groups and give each exactly its permissions. Makes the permissions first: a migration has none yet."""
    for config in installed_apps.get_app_configs():
        if config.models_module is not None:
            create_permissions(config, verbosity=0, using=using)
    group_model = installed_apps.get_model("auth", "Group")
    permission_model = installed_apps.get_model("auth", "Permission")
    known = {
        f"{app}.{codename}": pk
        for pk, app, codename in permission_model.objects.using(using).values_list(
            "pk", "content_type__app_label", "codename"
        )
    }
    for name, powers in POWERS.items():
        group, _made = group_model.objects.using(using).get_or_create(name=name)
        group.permissions.set([known[power] for power in powers])
