from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExportersConfig(AppConfig):
    name = "exporters"
    verbose_name = _("Producers")

    def ready(self) -> None:
        from accounts.backend import tell_fact
        from accounts.histories import tell_rows
        from accounts.naming import tell_circles
        from exporters import histories

        tell_rows(histories.rows_read_by)
        tell_circles(histories.circles_of)
        tell_fact("is_producer", histories.is_producer)
