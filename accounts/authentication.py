"""How the API knows who asks: `Authorization: Bearer …`, else the session of the pages (which needs CSRF)."""

from __future__ import annotations

import re
from typing import Final

from django.utils.translation import gettext_lazy as _
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from rest_framework.exceptions import AuthenticationFailed

from accounts import factors
from accounts.models import Token, User

_TOKEN: Final = re.compile(rb"[0-9a-f]{32,128}")


class BearerAuthentication(TokenAuthentication):
    """A token is looked up by its hash, in one query. Whatever is wrong with it, the answer is the same."""

    def authenticate_credentials(self, token: bytes) -> tuple[User, Token]:
        found = None
        if _TOKEN.fullmatch(token):
            found = Token.objects.select_related("user").filter(digest=hash_token(token.decode())).first()
        if found is None or not found.is_live():
            raise AuthenticationFailed(_("This token is not valid, or not any more."), code="token_invalid")
        if factors.is_required(found.user) and not found.with_factor:
            raise AuthenticationFailed(_("This token was given out without your second factor."), code="token_invalid")
        found.note_use()
        return found.user, found
