"""Importers in the API: one's own company, and those that staff look up."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from django.db.models import Q
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import audit
from accounts.http import signed_in
from accounts.models import Scope
from accounts.permissions import HasPower, HasScope
from accounts.repeats import KEY_PARAMETER, answer_once, done_once
from inquiries.api.own import OwnViewSet
from inquiries.completeness import completeness_of
from inquiries.forms.importers import OF_COMPANY, CompanyFields, ImporterProfileForm, UnverifyForm, VerifyForm
from inquiries.models import Importer
from inquiries.models.importer import LONGEST_NOTE, MOST_CHOSEN
from inquiries.models.importer_words import ImporterQuerySet
from inquiries.scope import importers_seen_by
from inquiries.tax_numbers import LONGEST, doubt_about
from kit.api_fields import page_of
from kit.api_views import PAGING, ApiViewSet, in_path, one_of, page_answer, query
from kit.countries import NAMES
from kit.keyset import Keyset
from kit.languages import CONTENT_LANGUAGES

NEWEST_FIRST: Final = Keyset("importers of the api", [("pk", "desc")])
COMPANY: Final = {
    "company": "Calzados del Sur SpA",
    "country": "CL",
    "tax_number": "76.123.456-0",
    "website": "https://www.calzadosdelsur.cl/",
    "buys_categories": ["sandals-flip-flops"],
    "buys_hs": ["6402", "640299"],
    "languages": ["es", "en"],
}


class CompanySerializer(serializers.Serializer[Any]):
    """What an importer says about their company."""

    company = serializers.CharField(max_length=160)
    country = serializers.CharField(max_length=2, help_text="ISO 3166-1 alpha-2")
    tax_number = serializers.CharField(max_length=LONGEST, allow_blank=True, help_text="As the country writes it")
    website = serializers.CharField(max_length=200, allow_blank=True)
    buys_categories = serializers.ListField(
        child=serializers.SlugField(), max_length=MOST_CHOSEN, help_text="Of the catalogue"
    )
    buys_hs = serializers.ListField(
        child=serializers.CharField(), max_length=MOST_CHOSEN, help_text="2, 4 or 6 digits of HS 2022"
    )
    languages = serializers.ListField(child=serializers.ChoiceField(choices=CONTENT_LANGUAGES))
    version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


class NewCompanySerializer(CompanySerializer):
    """A company that is added to an account; all but two facts may be left for later."""

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        del fields["version"]
        for name in OF_COMPANY[2:]:
            fields[name].required = False
        return fields


class CompanyChangeSerializer(CompanySerializer):
    """What is to be changed of it; what is left out stays."""

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for name in OF_COMPANY:
            fields[name].required = False
        return fields


class OwnImporterSerializer(CompanySerializer):
    """One's own company."""

    is_verified = serializers.BooleanField(help_text="Did staff look the company up?")
    verified_at = serializers.DateTimeField(allow_null=True)
    verified_mission = serializers.CharField(
        source="verified_mission.code", default=None, allow_null=True, help_text="null: the ministry, or not verified"
    )
    completeness = serializers.SerializerMethodField(help_text="Percent")
    tax_number_doubt = serializers.SerializerMethodField(help_text="A sentence where it looks unusual; it counts")

    def get_completeness(self, importer: Importer) -> int:
        return completeness_of(importer).percent

    def get_tax_number_doubt(self, importer: Importer) -> str:
        return doubt_about(importer.country, importer.tax_number)


class ImporterSerializer(OwnImporterSerializer):
    """A company for the staff who look it up."""

    id = serializers.IntegerField(source="pk")
    verify_note = serializers.CharField(allow_blank=True, help_text="How it was checked, for the staff")
    created_at = serializers.DateTimeField()


class ImporterRowSerializer(serializers.Serializer[Any]):
    """A company in the list; its tax number and the staff's note stand at its own address, where reading is logged."""

    id = serializers.IntegerField(source="pk")
    company = serializers.CharField()
    country = serializers.CharField(help_text="ISO 3166-1 alpha-2")
    website = serializers.CharField(allow_blank=True)
    is_verified = serializers.BooleanField(help_text="Did staff look the company up?")
    verified_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()


class VerifySerializer(serializers.Serializer[Any]):
    """How the company was checked."""

    note = serializers.CharField(max_length=LONGEST_NOTE, help_text="For the staff; without names of persons")
    seen_version = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


class UnverifySerializer(serializers.Serializer[Any]):
    """Why the verification is taken back."""

    why = serializers.CharField(max_length=LONGEST_NOTE, help_text="In the importer's language")


