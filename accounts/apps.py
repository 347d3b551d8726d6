from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_in
from django.db.backends.signals import connection_created
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")

    def ready(self) -> None:
        from accounts.sessions import begin
        from accounts.trail import listen

        connection_created.connect(listen, dispatch_uid="accounts.trail")
        user_logged_in.connect(begin, dispatch_uid="accounts.sessions")
