"""Addresses of the pages about importers and what they ask for."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from inquiries.views import basket, desk_enquiries, enquiries, importers, quotations

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/register/importer/", importers.register_importer, name="register_importer"),
    path("inquiries/basket/", basket.basket, name="basket"),
    path("inquiries/basket/add/", basket.basket_add, name="basket_add"),
    path("inquiries/basket/sent/<int:pk>/", basket.basket_sent, name="basket_sent"),
    path("inquiries/enquiries/", enquiries.enquiry_list, name="enquiry_list"),
    path("inquiries/enquiries/<int:pk>/", enquiries.enquiry_detail, name="enquiry_detail"),
    path("desk/enquiries/", desk_enquiries.desk_enquiry_list, name="desk_enquiry_list"),
    path("desk/enquiries/<int:pk>/", desk_enquiries.desk_enquiry, name="desk_enquiry"),
    path("desk/enquiries/<int:pk>/quote/", quotations.quotation_create, name="quotation_create"),
    path("inquiries/quotations/", quotations.quotation_compare, name="quotation_compare"),
    path("inquiries/quotations/<int:pk>/", quotations.quotation_detail, name="quotation_detail"),
    path("inquiries/quotations/<int:pk>/accept/", quotations.quotation_accept, name="quotation_accept"),
    path("inquiries/quotations/<int:pk>/decline/", quotations.quotation_decline, name="quotation_decline"),
    path("inquiries/quotations/<int:pk>/pdf/", quotations.quotation_pdf, name="quotation_pdf"),
]