class OwnImporterViewSet(OwnViewSet):
    """One's own company."""

    parameters: ClassVar = {"create": (KEY_PARAMETER,)}

    def get_permissions(self) -> Any:
        return [HasScope()] if self.action == "create" else super().get_permissions()

    @extend_schema(
        summary="Add my company",
        request=NewCompanySerializer,
        responses={201: OwnImporterSerializer},
        examples=[OpenApiExample("A company", {"company": "Calzados del Sur SpA", "country": "CL"}, request_only=True)],
    )
    def create(self, request: Request) -> Response:
        """Makes an importer of an account without a company, a producer's member for example. Judged like the form.

        The same facts again are no error; other ones are a 409 (`company_exists`), staff get one (`official_account`).
        """
        sent = _sent(NewCompanySerializer, request)
        form = CompanyFields(_as_form({**sent, "buys_hs": sent.get("buys_hs", [])}))
        _refuse_wrong(form)
        person = signed_in(request.user)
        return answer_once(request, lambda: OwnImporterSerializer(Importer.add_company(form.said(), by=person)).data)

    @extend_schema(summary="My company", responses=OwnImporterSerializer)
    def retrieve(self, request: Request) -> Response:
        """What producers and missions read of it, and the tax number, which only missions read."""
        return Response(OwnImporterSerializer(self.importer(request)).data)

    @extend_schema(
        summary="Change my company",
        request=CompanyChangeSerializer,
        responses=OwnImporterSerializer,
        examples=[OpenApiExample("What it buys", {"version": 1, "buys_hs": ["6402", "640299"]}, request_only=True)],
    )
    def partial_update(self, request: Request) -> Response:
        """Only what is sent changes; `version` is the one that you saw. Judged by the form of the page.

        Another name, country or tax number ends the verification.
        """
        importer, sent = self.importer(request), _sent(CompanyChangeSerializer, request)
        said = {name: sent.get(name, getattr(importer, name)) for name in OF_COMPANY}
        form = ImporterProfileForm(_as_form({**said, "seen_version": sent["version"]}))
        _refuse_wrong(form)
        changes = {name: value for name, value in form.said().items() if name in sent}
        importer.edit(changes, by=signed_in(request.user), seen_version=sent["version"])
        return self.retrieve(request)


class ImporterViewSet(ApiViewSet):
    """Importers of one's markets."""

    permission_classes = [HasPower]
    power: ClassVar = "inquiries.verify_importer"
    scope: ClassVar[str | None] = Scope.INQUIRIES_WRITE
    path_parameters = (in_path("id", int),)
    parameters: ClassVar = {
        "list": (
            query("verified", str, enum=["yes", "no"]),
            query("country", description="ISO 3166-1 alpha-2"),
            query("q", description="Part of the name, the tax number or the website"),
            *PAGING,
        )
    }

    @extend_schema(summary="Importers to look up", responses=page_of(ImporterRowSerializer))
    def list(self, request: Request) -> Response:
        """Newest first; without `verified` all."""
        rows = self._in_scope(request)
        if wanted := one_of(request, "verified", ["yes", "no"]):
            rows = rows.verified() if wanted == "yes" else rows.unverified()
        if country := one_of(request, "country", NAMES):
            rows = rows.filter(country=country)
        if text := request.query_params.get("q", "")[:80]:
            rows = rows.filter(Q(company__icontains=text) | Q(tax_number__icontains=text) | Q(website__icontains=text))
        return page_answer(request, NEWEST_FIRST, rows, lambda page: list(ImporterRowSerializer(page, many=True).data))

    @extend_schema(summary="One importer", responses=ImporterSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """What the company says about itself; each reading is in the audit trail."""
        importer = self._get(request, pk)
        audit.record("read", importer, by=signed_in(request.user))
        return Response(ImporterSerializer(importer).data)

    @extend_schema(
        summary="Verify",
        request=VerifySerializer,
        responses={200: ImporterSerializer},
        examples=[
            OpenApiExample(
                "In the register", {"note": "In the register of companies.", "seen_version": 1}, request_only=True
            )
        ],
    )
    @done_once
    def verify(self, request: Request, pk: str) -> Response:
        """Producers read from now on that the mission checked the company. `seen_version` is the one you looked at."""
        importer, form = self._get(request, pk), VerifyForm(_sent(VerifySerializer, request))
        _refuse_wrong(form)
        importer.verify(by=signed_in(request.user), **form.cleaned_data)
        return Response(ImporterSerializer(self._get(request, pk)).data)

    @extend_schema(summary="Take a verification back", request=UnverifySerializer, responses={200: ImporterSerializer})
    @done_once
    def unverify(self, request: Request, pk: str) -> Response:
        """With the reason, which the importer is told."""
        importer, form = self._get(request, pk), UnverifyForm(_sent(UnverifySerializer, request))
        _refuse_wrong(form)
        importer.unverify(by=signed_in(request.user), **form.cleaned_data)
        return Response(ImporterSerializer(self._get(request, pk)).data)

    def _in_scope(self, request: Request) -> ImporterQuerySet:
        return importers_seen_by(request.user)

    def _get(self, request: Request, pk: str) -> Importer:
        return get_object_or_404(self._in_scope(request).select_related("verified_mission"), pk=int(pk))


def _sent(serializer: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    """What was sent, of the right kinds. Raises ValidationError."""
    asked = serializer(data=request.data)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)


def _refuse_wrong(form: Any) -> None:
    """Raise what a form found wrong as a ValidationError."""
    if not form.is_valid():
        raise ValidationError({name: [str(one) for one in errors] for name, errors in form.errors.items()})


def _as_form(said: dict[str, Any]) -> dict[str, Any]:
    """These facts as a browser sends them."""
    return {**said, "buys_hs": ", ".join(said["buys_hs"])}
