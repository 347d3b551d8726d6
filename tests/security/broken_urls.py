"""An address whose view fails, to look at the head of the 500."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault for the test")


urlpatterns = [path("broken/", broken, name="broken")]
