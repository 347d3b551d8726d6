"""Settings of every place: what differs between them comes from the environment (README, "Settings")."""

from __future__ import annotations

from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote

import django_stubs_ext
import environ
from django.utils.translation import gettext_lazy as _

from inaaccess.security_settings import *  # noqa: F403  who may, how long, how often; refuses to start where it must
from inaaccess.security_settings import DATABASE_URL, PRODUCTION

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- which place is this: PRODUCTION, SECRET_KEY and all that guards stand in security_settings.py ------
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / ".data"))).resolve()
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")

# --- apps and middleware -----------------------------------------------------------------------
INSTALLED_APPS = [
    "inaaccess.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "knox",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_q",
    "pgtrigger",
    "csp",
    "kit",
    "accounts",
    "exporters",
    "catalog",
    "markets",
    "promotion",
    "inquiries",
    "webhooks",
    "inaaccess",
]

MIDDLEWARE = [
    "inaaccess.middleware.RequestIdMiddleware",  # the first four: headers of every answer, files too
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "inaaccess.bounds.BodyLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "inaaccess.typed.TypedText",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "inaaccess.middleware.ReaderMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.middleware.StaffSession",
    "accounts.middleware.StaffFactor",
    "allauth.account.middleware.AccountMiddleware",
    "inaaccess.middleware.RefusalAsPage",
    "promotion.middleware.CampaignVisits",
    "inquiries.middleware.ProductViewing",
]

ROOT_URLCONF = "inaaccess.urls"
WSGI_APPLICATION = "inaaccess.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "kit.forms.FormRenderer"

# --- database: PostgreSQL only -------------------------------------------------------------------
DATABASES = {"default": env.db_url_config(DATABASE_URL or "postgres://postgres@127.0.0.1:5432/inaaccess")}
DATABASES["default"] |= {
    "HOST": unquote(DATABASES["default"]["HOST"]),  # a socket folder comes percent-encoded
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
    "ATOMIC_REQUESTS": False,
}

# --- language and time -------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English")), ("es", _("Spanish")), ("pt-br", _("Portuguese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 60 * 60
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["kit.formats"]

# --- files -------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(DATA_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "inaaccess.staticfiles.StylesheetFinder",  # css/app.css, joined from static/css/
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(DATA_DIR / "uploads"))  # private: no address serves it directly
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",  # up to 2.5 MB
    "kit.uploads.arriving.NamelessFileHandler",
]
UPLOAD_QUOTA_MB = env.int("UPLOAD_QUOTA_MB", default=500)  # what the photos and certificates of one producer may take
LEAST_FREE_MB = env.int("LEAST_FREE_MB", default=200)  # less room than this on the disk of uploads: /readyz fails

# --- mail and background work ------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
if not PRODUCTION and "EMAIL_URL" not in env.ENVIRON:
    EMAIL_BACKEND = "accounts.mailbox.ConsoleAndFileBackend"
    EMAIL_FILE_PATH = str(DATA_DIR / "mails")
EMAIL_TIMEOUT = EMAIL_CONFIG.get("EMAIL_TIMEOUT") or 20  # seconds; a letter's claim lasts longer (accounts/letters.py)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="INA Access <noreply@inaaccess.example>")
NO_REPLY_EMAIL = env.str("NO_REPLY_EMAIL", default=parseaddr(DEFAULT_FROM_EMAIL)[1])  # replies and returned letters
MAIL_WEBHOOK_SECRET = env.str("MAIL_WEBHOOK_SECRET", default="")  # empty: /mail/bounces/ believes nobody
SERVER_EMAIL = DEFAULT_FROM_EMAIL
Q_CLUSTER = {
    "name": "inaaccess",
    "orm": "default",
    "broker_class": "accounts.queue.LimitedBroker",  # offers a job so often and no oftener
    "workers": 1,
    "timeout": 60,
    "retry": 80,
    "max_attempts": 5,
    "ack_failures": True,
    "save_limit": 1000,
    "catch_up": False,
    "poll": 1,
}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},  # allauth counts tries here: many must not push out the one that matters
    },
}

