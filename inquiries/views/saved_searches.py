"""Saving searches, the list of them, and the links by which their letters are stopped."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.http import SignedInRequest
from catalog.list_page import canonical, in_words
from inquiries.access import company_first, importer_of, own_importer
from inquiries.forms.saved_searches import NewSearchForm, SavedSearchForm
from inquiries.models import SavedSearch
from inquiries.models.saved_search import MOST_SEARCHES
from inquiries.stop_links import BadLink, searches_of


@never_cache
@require_safe
def saved_search_list(request: SignedInRequest) -> HttpResponse:
    """The importer's searches, at most 30, each with its form."""
    searches = SavedSearch.objects.owned_by(importer_of(request.user))[:MOST_SEARCHES]
    return render(request, "inquiries/saved_search_list.html", {"rows": [_row(search) for search in searches]})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search_save(request: SignedInRequest) -> HttpResponse:
    """Name the search of this address (the parameters of the list of products) and save it."""
    importer = own_importer(request.user)
    if importer is None:
        return company_first(request, request.get_full_path())
    if request.method != "POST":
        form = NewSearchForm.about(canonical(request.GET))
        return _form(request, form, canonical(request.GET))
    form = NewSearchForm(request.POST)
    if not form.is_valid():
        return _form(request, form, form.cleaned_data.get("query", ""), status=422)
    SavedSearch.keep(**form.cleaned_data, importer=importer)
    messages.success(request, _("The search is saved."))
    return redirect("saved_search_list")


@never_cache
@require_POST
def search_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another name, or letters more or less often."""
    importer = importer_of(request.user)
    search = get_object_or_404(SavedSearch.objects.owned_by(importer), pk=pk)
    form = SavedSearchForm(request.POST, auto_id=f"id_{pk}_%s")
    if not form.is_valid():
        searches = SavedSearch.objects.owned_by(importer)[:MOST_SEARCHES]
        rows = [_row(one, form if one.pk == pk else None) for one in searches]
        return render(request, "inquiries/saved_search_list.html", {"rows": rows, "wrong": form}, status=422)
    search.change(**form.cleaned_data)
    messages.success(request, _("The search is changed."))
    return redirect("saved_search_list")


@require_POST
def search_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Forget a search."""
    get_object_or_404(SavedSearch.objects.owned_by(importer_of(request.user)), pk=pk).delete()
    messages.success(request, _("The search is deleted."))
    return redirect("saved_search_list")


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the letters of one search or of all, by the signed link of a letter: asked first, then one press."""
    try:
        searches = searches_of(token)
    except BadLink as error:
        raise Http404 from error
    is_stopped = request.method == "POST"
    names = [search.name for search in searches.mailed()]
    if is_stopped:
        for search in searches.mailed():
            search.stop()
    context = {"names": names, "is_stopped": is_stopped}
    return render(request, "inquiries/search_stop.html", context)


def _form(request: SignedInRequest, form: NewSearchForm, query: str, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "chips": in_words(query), "search_url": _address(query)}
    return render(request, "inquiries/search_save.html", context, status=status)


def _row(search: SavedSearch, form: SavedSearchForm | None = None) -> dict[str, object]:
    """A search with what it asks for in words, its address and its form."""
    said = {"name": search.name, "frequency": search.frequency}
    return {
        "search": search,
        "chips": in_words(search.query),
        "url": _address(search.query),
        "form": form or SavedSearchForm(initial=said, auto_id=f"id_{search.pk}_%s"),
        "is_open": form is not None,
    }


def _address(query: str) -> str:
    return f"{reverse('product_list')}?{query}"
