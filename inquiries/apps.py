from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InquiriesConfig(AppConfig):
    name = "inquiries"
    verbose_name = _("Importers")

    def ready(self) -> None:
        from accounts.histories import tell_rows
        from inquiries import histories

        tell_rows(histories.rows_read_by)
