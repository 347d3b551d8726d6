"""Webhooks on the staff's desk: set and tested here, with the log of what was sent. Verbs are buttons (pages.py)."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.http import signed_in
from accounts.staff_admin import DeskAdmin, ReadOnlyAdmin
from accounts.workflow import Refused
from markets.scope import missions_of_staff, works_everywhere
from webhooks.events import event_choices
from webhooks.forms import WebhookForm
from webhooks.models import Delivery, DeliveryState, Webhook, WebhookState
from webhooks.pages import POWER
from webhooks.scope import deliveries_of, webhooks_of


class PostButton(NamedTuple):
    """A verb that acts at once."""

    label: str
    url: str


@admin.register(Webhook)
class WebhookAdmin(DeskAdmin):
    """Addresses of other programs that are told what happens."""

    form = WebhookForm
    list_display = ("name", "address", "mission", "told_when", "state", "made_by", "made_at")
    list_filter = ("state",)
    search_fields = ("name", "address")
    list_select_related = ("mission", "made_by")
    ordering = ("name", "pk")
    fields = ("name", "address", "mission", "events", "state", "secret_made_at", "made_by", "made_at")
    readonly_fields = ("state", "secret_made_at", "made_by", "made_at")
    change_form_template = "admin/posting_record.html"

    @admin.display(description=gettext_lazy("Told when …"))
    def told_when(self, row: Webhook) -> str:
        """Its events in words."""
        return ", ".join(str(label) for name, label in event_choices() if name in row.events)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Webhook]:
        return webhooks_of(request.user)

    def get_fields(self, request: HttpRequest, obj: Webhook | None = None) -> Any:
        """Of a new one only what is to be filled in: the rest is not known yet."""
        return [name for name in self.fields if obj is not None or name not in self.readonly_fields]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(POWER)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(POWER)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(POWER)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **more: Any) -> Any:
        """Missions of one's own; only the ministry leaves it open."""
        if db_field.name == "mission":
            is_ministrys = works_everywhere(request.user)
            more["queryset"] = missions_of_staff(request.user)
            more["required"] = not is_ministrys
            more["empty_label"] = _("All markets") if is_ministrys else None
        return super().formfield_for_foreignkey(db_field, request, **more)

    def save_model(self, request: HttpRequest, obj: Webhook, form: Any, change: bool) -> None:
        """Writes what the form changed and nothing else: a verb may have moved the row meanwhile."""
        if change:
            if form.changed_data:
                obj.save(update_fields=form.changed_data)
            return
        obj.made_by = signed_in(request.user)
        obj.save()

    def response_add(self, request: HttpRequest, obj: Webhook, post_url_continue: str | None = None) -> HttpResponse:
        """Without a secret it is told nothing: that comes next."""
        return redirect("admin:webhook_secret", obj.pk)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        hook = self.get_object(request, object_id)
        shown = {"posts": posts_of(hook), "links": links_of(hook)} if hook and request.user.has_perm(POWER) else {}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **shown})


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """The log: what was sent where, what waits, what was given up."""

    list_display = ("created_at", "webhook", "event", "state", "tries", "last_status", "last_error")
    list_filter = ("state", "event")
    search_fields = ("event_id", "webhook__name")
    list_select_related = ("webhook",)
    ordering = ("-pk",)
    actions = ("retry",)
    change_form_template = "admin/posting_record.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        return deliveries_of(request.user)

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """The power to keep webhooks."""
        return request.user.has_perm(POWER)

    @admin.action(description=gettext_lazy("Send again what failed"), permissions=["retry"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        """Calls the deliveries' own verb; what did not fail is left alone."""
        sent = 0
        for delivery in queryset.order_by("pk"):
            try:
                delivery.retry(by=signed_in(request.user))
            except Refused:
                continue
            sent += 1
        text = ngettext("%(number)d delivery is sent again.", "%(number)d deliveries are sent again.", sent)
        messages.info(request, text % {"number": sent})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        may_retry = row is not None and row.state == DeliveryState.FAILED and request.user.has_perm(POWER)
        posts = [PostButton(_("Send again"), reverse("admin:delivery_retry", args=[object_id]))] if may_retry else []
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "posts": posts})


def posts_of(hook: Webhook) -> list[PostButton]:
    """What may be done with a webhook now."""
    if not hook.sealed_secret:
        return []
    verb = ("pause", _("Pause")) if hook.state == WebhookState.ACTIVE else ("resume", _("Switch on"))
    verbs = [verb, ("ping", _("Send a test"))]
    return [PostButton(label, reverse(f"admin:webhook_{name}", args=[hook.pk])) for name, label in verbs]


def links_of(hook: Webhook) -> list[PostButton]:
    """Where to go from a webhook."""
    log = f"{reverse('admin:webhooks_delivery_changelist')}?webhook__id__exact={hook.pk}"
    secret = reverse("admin:webhook_secret", args=[hook.pk])
    return [PostButton(_("Deliveries"), log), PostButton(_("Make a new secret"), secret)]
