"""Collections in the API: public to read, and written by those who curate their markets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Final

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.http import signed_in
from accounts.models import Scope, Token, User
from accounts.permissions import HasPower, PublicRead
from accounts.repeats import KEY_PARAMETER, answer_once
from catalog.api.listed import Told
from kit.api_fields import ErrorSerializer, page_of
from kit.api_views import PAGING, ApiViewSet, in_path, one_of, page_answer, query
from kit.keyset import Keyset
from kit.text import clean_text
from markets.api.collection_fields import (
    ArchiveSerializer,
    ChangeCollectionSerializer,
    CollectionListedSerializer,
    CollectionSerializer,
    PreviewSerializer,
    StartCollectionSerializer,
    collection_told,
    collections_told,
    content,
    places,
)
from markets.collection_showing import with_faces
from markets.models import Collection, CollectionState, Market, Mission
from markets.preview_links import preview_url

WRITES: Final = ("create", "partial_update", "publish", "archive", "reopen", "share", "unshare")
NEWEST_FIRST: Final = Keyset("collections", [("pk", "desc")])
DRAFT_EXAMPLE: Final = OpenApiExample(
    "Sandals for Chile",
    {"title": {"en": "Sandals for the summer", "es": "Sandalias para el verano"}, "market": "CL"},
    request_only=True,
)
CHANGE_EXAMPLE: Final = OpenApiExample(
    "Text and products",
    {
        "version": 1,
        "introduction": {"en": "Small orders from 200 pairs.", "es": "Pedidos pequeños desde 200 pares."},
        "ends_on": "2027-02-28",
        "items": [
            {"product": "leather-sandals-12", "note": {"es": "Con tiras de batik"}},
            {"product": "rubber-slippers-31"},
        ],
    },
    request_only=True,
)


class Over(APIException):
    """Its period has ended, or its mission took it back."""

    status_code = 410
    default_code = "collection_over"
    default_detail = _("This collection is over.")


class CollectionViewSet(ApiViewSet):
    """Collections; with the power to curate also those of one's markets that are not public."""

    permission_classes = [PublicRead]
    power: ClassVar = "markets.curate_collection"
    max_age = 60
    path_parameters = (in_path("slug"),)
    parameters: ClassVar = {
        "list": (
            query("market", description="For this market or for all: ISO 3166-1 alpha-2"),
            query("state", str, enum=CollectionState.values, description="For curators: of one's own markets."),
            *PAGING,
        ),
        **dict.fromkeys(WRITES, (KEY_PARAMETER,)),
    }

    @property
    def is_for_curators(self) -> bool:
        """Does the call write, or ask for what is not public?"""
        return self.request.method not in SAFE_METHODS or "state" in self.request.GET

    @property
    def scope(self) -> str:
        """Of the token: to read, or to curate."""
        return Scope.MARKETS_WRITE if self.is_for_curators else Scope.CATALOGUE_READ

    def get_permissions(self) -> list[BasePermission]:
        """Everybody reads what is public; the rest is for curators."""
        return [HasPower() if self.is_for_curators else PublicRead()]

    @extend_schema(summary="Collections", responses=page_of(CollectionListedSerializer))
    def list(self, request: Request) -> Response:
        """Public ones, newest first. With `state`, those that you curate in that state."""
        rows = Collection.objects.public()
        if state := one_of(request, "state", CollectionState.values):
            rows = Collection.objects.editable_by(signed_in(request.user)).filter(state=state)
        if market := one_of(request, "market", Market.objects.values_list("pk", flat=True)):
            rows = rows.for_market(market)
        order = NEWEST_FIRST if not state else Keyset(f"collections {state}", [("pk", "desc")])
        return page_answer(request, order, with_faces(rows), collections_told)

    @extend_schema(
        summary="One collection",
        responses={200: CollectionSerializer, 410: OpenApiResponse(ErrorSerializer, "It was public and is over")},
    )
    def retrieve(self, request: Request, slug: str) -> Response:
        """With its products in their order."""
        rows = Collection.objects.visible_to(request.user) if self._may_curate(request) else Collection.objects.public()
        row = with_faces(rows).filter(slug=slug).first()
        if row is None:
            get_object_or_404(Collection.objects.over(), slug=slug)
            raise Over
        return Response(self._told(row, request))

    @extend_schema(
        summary="Begin a collection",
        request=StartCollectionSerializer,
        responses={201: CollectionSerializer},
        examples=[DRAFT_EXAMPLE],
    )
    def create(self, request: Request) -> Response:
        """A draft, for a market of one's own. Without `mission` the first of one's own that covers the market."""
        user, asked = signed_in(request.user), _asked(StartCollectionSerializer, request)

        def start() -> Told:
            place = {"market": None, **places({"market": asked.get("market"), **asked}, user)}
            place.setdefault("mission", _own_mission(user, place["market"]))
            made = Collection.objects.start(by=user, title=asked["title"], **place)
            return self._read(made, request)

        return answer_once(request, start)

    @extend_schema(
        summary="Change a collection",
        request=ChangeCollectionSerializer,
        responses={200: CollectionSerializer},
        examples=[CHANGE_EXAMPLE],
    )
    def partial_update(self, request: Request, slug: str) -> Response:
        """Of a public one the change is public at once. Refused as `collection_moved` when `version` is not the present
        one: read it again."""
        self._get(request, slug)  # what is not one's own is not there, whatever was sent
        user, asked = signed_in(request.user), _asked(ChangeCollectionSerializer, request)
        version = asked.pop("version")

        def change(collection: Collection) -> None:
            collection.rewrite(by=user, seen_version=version, **content(asked, user, collection))

        return self._act(request, slug, change)

    @extend_schema(summary="Publish", request=None, responses={200: CollectionSerializer})
    def publish(self, request: Request, slug: str) -> Response:
        """Refused as `english_missing` or `collection_empty` while it is not ready."""
        return self._act(request, slug, lambda one: one.publish(by=signed_in(request.user)))

    @extend_schema(summary="Archive", request=ArchiveSerializer, responses={200: CollectionSerializer})
    def archive(self, request: Request, slug: str) -> Response:
        """Its address answers 410 from now on."""
        self._get(request, slug)
        why = clean_text(_asked(ArchiveSerializer, request).get("why", ""))
        return self._act(request, slug, lambda one: one.archive(by=signed_in(request.user), why=why))

    @extend_schema(summary="Publish an archived one again", request=None, responses={200: CollectionSerializer})
    def reopen(self, request: Request, slug: str) -> Response:
        """Under its old address."""
        return self._act(request, slug, lambda one: one.reopen(by=signed_in(request.user)))

    @extend_schema(summary="Make a preview link", request=None, responses={200: PreviewSerializer})
    def share(self, request: Request, slug: str) -> Response:
        """For 14 days, to who has no account; the link before it ends."""

        def share() -> Told:
            collection = self._get(request, slug)
            collection.share(by=signed_in(request.user))
            return {"preview_url": preview_url(collection), "preview_until": collection.preview_until}

        return answer_once(request, share, status=200)

    @extend_schema(summary="End the preview link", request=None, responses={200: CollectionSerializer})
    def unshare(self, request: Request, slug: str) -> Response:
        """Whoever has it is told that it has ended."""
        return self._act(request, slug, lambda one: one.unshare(by=signed_in(request.user)))

    def _act(self, request: Request, slug: str, verb: Callable[[Collection], None]) -> Response:
        """Call the verb once, and tell how the collection stands."""

        def act() -> Told:
            collection = self._get(request, slug)
            verb(collection)
            return self._read(collection, request)

        return answer_once(request, act, status=200)

    def _get(self, request: Request, slug: str) -> Collection:
        return get_object_or_404(Collection.objects.editable_by(request.user), slug=slug)

    def _read(self, collection: Collection, request: Request) -> Told:
        return self._told(with_faces(Collection.objects.filter(pk=collection.pk)).get(), request)

    def _told(self, row: Any, request: Request) -> Told:
        own = Collection.objects.editable_by(request.user).filter(pk=row.pk)
        return collection_told(row, is_curator=self._may_curate(request) and own.exists())

    def _may_curate(self, request: Request) -> bool:
        """The power, and a token that has the scope: one that only reads the catalogue sees what everybody sees."""
        has_scope = not isinstance(request.auth, Token) or Scope.MARKETS_WRITE in request.auth.scopes
        return has_scope and request.user.has_perm(self.power)


def _own_mission(user: User, market: Market | None) -> Mission | None:
    """The first mission of `user` that covers the market; None: the ministry's."""
    if market is None:
        return None
    return Mission.objects.of_staff(user).filter(accreditations__market=market).order_by("pk").first()


def _asked(kind: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    asked = kind(data=request.data)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)
