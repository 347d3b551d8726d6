"""Addresses of the pages about producers."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from exporters.views import certificates, members, producers

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/register/producer/", producers.register_producer, name="register_producer"),
    path("desk/producers/new/", producers.producer_create, name="producer_create"),
    path("desk/producers/<int:pk>/", producers.producer_edit, name="producer_edit"),
    path("desk/producers/<int:pk>/picture/", producers.producer_picture, name="producer_picture"),
    path("desk/producers/<int:pk>/members/", members.member_list, name="member_list"),
    path("desk/producers/<int:pk>/members/invite/", members.member_invite, name="member_invite"),
    path("desk/members/<int:pk>/remove/", members.member_remove, name="member_remove"),
    path("desk/members/<int:pk>/role/", members.member_role, name="member_role"),
    path("desk/invitations/<int:pk>/revoke/", members.invitation_revoke, name="invitation_revoke"),
    path("desk/invitations/<str:token>/", members.invitation_accept, name="invitation_accept"),
    path("desk/invitations/<str:token>/register/", members.invitation_register, name="invitation_register"),
    path("desk/certificates/", certificates.certificate_list, name="certificate_list"),
    path("desk/certificates/new/", certificates.certificate_create, name="certificate_create"),
    path("desk/certificates/<int:pk>/file/", certificates.certificate_file, name="certificate_file"),
    path("desk/certificates/<int:pk>/remove/", certificates.certificate_remove, name="certificate_remove"),
]
