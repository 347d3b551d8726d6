from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.utils.translation import gettext_lazy as _


class InquiriesConfig(AppConfig):
    name = "inquiries"
    verbose_name = _("Importers")

    def ready(self) -> None:
        from accounts.backend import tell_fact
        from accounts.histories import tell_rows
        from accounts.naming import tell_circles
        from inquiries import histories
        from inquiries.own_basket import join_at_login
        from markets.trail_lines import tell_kind

        tell_rows(histories.rows_read_by)
        tell_circles(histories.circles_of)
        for kind in histories.kinds():
            tell_kind(kind)
        tell_fact("importer_country", histories.importer_country)
        user_logged_in.connect(join_at_login, dispatch_uid="inquiries.own_basket")
