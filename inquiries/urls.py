"""Addresses of the pages about importers and what they ask for."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from inquiries.views import (
    basket,
    buying_requests,
    desk_enquiries,
    enquiries,
    home,
    importers,
    quotations,
    reports,
    request_invitations,
    saved_products,
    saved_searches,
)

OWN, GIVEN = "inquiries/enquiries/<int:pk>", "desk/enquiries/<int:pk>"

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/register/importer/", importers.register_importer, name="register_importer"),
    path("inquiries/enquiries/", enquiries.enquiry_list, name="enquiry_list"),
    path(f"{OWN}/", enquiries.enquiry_detail, name="enquiry_detail"),
    path(f"{OWN}/withdraw/", enquiries.enquiry_withdraw, name="enquiry_withdraw"),
    path(f"{OWN}/report/", reports.enquiry_report, name="enquiry_report"),
    path("inquiries/attachments/<int:pk>/", reports.enquiry_attachment, name="enquiry_attachment"),
    path("desk/enquiries/", desk_enquiries.desk_enquiry_list, name="desk_enquiry_list"),
    path(f"{GIVEN}/", desk_enquiries.desk_enquiry, name="desk_enquiry"),
    path(f"{GIVEN}/report/", reports.desk_enquiry_report, name="desk_enquiry_report"),
    path(f"{GIVEN}/block/", desk_enquiries.desk_enquiry_block, name="desk_enquiry_block"),
    path(f"{GIVEN}/quote/", quotations.quotation_create, name="quotation_create"),
    path("inquiries/requests/", buying_requests.buying_request_list, name="buying_request_list"),
    path("inquiries/requests/new/", buying_requests.buying_request_create, name="buying_request_create"),
    path("inquiries/requests/<int:pk>/", buying_requests.buying_request_detail, name="buying_request_detail"),
    path("inquiries/requests/<int:pk>/change/", buying_requests.buying_request_change, name="buying_request_change"),
    path(
        "inquiries/requests/<int:pk>/withdraw/", buying_requests.buying_request_withdraw, name="buying_request_withdraw"
    ),
    path("inquiries/requests/<int:pk>/close/", buying_requests.buying_request_close, name="buying_request_close"),
    path(
        "inquiries/requests/<int:pk>/picture/<str:size>/",
        buying_requests.buying_request_picture,
        name="buying_request_picture",
    ),
    path("desk/requests/", request_invitations.request_invitation_list, name="request_invitation_list"),
    path("desk/requests/<int:pk>/", request_invitations.request_invitation, name="request_invitation"),
    path("desk/requests/<int:pk>/offer/", request_invitations.request_offer, name="request_offer"),
    path("desk/requests/<int:pk>/pass/", request_invitations.request_pass, name="request_pass"),
    path(
        "desk/requests/<int:pk>/picture/<str:size>/",
        request_invitations.request_invitation_picture,
        name="request_invitation_picture",
    ),
    path("inquiries/quotations/", quotations.quotation_compare, name="quotation_compare"),
    path("inquiries/quotations/<int:pk>/", quotations.quotation_detail, name="quotation_detail"),
    path("inquiries/quotations/<int:pk>/accept/", quotations.quotation_accept, name="quotation_accept"),
    path("inquiries/quotations/<int:pk>/decline/", quotations.quotation_decline, name="quotation_decline"),
    path("inquiries/quotations/<int:pk>/pdf/", quotations.quotation_pdf, name="quotation_pdf"),
    path("inquiries/", home.importer_home, name="importer_home"),
    path("inquiries/company/", importers.importer_profile, name="importer_profile"),
    path("inquiries/company/new/", importers.importer_create, name="importer_create"),
    path("inquiries/saved/", saved_products.saved_product_list, name="saved_product_list"),
    path("inquiries/saved/<slug:slug>/save/", saved_products.product_save, name="product_save"),
    path("inquiries/saved/<slug:slug>/unsave/", saved_products.product_unsave, name="product_unsave"),
    path("inquiries/searches/", saved_searches.saved_search_list, name="saved_search_list"),
    path("inquiries/searches/save/", saved_searches.search_save, name="search_save"),
    path("inquiries/searches/<int:pk>/change/", saved_searches.search_change, name="search_change"),
    path("inquiries/searches/<int:pk>/delete/", saved_searches.search_delete, name="search_delete"),
    path("inquiries/searches/stop/<str:token>/", saved_searches.search_stop, name="search_stop"),
    path("inquiries/basket/", basket.basket, name="basket"),
    path("inquiries/basket/add/", basket.basket_add, name="basket_add"),
    path("inquiries/basket/sent/<int:pk>/", basket.basket_sent, name="basket_sent"),
]
