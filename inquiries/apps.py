from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _


class InquiriesConfig(AppConfig):
    name = "inquiries"
    verbose_name = _("Importers")

    def ready(self) -> None:
        from inquiries.own_basket import join_at_login

        user_logged_in.connect(join_at_login, dispatch_uid="inquiries.own_basket")
