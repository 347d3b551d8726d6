"""The embassy's desk: Django's admin as one site for all staff, opened by what waits."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from allauth.account.adapter import get_adapter
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.http import signed_in
from kit.own_addresses import own_address

View = Callable[..., HttpResponseBase]


class MenuLink(NamedTuple):
    """A page of the desk in its menu."""

    label: object
    url: str
    is_current: bool


MENU = (  # name of the page, its label, the power that it needs
    ("admin:index", gettext_lazy("What waits"), ""),
    ("admin:review_queue", gettext_lazy("Review queue"), "catalog.review_revision"),
    ("admin:listing_markets", gettext_lazy("Market listings"), "markets.decide_listing"),
    ("admin:enquiries", gettext_lazy("Enquiries"), "inquiries.oversee_enquiry"),
    ("admin:unchecked_rules", gettext_lazy("Market rules"), "markets.keep_rule"),
    ("admin:collections", gettext_lazy("Collections"), "markets.curate_collection"),
    ("admin:campaign_list", gettext_lazy("Campaigns"), "promotion.run_campaign"),
    ("admin:document_list", gettext_lazy("Documents"), "promotion.make_document"),
    ("admin:certificates", gettext_lazy("Certificates"), "exporters.verify_certificate"),
    ("admin:request_queue", gettext_lazy("Buying requests"), "inquiries.decide_request"),
    ("admin:importer_list", gettext_lazy("Importers"), "inquiries.verify_importer"),
    ("admin:unmet_demand", gettext_lazy("Demand and search"), ""),
    ("admin:background_work", gettext_lazy("Background work"), "accounts.retry_letter"),
    ("admin:accounts_auditentry_changelist", gettext_lazy("Audit trail"), "accounts.view_auditentry"),
    ("admin:market_history", gettext_lazy("History"), "catalog.review_revision"),
    ("admin:tables", gettext_lazy("All tables"), ""),
)
PARTS_OF = {"admin:market_history": "admin:accounts_auditentry_changelist"}  # left out for who opens the whole


class DeskSite(admin.AdminSite):
    """The desk of missions and ministry. Visitors log in by the site's own page; who is not staff gets a 403."""

    site_header = gettext_lazy("Embassy desk")
    site_title = gettext_lazy("INA Access desk")
    index_title = gettext_lazy("What waits")
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Tables of libraries, too, write what is changed into our audit trail."""
        from accounts.audited_admin import AuditedAdmin

        stock = admin_class or admin.ModelAdmin
        if not issubclass(stock, AuditedAdmin):
            stock = type(stock.__name__, (AuditedAdmin, stock), {})
        super().register(model_or_iterable, stock, **options)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        from accounts import audit_admin, people_desk
        from inaaccess import background, erasure_desk
        from inquiries.admin import addresses as inquiries
        from markets.admin.addresses import PAGES
        from promotion.admin import addresses as promotion
        from webhooks import pages as webhooks

        people = (*people_desk.PAGES, *audit_admin.PAGES, *erasure_desk.PAGES)
        pages = (*people, *background.PAGES, *PAGES, *promotion.PAGES, *inquiries.PAGES, *webhooks.PAGES)
        own = [path(route, self.admin_view(view), name=view.__name__) for route, view in pages]
        return [path("tables/", self.admin_view(self.tables), name="tables"), *own, *super().get_urls()]

    def admin_view(self, view: View, cacheable: bool = False) -> View:  # type: ignore[override]
        """A page for staff only."""
        page = super().admin_view(view, cacheable)

        @wraps(page)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return page(request, *args, **kwargs)

        return guarded

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**super().each_context(request), "desk_menu": self.menu(request), "log_entries": ()}

    def menu(self, request: HttpRequest) -> list[MenuLink]:
        """The pages that this person may open."""
        if not self.has_permission(request):
            return []
        mine = {name: label for name, label, power in MENU if not power or request.user.has_perm(power)}
        links = [(reverse(name), label) for name, label in mine.items() if PARTS_OF.get(name) not in mine]
        home = links[0][0]
        return [
            MenuLink(label, url, request.path == url if url == home else request.path.startswith(url))
            for url, label in links
        ]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        from inquiries.admin import buying_requests, wanted
        from inquiries.admin.waiting import enquiries_waiting
        from markets.admin import waiting

        context = {
            **self.each_context(request),
            "title": self.index_title,
            "waiting": waiting.of(signed_in(request.user)),
            "buying_requests": buying_requests.waiting_for(signed_in(request.user)),
            "enquiries": enquiries_waiting(signed_in(request.user)),
            "wanted": wanted.leading(signed_in(request.user)),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/index.html", context)

    def tables(self, request: HttpRequest) -> HttpResponse:
        """Every table that the person may look into."""
        context = {**self.each_context(request), "title": _("All tables"), "app_list": self.get_app_list(request)}
        return TemplateResponse(request, "admin/tables.html", context)

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one log-in page for all; whoever is in already goes on to the desk."""
        wanted = own_address(request, request.GET.get("next", "")) or reverse("admin:index")
        if request.user.is_authenticated:
            if not self.has_permission(request):
                raise PermissionDenied
            return redirect(wanted)
        return redirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")

    login.login_required = False  # type: ignore[attr-defined]

    @method_decorator(require_POST)
    def logout(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The same as on the public pages."""
        get_adapter().logout(request)
        return redirect("home")

    def password_change(  # type: ignore[override]
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Passwords are changed on the account pages."""
        return redirect("account_change_password")
