"""People on the staff's desk: mostly to read. Tokens are revoked, failed letters sent again."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import audit_admin, bounces, factors
from accounts.http import signed_in
from accounts.models import Bounce, Holiday, Letter, Token, User
from accounts.people_desk import guard_buttons
from accounts.staff_admin import DeskAdmin, ReadOnlyAdmin
from accounts.workflow import Refused

admin.site.unregister(Authenticator)  # secrets: staff see only whether there is one, and reset it (people_desk.py)
__all__ = ["audit_admin"]  # the audit trail's own file
admin.site.unregister(Group)  # groups are made by accounts.roles and by nothing else


@admin.register(User)
class UserAdmin(ReadOnlyAdmin):
    """Accounts. Staff accounts are made by `manage.py create_staff`."""

    list_display = ("email", "name", "language", "is_staff", "is_active", "joined_at", "last_login")
    list_filter = ("is_staff", "is_active", "groups", "language")
    search_fields = ("email", "name")
    ordering = ("email",)
    fields = (
        "email",
        "name",
        "language",
        "time_zone",
        "is_staff",
        "is_superuser",
        "is_active",
        "has_second_factor",
        "is_reached",
        "groups",
        "joined_at",
        "last_login",
    )
    readonly_fields = ("has_second_factor", "is_reached")
    change_form_template = "admin/record.html"

    @admin.display(description=_("second factor"), boolean=True)
    def has_second_factor(self, person: User) -> bool:
        """Has this person set one up?"""
        return factors.has_factor(person)

    @admin.display(description=_("letters arrive"), boolean=True)
    def is_reached(self, person: User) -> bool:
        """Not when they came back: once for good, or three times in a month."""
        return not bounces.is_unreachable(person)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        person = self.get_object(request, object_id)
        buttons = guard_buttons(request, person) if person is not None else []
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "buttons": buttons})


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin):
    """The outbox."""

    list_display = ("created_at", "address", "subject", "language", "state", "tries", "sent_at", "last_error")
    list_filter = ("state", "kind", "language")
    search_fields = ("address", "subject", "event")
    ordering = ("-pk",)
    exclude = ("body",)  # links to set a password stand in it
    actions = ("retry",)

    def has_retry_permission(self, request: HttpRequest) -> bool:
        """The power to send a letter again."""
        return request.user.has_perm("accounts.retry_letter")

    @admin.action(description=_("Send again what failed"), permissions=["retry"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Letter]) -> None:
        """Calls the letters' own verb; letters that did not fail are left alone."""
        sent = 0
        for letter in queryset.order_by("pk"):
            try:
                letter.retry(by=signed_in(request.user))
            except Refused:
                continue
            sent += 1
        messages.info(
            request,
            ngettext("%(number)d letter is sent again.", "%(number)d letters are sent again.", sent) % {"number": sent},
        )


@admin.register(Bounce)
class BounceAdmin(ReadOnlyAdmin):
    """Letters that came back."""

    list_display = ("at", "address", "is_permanent", "status", "letter")
    list_filter = ("is_permanent",)
    list_select_related = ("letter",)
    search_fields = ("address", "status")
    ordering = ("-at", "-pk")


@admin.register(Holiday)
class HolidayAdmin(DeskAdmin):
    """Days on which the clocks stand still."""

    list_display = ("day", "country", "name")
    list_filter = ("country",)
    search_fields = ("name",)
    date_hierarchy = "day"
    ordering = ("-day", "pk")


@admin.register(Token)
class TokenAdmin(ReadOnlyAdmin):
    """API tokens: seen without their secret, revoked by deleting them."""

    list_display = ("name", "user", "scopes", "created", "expiry", "last_used_at")
    search_fields = ("name", "user__email")
    list_select_related = ("user",)
    ordering = ("-created", "pk")
    fields = ("name", "user", "scopes", "created", "expiry", "last_used_at")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("accounts.delete_token")

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """A token's key is its digest: its own verb names its holder instead (delete_model)."""
        return []

    def delete_model(self, request: HttpRequest, obj: Token) -> None:
        obj.revoke(by=signed_in(request.user))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Token]) -> None:
        for token in queryset:
            self.delete_model(request, token)
