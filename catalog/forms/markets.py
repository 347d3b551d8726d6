"""Where the producer wants to sell, and which certificates apply."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.coverage import cover_product
from catalog.desk_rows import title_on_desk
from catalog.forms.step import StepForm
from catalog.models import Product, ProductRevision
from catalog.target_markets import target_market_choices
from exporters.models import Certificate, CertificateState


class CertificateChoices(forms.ModelMultipleChoiceField[Certificate]):
    """Certificates with their number and whether they count."""

    def label_from_instance(self, obj: Certificate) -> str:
        return f"{obj.type} · {obj.number} · {state_in_words(obj)}"


class MarketsForm(StepForm):
    """The fifth step. Markets are content of the revision; certificates apply to the product at once."""

    name: ClassVar[str] = "certificates"

    target_markets = forms.MultipleChoiceField(
        label=gettext_lazy("Target markets"),
        required=False,
        choices=target_market_choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("The mission of each market you choose reviews the product and may offer it there."),
    )
    certificates = CertificateChoices(
        Certificate.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Certificates that apply to this product"),
        help_text=gettext_lazy("Only verified certificates that have not run out give a badge. Takes effect at once."),
    )

    class Meta:
        model = ProductRevision
        fields = ["target_markets"]

    def add_fields(self) -> None:
        product = self.revision.product
        field = cast("CertificateChoices", self.fields["certificates"])
        covering = Q(coverages__product=product)
        usable = Certificate.objects.filter(Q(producer=product.producer_id) & (~Q(state="rejected") | covering))
        field.queryset = usable.select_related("type").distinct().order_by("type", "pk")
        self.initial["certificates"] = list(product.coverages.values_list("certificate", flat=True))
        self.has_certificates = bool(field.queryset)

    def save_parts(self, revision: ProductRevision) -> None:
        if "certificates" in self.cleaned_data and revision.saved_by is not None:
            cover_product(revision.product, self.cleaned_data["certificates"], by=revision.saved_by)


class CoversForm(forms.Form):
    """The products that one certificate applies to."""

    products = forms.ModelMultipleChoiceField(
        Product.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Products that this certificate applies to"),
    )

    def __init__(self, *args: Any, certificate: Certificate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelMultipleChoiceField[Product]", self.fields["products"])
        field.queryset = Product.objects.filter(producer=certificate.producer_id).for_desk().order_by("-pk")
        field.label_from_instance = title_on_desk  # type: ignore[method-assign,assignment]
        self.initial["products"] = list(certificate.coverages.values_list("product", flat=True))


def state_in_words(certificate: Certificate) -> str:
    """Verified until a day, waiting, rejected or run out."""
    if certificate.expires_on and certificate.is_expired():
        return _("ran out on %(day)s") % {"day": date_format(certificate.expires_on)}
    state = certificate.get_state_display()
    if certificate.state == CertificateState.VERIFIED and certificate.expires_on:
        return _("%(state)s, valid until %(day)s") % {"state": state, "day": date_format(certificate.expires_on)}
    return str(state)