# --- REST API ----------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "accounts.authentication.BearerAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["accounts.permissions.Nobody"],
    "DEFAULT_THROTTLE_CLASSES": ["accounts.throttling.ApiThrottle"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["kit.api_json.StrictJSONParser"],
    "URL_FORMAT_OVERRIDE": None,  # ?format= is an unknown parameter like any other
    "DEFAULT_METADATA_CLASS": None,  # OPTIONS tells nothing: the schema does
    "DEFAULT_SCHEMA_CLASS": "inaaccess.api_schema.ApiSchema",
    "EXCEPTION_HANDLER": "inaaccess.api_errors.error_response",
    "COERCE_DECIMAL_TO_STRING": True,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
KNOX_TOKEN_MODEL = "accounts.Token"  # noqa: S105  a model, not a secret
REST_KNOX = {
    "AUTH_HEADER_PREFIX": "Bearer",
    "TOKEN_MODEL": "accounts.Token",
    "TOKEN_LIMIT_PER_USER": None,  # a sixth token revokes the oldest (accounts/models/token.py) instead of a 403
}
SPECTACULAR_SETTINGS = {
    "TITLE": "INA Access API",
    "DESCRIPTION": "Indonesian export products: catalogue, producer's desk, reviews and market listings.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "PREPROCESSING_HOOKS": ["inaaccess.api_schema.only_addresses"],
    "ENUM_NAME_OVERRIDES": {
        "KindOfAnswer": "inquiries.api.written.ANSWERS",
        "ProductState": "catalog.models.product.ProductState",
        "RevisionState": "catalog.models.revision_state.RevisionState",
        "CertificateState": "exporters.models.certificate.CertificateState",
        "CampaignState": "promotion.models.campaign.CampaignState",
        "CollectionState": "markets.models.collection_words.CollectionState",
        "ContentLanguage": "kit.languages.CONTENT_LANGUAGES",
        "DeclineReason": "inquiries.models.enquiry_state.DeclineReason",
        "EnquiryState": "inquiries.models.enquiry_state.EnquiryState",
        "HeldReason": "inquiries.models.enquiry_state.HeldReason",
        "ListingState": "markets.api.listing_fields.STATES",
        "DocumentKind": "promotion.models.document.DocumentKind",
        "DocumentState": "promotion.models.document.DocumentState",
        "MessageKind": "inquiries.models.enquiry_state.MessageKind",
        "ReasonOfChange": "catalog.models.request.Reason",
        "RefusalReason": "inquiries.models.enquiry_state.RefusalReason",
        "ReportReason": "inquiries.models.abuse.ReportReason",
        "ReportState": "inquiries.models.abuse.ReportState",
        "ReasonOfDecline": "markets.models.listing_state.MISSIONS_REASONS",
        "RuleKind": "markets.models.rule.RuleKind",
        "RuleStanding": "markets.models.rule.RuleStanding",
        "StandingEnum": ["ok", "warn", "over"],
        "BuyingRequestState": "inquiries.models.buying_request_state.RequestState",
        "FrequencyOfNeed": "inquiries.models.buying_request_state.Frequency",
        "FrequencyOfLetters": "inquiries.models.saved_search.Frequency",
        "MatchState": "inquiries.models.match.MatchState",
        "PassReason": "inquiries.models.match.PassReason",
        "RejectReason": "inquiries.models.buying_request_state.RejectReason",
        "TopicStanding": "markets.api.rules.TOPIC_STANDINGS",
        "Currency": "kit.money.CURRENCY_CHOICES",
    },
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

# --- logs --------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "inaaccess.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO" if PRODUCTION else "WARNING")},
    "loggers": {
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django-q": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
