from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class AdminConfig(admin_apps.AdminConfig):
    """Django's admin with our desk as its site."""

    default = False
    default_site = "inaaccess.admin.DeskSite"


class InaaccessConfig(AppConfig):
    name = "inaaccess"
    default = True
