"""Which certificates apply to which products. Outside the revision: it takes effect at once, without a new approval."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts import audit
from accounts.models import User
from catalog.indexing import reindex
from catalog.models import CertificateCoverage, Product
from exporters import certificate_files
from exporters.models import Certificate
from kit.uploads import delete_document


def cover_product(product: Product, certificates: Iterable[Certificate], *, by: User) -> None:
    """Let exactly these certificates of its producer apply to the product."""
    wanted = {certificate.pk for certificate in certificates if certificate.producer_id == product.producer_id}
    with transaction.atomic():
        product.lock()
        present = set(product.coverages.values_list("certificate", flat=True))
        _change({(certificate, product.pk) for certificate in wanted - present}, present - wanted, product, by=by)


def cover_products(certificate: Certificate, products: Iterable[Product], *, by: User) -> None:
    """Let the certificate apply to exactly these products of its producer."""
    wanted = {product.pk for product in products if product.producer_id == certificate.producer_id}
    with transaction.atomic():
        certificate.lock()
        present = set(certificate.coverages.values_list("product", flat=True))
        _change({(certificate.pk, product) for product in wanted - present}, present - wanted, certificate, by=by)


def renew(certificate: Certificate, file: UploadedFile[bytes], *, by: User) -> Certificate:
    """Hand in a certificate that renews another one (`Certificate.renewal`) for the same products. The old one stays.

    Raises what exporters.certificate_files.take_in raises, and ValidationError when somebody renewed it meanwhile.
    """
    old = certificate.renews
    if old is None:
        raise ValueError("It renews nothing.")
    with transaction.atomic():
        old.lock()
        certificate_files.take_in(certificate, file, by=by)
        covered = old.coverages.values_list("product", flat=True)
        try:
            cover_products(certificate, Product.objects.filter(pk__in=covered), by=by)
            audit.record("renew", old, by=by, why=f"{certificate.type_id} {certificate.pk}")
        except BaseException:
            delete_document(certificate.file_path)
            raise
    return certificate


def _change(added: set[tuple[int, int]], dropped: set[int], holder: Product | Certificate, *, by: User) -> None:
    """Write the new pairs, drop those whose other end is in `dropped`, tell the audit trail and the search rows."""
    if not added and not dropped:
        return
    other = "certificate" if isinstance(holder, Product) else "product"
    CertificateCoverage.objects.bulk_create(
        [CertificateCoverage(certificate_id=certificate, product_id=product) for certificate, product in added],
        ignore_conflicts=True,
    )
    holder.coverages.filter(**{f"{other}__in": dropped}).delete()
    audit.record("cover", holder, by=by, why=f"+{len(added)} −{len(dropped)}")
    reindex({holder.pk} if isinstance(holder, Product) else dropped | {product for _certificate, product in added})
