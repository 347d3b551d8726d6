"""Market rules: the table, the form, "checked today", and what nobody has checked yet in order of demand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest, signed_in
from accounts.staff_admin import DeskAdmin
from kit.languages import CONTENT_LANGUAGES, pick
from kit.templatetags.kit_parts import badge
from markets import scope
from markets.admin.page import desk_page
from markets.clearance import BADGES, about
from markets.forms import RuleForm
from markets.models import MarketRule, RuleStanding
from markets.unchecked import MOST_ROWS, unchecked_pairs

KEEP = "markets.keep_rule"


class StandingFilter(admin.SimpleListFilter):
    """How far rules may be relied on today."""

    title = gettext_lazy("standing")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, Any]]:
        return RuleStanding.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[MarketRule]) -> QuerySet[MarketRule]:
        value = self.value()
        if value not in RuleStanding.values:
            return queryset
        return queryset.filter(pk__in=MarketRule.objects.standing(str(value)).values("pk"))


@admin.register(MarketRule)
class MarketRuleAdmin(DeskAdmin):
    """Rules of the markets in scope; the verbs of the model write, and write the trail."""

    change_form_template = "admin/rule.html"
    change_list_template = "admin/rule_list.html"
    form = RuleForm
    fields = (
        ("market", "kind"),
        ("hs", "product"),
        "text",
        "source_title",
        "source_url",
        ("checked_on", "valid_until"),
    )
    list_display = ("brief", "market", "kind", "goods", "stands", "checked_on", "valid_until")
    list_filter = (StandingFilter, "kind", ("market", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("market", "product")
    search_fields = ("hs__code", "source_title", *(f"text__{language}" for language in CONTENT_LANGUAGES))
    ordering = ("market", "kind", "hs", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[MarketRule]:
        return MarketRule.objects.filter(market__in=scope.markets_to_decide(request.user))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(KEEP)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(KEEP)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(KEEP)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change, form=RuleForm.for_keeper(signed_in(request.user)), **kwargs)

    def save_model(self, request: HttpRequest, obj: MarketRule, form: Any, change: bool) -> None:
        obj.keep(by=signed_in(request.user))

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The verb has written it."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """The verb has written it."""

    @admin.display(description=gettext_lazy("rule in brief"))
    def brief(self, rule: MarketRule) -> str:
        """The beginning of its text."""
        text = pick(rule.text).text
        return text if len(text) <= 80 else f"{text[:79]}…"

    @admin.display(description=gettext_lazy("goods"), ordering="hs")
    def goods(self, rule: MarketRule) -> str:
        """What it is about."""
        return str(rule.product) if rule.product else about(rule)

    @admin.display(description=gettext_lazy("standing"))
    def stands(self, rule: MarketRule) -> str:
        """How far it may be relied on today."""
        standing = rule.standing()
        return badge(standing.label, BADGES[standing])


@require_POST
@permission_required(KEEP, raise_exception=True)
def rule_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """The source still states the same: checked today."""
    rules = MarketRule.objects.filter(market__in=scope.markets_to_decide(request.user))
    rule = get_object_or_404(rules, pk=pk)
    rule.confirm(by=request.user)
    messages.success(request, _("The rule was checked today."))
    return redirect("admin:markets_marketrule_change", pk)


@require_safe
@permission_required(KEEP, raise_exception=True)
def unchecked_rules(request: SignedInRequest) -> HttpResponse:
    """Markets and HS headings with public products about which nobody checked something, the most wanted first."""
    markets = {market.pk: str(market) for market in scope.markets_to_decide(request.user)}
    market = request.GET.get("market", "")
    market = market if market in markets else ""
    pairs = unchecked_pairs([market] if market else list(markets))
    context = {
        "title": _("Not checked yet"),
        "market": market,
        "markets": sorted(markets.items(), key=lambda one: one[1].casefold()),
        "rows": [(markets[pair.market], pair) for pair in pairs[:MOST_ROWS]],
        "total": len(pairs),
        "most": MOST_ROWS,
    }
    return desk_page(request, "unchecked_rules", context)
