"""The append-only record of what was done: one entry per verb."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Final

import pgtrigger
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from accounts import histories

if TYPE_CHECKING:
    from accounts.models.user import Viewer

WHOLE_TRAIL: Final = "accounts.view_auditentry"
AMONG_STAFF: Final = ("assign", "check", "except", "rank", "report", "write_aside")
"""Verbs of the work between reviewers, and what missions alone are told: the sides do not read them."""
OWN_TRANSACTION = Cast(
    Cast(models.Func(function="pg_current_xact_id", output_field=models.TextField()), models.TextField()),
    models.BigIntegerField(),
)


class _IsOneOf(models.Func):
    """`number = ANY(ARRAY(SELECT …))`: the rows are read once, then the index finds their entries."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = models.BooleanField()
    conditional = True


def among(*rows: models.QuerySet[Any]) -> models.Q:
    """The entries about any of these rows, each queryset of one model; no query by itself."""
    return reduce(or_, map(_about, rows), models.Q(pk__in=()))


def _about(rows: models.QuerySet[Any]) -> models.Q:
    keys = rows.order_by().annotate(_number=Cast("pk", models.TextField())).values("_number")
    one_of = models.Q(_IsOneOf(models.F("object_id"), ArraySubquery(keys)))
    return models.Q(object_type=rows.model._meta.label_lower) & one_of


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Words about the trail."""

    def visible_to(self, user: Viewer) -> AuditQuerySet:
        """What `user` may read: the ministry all of it, everybody else the history of what is in their scope.

        Members and local officers read that of the producers they work on, missions that of their markets.
        """
        if isinstance(user, AnonymousUser):
            return self.none()
        if user.has_perm(WHOLE_TRAIL):
            return self.all()
        seen = self.filter(among(*histories.rows_read_by(user)))
        return seen if user.is_staff else seen.exclude(verb__in=AMONG_STAFF)


class AuditEntry(models.Model):
    """Who did what to which object, from which state or values to which, and why.

    Holds the person's id, never a name or an address, so that erasing a person leaves it true.
    `by` is None when the clock acted. The database refuses UPDATE, DELETE and TRUNCATE, and writes entries by itself
    about powers and scopes that change (inaaccess/migrations/0002_track_powers.py): verb or raw SQL, one trail.
    """

    at = models.DateTimeField(_("time"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    verb = models.CharField(_("verb"), max_length=40)
    object_type = models.CharField(_("kind of object"), max_length=60, help_text=_("app.model"))
    object_id = models.CharField(_("object"), max_length=40)
    from_state = models.TextField(_("from"), blank=True)
    to_state = models.TextField(_("to"), blank=True)
    why = models.TextField(_("why"), blank=True)
    as_superuser = models.BooleanField(_("as superuser"), default=False)
    request_id = models.CharField(_("request"), max_length=36, blank=True)
    address = models.CharField(_("network"), max_length=43, blank=True, help_text=_("Shortened: /24 or /48."))
    transaction = models.BigIntegerField(db_default=OWN_TRANSACTION, editable=False)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["object_type", "object_id", "-id"], name="accounts_audit_object"),
            models.Index(fields=["by", "-id"], name="accounts_audit_by"),
            models.Index(fields=["verb", "-id"], name="accounts_audit_verb"),
            BrinIndex(fields=["at"], name="accounts_audit_at", pages_per_range=32),
            BrinIndex(fields=["transaction"], name="accounts_audit_transaction", pages_per_range=32),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="no_truncate",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Truncate,
                func="RAISE EXCEPTION 'the audit trail is append-only';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type} {self.object_id}"
