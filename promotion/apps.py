from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PromotionConfig(AppConfig):
    name = "promotion"
    verbose_name = _("Promotion")

    def ready(self) -> None:
        from accounts.histories import tell_rows
        from promotion import histories

        tell_rows(histories.rows_read_by)
