"""What people may write about markets; the desk and the API use the same forms."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from catalog.commodities import hs_digits
from catalog.models import HSCode, Product
from kit.contacts import MAX_URL_LENGTH
from kit.text import clean_name
from markets import scope
from markets.models import MarketRule


class HSPrefixField(forms.CharField):
    """A chapter, heading or subheading of HS 2022, dotted or not; empty: all goods."""

    def prepare_value(self, value: Any) -> Any:
        return value.pk if isinstance(value, HSCode) else value

    def clean(self, value: Any) -> HSCode | None:
        text = super().clean(value)
        if not text:
            return None
        found = HSCode.objects.filter(pk=hs_digits(text)).first()
        if found is None:
            raise ValidationError(_("There is no such code of 2, 4 or 6 digits in HS 2022."), code="hs_unknown")
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(initial or "") != hs_digits(str(data or ""))


class ProductSlugField(forms.CharField):
    """A public product by the last part of its address; empty: none. `present` stays, whatever became of it."""

    present: Product | None = None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):  # the key, as a model form gives it
            return Product.objects.filter(pk=value).values_list("slug", flat=True).first() or ""
        return value

    def clean(self, value: Any) -> Product | None:
        text = super().clean(value).strip().strip("/").rsplit("/", 1)[-1]
        if not text:
            return None
        if self.present is not None and text == self.present.slug:
            return self.present
        found = Product.objects.published().filter(slug=text).first()
        if found is None:
            raise ValidationError(_("There is no public product at this address."), code="product_unknown")
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "").strip()


class RuleForm(forms.ModelForm[MarketRule]):
    """A rule of a market; only of the markets that `keeper` keeps."""

    keeper: ClassVar[User | None] = None

    hs = HSPrefixField(
        label=_("HS code"),
        help_text=_("2, 4 or 6 digits. Empty: all goods. The longest code wins."),
        max_length=12,
        required=False,
    )
    product = ProductSlugField(
        label=_("only this product"),
        help_text=_("An exception for one product: the last part of its address. It wins over every HS code."),
        max_length=200,
        required=False,
    )
    source_url = forms.URLField(
        label=_("link to the source"),
        help_text=_("A public address that begins with https://."),
        max_length=MAX_URL_LENGTH,
        assume_scheme="https",
        required=False,
    )

    class Meta:
        model = MarketRule
        fields = (
            "market", "kind", "hs", "product", "text", "source_title", "source_url", "checked_on", "valid_until",
        )  # fmt: skip
        help_texts = {
            "source_title": _("The law, decree or page with its number, as its publisher calls it."),
            "checked_on": _("The day on which you compared the text with its source. Empty: nobody has yet."),
            "valid_until": _("The last day on which it holds. Empty: open."),
        }

    @classmethod
    def for_keeper(cls, keeper: User) -> type[RuleForm]:
        """The form as this person fills it."""
        return type("RuleForm", (cls,), {"keeper": keeper, "Meta": cls.Meta})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product"].present = self.instance.product  # type: ignore[attr-defined]
        if self.keeper is not None:
            self.fields["market"].queryset = scope.markets_to_decide(self.keeper)  # type: ignore[attr-defined]

    def clean_source_title(self) -> str:
        """In one line, without hidden characters."""
        return clean_name(self.cleaned_data["source_title"])

    def clean_checked_on(self) -> Any:
        """Never ahead, wherever the reader's day stands."""
        day = self.cleaned_data["checked_on"]
        if day is not None and day > max(timezone.now().date(), timezone.localdate()):
            raise ValidationError(_("A check cannot be in the future."), code="future")
        return day
