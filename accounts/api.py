"""The API's way in: a token for e-mail and password, and one's own tokens."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.mfa.base.internal.flows import check_rate_limit
from django.core.exceptions import ValidationError as DjangoValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import factors
from accounts.http import signed_in
from accounts.models import Scope, Token, User
from accounts.permissions import Anybody, HasScope
from accounts.ratelimit import TooMany
from kit.api_views import ApiView, ApiViewSet, in_path
from kit.text import clean_name

WAIT_SECONDS: Final = 15 * 60


class WrongCredentials(APIException):
    """No token for these words. The answer says no more."""

    status_code = 401
    default_code = "wrong_credentials"
    default_detail = _lazy("E-mail or password is wrong, or the address is not confirmed yet.")


class CodeWrong(APIException):
    """The password was right; the second factor is missing, was wrong, or was used already."""

    status_code = 401
    default_code = "otp_required"
    default_detail = _lazy("Send a code of your authenticator app, or a recovery code, as “otp”. Each works once.")


class FactorMissing(APIException):
    """Staff who have no second factor yet get no token."""

    status_code = 403
    default_code = "second_factor_missing"
    default_detail = _lazy("Your work needs a second factor: sign in on the site and set one up first.")


class TokenRequestSerializer(serializers.Serializer[Any]):
    """Who asks for a token, and for what. Without `scopes` it may do all that its holder may."""

    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(max_length=4096, trim_whitespace=False, write_only=True)
    otp = serializers.CharField(
        max_length=20,
        required=False,
        allow_blank=True,
        write_only=True,
        help_text="A code of your authenticator app or a recovery code, where your account has a second factor.",
    )
    name = serializers.CharField(max_length=80, required=False, default="API")
    scopes = serializers.ListField(
        child=serializers.ChoiceField(choices=Scope.choices), required=False, allow_empty=False
    )


class IssuedTokenSerializer(serializers.Serializer[Any]):
    """The token, told this once."""

    token = serializers.CharField()
    expires_at = serializers.DateTimeField()
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices))


class TokenSerializer(serializers.Serializer[Token]):
    """A token of one's own, without its secret."""

    id = serializers.CharField(source="short_id")
    name = serializers.CharField()
    scopes = serializers.ListField(child=serializers.ChoiceField(choices=Scope.choices))
    created_at = serializers.DateTimeField(source="created")
    expires_at = serializers.DateTimeField(source="expiry")
    last_used_at = serializers.DateTimeField(allow_null=True)
    is_current = serializers.SerializerMethodField()

    def get_is_current(self, token: Token) -> bool:
        return bool(self.context.get("current") == token)


class TokenObtainView(ApiView):
    """Trades e-mail and password for a token."""

    permission_classes = [Anybody]
    authentication_classes = []
    scope: ClassVar[str | None] = None

    @extend_schema(
        operation_id="auth_token",
        summary="Get a token",
        request=TokenRequestSerializer,
        responses={201: IssuedTokenSerializer},
        examples=[
            OpenApiExample(
                "A token for the producer's desk",
                {"email": "producer@demo.test", "password": "…", "name": "Stock", "scopes": ["desk:write"]},
                request_only=True,
            )
        ],
    )
    def post(self, request: Request) -> Response:
        """The answer is the same for an unknown address, a wrong password and an address not yet confirmed."""
        asked = TokenRequestSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        user = _person(request, asked.validated_data["email"], asked.validated_data["password"])
        with_factor = _passes_factor(user, asked.validated_data.get("otp", ""))
        scopes = sorted(set(asked.validated_data.get("scopes", Scope.values)), key=Scope.values.index)
        name = clean_name(asked.validated_data["name"]) or "API"
        token, words = Token.objects.issue(user, name=name, scopes=scopes, with_factor=with_factor)
        return Response({"token": words, "expires_at": token.expiry, "scopes": scopes}, status=201)


class TokenViewSet(ApiViewSet):
    """One's own tokens."""

    permission_classes = [HasScope]
    scope: ClassVar[str | None] = Scope.TOKENS_WRITE
    path_parameters = (in_path("id", OpenApiTypes.STR, "As the list tells it."),)

    @extend_schema(summary="My tokens", responses=TokenSerializer(many=True))
    def list(self, request: Request) -> Response:
        """At most five."""
        tokens = Token.objects.live().filter(user=signed_in(request.user))
        return Response(TokenSerializer(tokens, many=True, context={"current": request.auth}).data)

    @extend_schema(summary="Revoke a token", responses={204: None})
    def destroy(self, request: Request, id: str) -> Response:
        """It ends at once."""
        user = signed_in(request.user)
        get_object_or_404(Token.objects.filter(user=user), digest__startswith=id).revoke(by=user)
        return Response(status=204)


class CurrentTokenView(ApiView):
    """The token of this very request."""

    permission_classes = [HasScope]
    scope: ClassVar[str | None] = None

    @extend_schema(summary="Revoke the token in use", operation_id="auth_token_revoke", responses={204: None})
    def delete(self, request: Request) -> Response:
        """Log out. With a session there is no token, and nothing happens."""
        if isinstance(request.auth, Token):
            request.auth.revoke(by=signed_in(request.user))
        return Response(status=204)


def _person(request: Request, email: str, password: str) -> User:
    """Who may log in with these. Counted with the tries on the log-in page. Raises WrongCredentials, TooMany."""
    try:
        user = get_adapter().authenticate(request._request, email=email.lower(), password=password)
    except DjangoValidationError as error:
        raise TooMany(WAIT_SECONDS) from error
    if not isinstance(user, User) or not user.is_active:
        raise WrongCredentials
    if not EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists():
        raise WrongCredentials
    return user


def _passes_factor(user: User, code: str) -> bool:
    """Did the code of a second factor count? False for who has none and needs none. Raises CodeWrong, FactorMissing."""
    if not factors.has_factor(user):
        if factors.is_required(user):
            raise FactorMissing
        return False
    if not code:
        raise CodeWrong
    try:
        clear_limit = check_rate_limit(user)
    except DjangoValidationError as error:
        raise TooMany(WAIT_SECONDS) from error
    if factors.accept_code(user, code) is None:
        raise CodeWrong
    clear_limit()
    return True
