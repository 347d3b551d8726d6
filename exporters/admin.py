"""Places, certificate types and who serves where, on the staff's desk. Producers and certificates: markets/admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import OFFICER
from accounts.staff_admin import DeskAdmin, ReadOnlyAdmin
from exporters.models import CertificateType, Invitation, Membership, OfficerScope, Province, Regency


@admin.register(Province)
class ProvinceAdmin(ReadOnlyAdmin):
    """The provinces, with the codes of the home ministry."""

    list_display = ("code", "name")
    search_fields = ("=code", "name")
    ordering = ("code",)


@admin.register(Regency)
class RegencyAdmin(ReadOnlyAdmin):
    """The regencies and cities."""

    list_display = ("code", "name", "province")
    list_filter = ("province",)
    search_fields = ("=code", "name")
    list_select_related = ("province",)
    ordering = ("code",)


@admin.register(CertificateType)
class CertificateTypeAdmin(DeskAdmin):
    """Kinds of certificates; new ones need no programmer."""

    list_display = ("code", "__str__", "issuer", "has_expiry", "pattern_is_certain", "gives_badge")
    list_filter = ("has_expiry", "pattern_is_certain", "gives_badge")
    search_fields = ("code", "name", "issuer")
    ordering = ("code",)

    def get_readonly_fields(self, request: HttpRequest, obj: CertificateType | None = None) -> tuple[str, ...]:
        return ("code",) if obj else ()


@admin.register(OfficerScope)
class OfficerScopeAdmin(DeskAdmin):
    """Which regencies a local officer serves."""

    list_display = ("user", "regency", "province")
    list_filter = ("regency__province",)
    search_fields = ("user__email", "user__name", "regency__name")
    list_select_related = ("user", "regency__province")
    ordering = ("regency", "pk")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.filter(groups__name=OFFICER, is_active=True).order_by("email")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=_("province"), ordering="regency__province")
    def province(self, scope: OfficerScope) -> str:
        """The regency's province."""
        return str(scope.regency.province)


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    """Who belongs to which producer."""

    list_display = ("user", "producer", "role", "since")
    list_filter = ("role",)
    search_fields = ("user__email", "user__name", "producer__trade_name")
    list_select_related = ("user", "producer")
    ordering = ("-since", "pk")


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """Invitations sent, used and taken back."""

    list_display = ("email", "producer", "role", "created_at", "expires_at", "accepted_at", "revoked_at")
    list_filter = ("role",)
    search_fields = ("email", "producer__trade_name")
    list_select_related = ("producer",)
    ordering = ("-pk",)
