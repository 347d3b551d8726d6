"""The desk's pages about what importers ask for, where they stand under /admin/; each is named like its function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from inquiries.admin import buying_requests, enquiries, handover, importers, notes, request_figures, wanted

PAGES: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("enquiries/", enquiries.enquiries),
    ("enquiries/<int:pk>/", enquiries.enquiry_oversee),
    ("enquiries/<int:pk>/remind/", enquiries.enquiry_remind),
    ("enquiries/<int:pk>/deliver/", enquiries.enquiry_deliver),
    ("enquiries/<int:pk>/discard/", enquiries.enquiry_discard),
    ("enquiries/reports/<int:pk>/", enquiries.report_decide),
    ("requests/", buying_requests.request_queue),
    ("requests/figures/", request_figures.request_figures),
    ("requests/<int:pk>/", buying_requests.request_review),
    ("requests/<int:pk>/invite/", buying_requests.request_invite),
    ("requests/<int:pk>/match/", buying_requests.request_match),
    ("requests/<int:pk>/close/", buying_requests.request_close),
    ("requests/<int:pk>/picture/<str:size>/", buying_requests.request_picture),
    ("importers/", importers.importer_list),
    ("importers/<int:pk>/", importers.importer_record),
    ("importers/<int:pk>/notes/", notes.importer_notes),
    ("importers/notes/<int:pk>/", notes.importer_note_change),
    ("handover/", handover.handover),
    ("wanted/", wanted.wanted_products),
)
