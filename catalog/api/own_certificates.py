"""Renewing own certificates in the API: here, because the new one covers the same products."""

from __future__ import annotations

from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import signed_in
from accounts.repeats import KEY_PARAMETER, answer_once
from catalog.coverage import renew
from exporters.api import CertificateSerializer, OwnCertificateViewSet, RenewalSerializer, handed_in
from exporters.forms import CertificateForm


class OwnCertificateRenewal(OwnCertificateViewSet):
    """The certificate that follows one of one's own."""

    parameters: ClassVar = {"renew": (KEY_PARAMETER,)}

    @extend_schema(summary="Renew a certificate", request=RenewalSerializer, responses={201: CertificateSerializer})
    def renew(self, request: Request, pk: str) -> Response:
        """Covers the same products and waits for verification; the old one counts until its end and stays in history.

        Only a verified one, once: a second renewal is refused as `renewed_already`.
        """
        user, old = signed_in(request.user), self.get_own(request, pk)

        def work() -> object:
            form = CertificateForm(request.data, request.FILES, user=user, instance=old.renewal())
            return handed_in(form, renew, by=user)

        return answer_once(request, work)
