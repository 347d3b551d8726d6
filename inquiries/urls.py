"""Addresses of the pages about importers and what they ask for."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from inquiries.views import desk_enquiries, enquiries, importers

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/register/importer/", importers.register_importer, name="register_importer"),
    path("inquiries/enquiries/", enquiries.enquiry_list, name="enquiry_list"),
    path("inquiries/enquiries/<int:pk>/", enquiries.enquiry_detail, name="enquiry_detail"),
    path("desk/enquiries/", desk_enquiries.desk_enquiry_list, name="desk_enquiry_list"),
    path("desk/enquiries/<int:pk>/", desk_enquiries.desk_enquiry, name="desk_enquiry"),
]
