"""The producer's side of the API: who has one, and the certificates of one's producers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Protocol

from django.core.exceptions import ValidationError as DjangoValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import signed_in
from accounts.models import Scope, User
from accounts.permissions import HasScope
from accounts.repeats import KEY_PARAMETER, answer_once
from exporters import certificate_files
from exporters.forms import CertificateForm
from exporters.models import Certificate, CertificateState, Producer
from kit.api_fields import page_of
from kit.api_json import StrictMultiPartParser
from kit.api_views import PAGING, ApiViewSet, in_path, one_of, page_answer, query
from kit.keyset import Keyset
from kit.uploads import UploadRefused

if TYPE_CHECKING:
    from rest_framework.views import APIView

NEWEST_FIRST = Keyset("my certificates", [("pk", "desc")])
FILE: Final = {(200, kind): OpenApiTypes.BINARY for kind in ("application/pdf", "image/jpeg")}


class TakeIn(Protocol):
    def __call__(self, certificate: Certificate, file: UploadedFile[bytes], *, by: User) -> Certificate: ...


class WorksOnProducers(HasScope):
    """For members of producers and local officers who have some in their regencies."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        allowed = super().has_permission(request, view)
        return allowed and Producer.objects.editable_by(request.user).exists()


class DeskViewSet(ApiViewSet):
    """What those who work on a producer do."""

    permission_classes = [WorksOnProducers]
    scope: ClassVar[str | None] = Scope.DESK_WRITE
    path_parameters = (in_path("id", int),)


class CertificateSerializer(serializers.Serializer[Any]):
    """A certificate that a producer holds; its file is private."""

    id = serializers.IntegerField(source="pk")
    producer = serializers.IntegerField(source="producer_id")
    type = serializers.CharField(source="type_id")
    number = serializers.CharField()
    number_fits = serializers.SerializerMethodField(help_text="Does it look as numbers of its type do? null: not known")
    issuer = serializers.CharField()
    issued_on = serializers.DateField()
    expires_on = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(choices=CertificateState.choices)
    gives_badge = serializers.BooleanField(source="is_valid", help_text="Verified and unexpired")
    file_kind = serializers.CharField(help_text="pdf or picture")
    file_bytes = serializers.IntegerField()
    submitted_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    rejection = serializers.CharField(allow_blank=True, help_text="Why it was rejected, or its verification taken back")
    renews = serializers.IntegerField(source="renews_id", allow_null=True, help_text="The certificate that it follows")

    def get_number_fits(self, certificate: Certificate) -> bool | None:
        return certificate.type.fits(certificate.number)


class RenewalSerializer(serializers.Serializer[Any]):
    """The certificate that follows one: PDF, or a picture of it; at most 10 MB."""

    number = serializers.CharField(max_length=80)
    issuer = serializers.CharField(max_length=160)
    issued_on = serializers.DateField()
    expires_on = serializers.DateField(required=False)
    file = serializers.FileField()


class CertificateUploadSerializer(RenewalSerializer):
    """A new certificate: PDF, or a picture of it; at most 10 MB."""

    producer = serializers.IntegerField(required=False, help_text="May be left out by who works on one")
    type = serializers.CharField(max_length=20)


class OwnCertificateViewSet(DeskViewSet):
    """Certificates of one's producers."""

    parser_classes = [StrictMultiPartParser]
    parameters: ClassVar = {
        "list": (query("state", str, enum=CertificateState.values), *PAGING),
        "create": (KEY_PARAMETER,),
    }

    @extend_schema(summary="My certificates", responses=page_of(CertificateSerializer))
    def list(self, request: Request) -> Response:
        """Newest first."""
        rows = self._own(request)
        if state := one_of(request, "state", CertificateState.values):
            rows = rows.filter(state=state)
        return page_answer(request, NEWEST_FIRST, rows.select_related("type"), certificates)

    @extend_schema(summary="One of my certificates", responses=CertificateSerializer)
    def retrieve(self, request: Request, pk: str) -> Response:
        """Its facts; the file has its own address."""
        return Response(CertificateSerializer(self.get_own(request, pk)).data)

    @extend_schema(
        summary="Upload a certificate", request=CertificateUploadSerializer, responses={201: CertificateSerializer}
    )
    def create(self, request: Request) -> Response:
        """It waits for verification. Judged by the form of the page."""
        user = signed_in(request.user)
        asked: Any = request.data.copy()
        only = list(Producer.objects.editable_by(user)[:2])
        if "producer" not in asked and len(only) == 1:
            asked["producer"] = str(only[0].pk)
        form = CertificateForm(asked, request.FILES, user=user)
        return answer_once(request, lambda: handed_in(form, certificate_files.take_in, by=user))

    @extend_schema(summary="Take a certificate back", responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Only one that is not verified."""
        self.get_own(request, pk).remove(by=signed_in(request.user))
        return Response(status=204)

    @extend_schema(summary="The file of a certificate", responses=FILE)
    def file(self, request: Request, pk: str) -> HttpResponseBase:
        """The private file; each download is in the audit trail."""
        return certificate_files.download(self.get_own(request, pk), by=signed_in(request.user))

    def get_own(self, request: Request, pk: str) -> Certificate:
        """A certificate of one's own, else 404."""
        return get_object_or_404(self._own(request).select_related("type", "producer"), pk=int(pk))

    def _own(self, request: Request) -> QuerySet[Certificate]:
        return Certificate.objects.editable_by(request.user)


def certificates(rows: list[Certificate]) -> list[Any]:
    """Certificates as CertificateSerializer describes them."""
    return list(CertificateSerializer(rows, many=True).data)


def handed_in(form: CertificateForm, take_in: TakeIn, *, by: User) -> Any:
    """The certificate of a form, kept by `take_in`, as CertificateSerializer describes it. Raises ValidationError."""
    if not form.is_valid():
        raise ValidationError({name: [str(one) for one in errors] for name, errors in form.errors.items()})
    file = form.upload()
    try:
        certificate = take_in(form.save(commit=False), file, by=by)
    except UploadRefused as refusal:
        raise ValidationError({"file": [refusal.sentence(file.name or "")]}) from refusal
    except DjangoValidationError as error:
        raise ValidationError({"expires_on": error.messages}) from error
    return CertificateSerializer(certificate).data
