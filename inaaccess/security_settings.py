"""The settings that guard: which place this is, people and their log-in, limits, headers; and when not to start."""

from __future__ import annotations

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()

# --- which place is this -----------------------------------------------------------------------
PRODUCTION = env.bool("PRODUCTION", default=False)
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="" if PRODUCTION else "only-for-development-" + "x" * 40)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]"])
DATABASE_URL = env.str("DATABASE_URL", default="")

# --- people ------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backend.AccountBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},  # 20,000 of them
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "accounts.password_rules.ContextWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "after_login"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or address is told to its owner
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_FORMS = {
    "login": "accounts.forms.LoginForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
    "add_email": "accounts.forms.AddEmailForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
}
LOGINS_PER_MINUTE = env.int("LIMIT_LOGINS_PER_MINUTE", default=30 if PRODUCTION else 600)  # of one network address
ACCOUNT_RATE_LIMITS = {
    "login": f"{LOGINS_PER_MINUTE}/m/ip",
    "login_failed": f"{LOGINS_PER_MINUTE}/m/ip,5/900s/key",
    "reset_password": f"{LOGINS_PER_MINUTE}/m/ip,3/h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=1 if PRODUCTION else 0)
SESSION_COOKIE_AGE = 14 * 24 * 60 * 60
STAFF_SESSION_SECONDS = 12 * 60 * 60  # from the log-in; of ministry, missions and officers
STAFF_IDLE_SECONDS = 30 * 60  # from the last request

# --- second factors ----------------------------------------------------------------------------
STAFF_MFA = env.bool("STAFF_MFA", default=PRODUCTION)  # on: staff without a second factor can only set one up
MFA_ADAPTER = "accounts.factor_adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # http://localhost
MFA_TOTP_TOLERANCE = 1  # periods of 30 seconds, for clocks that go wrong; each code counts once all the same
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody is signed in before the address is confirmed; so an address may change
MFA_RECOVERY_CODE_DIGITS = 10
MFA_FORMS = {
    "authenticate": "accounts.factor_forms.AuthenticateForm",
    "reauthenticate": "accounts.factor_forms.ReauthenticateForm",
    "activate_totp": "accounts.factor_forms.ActivateTOTPForm",
    "add_webauthn": "accounts.factor_forms.AddPasskeyForm",
    "edit_webauthn": "accounts.factor_forms.RenamePasskeyForm",
    "authenticate_webauthn": "accounts.factor_forms.AuthenticatePasskeyForm",
    "login_webauthn": "accounts.factor_forms.LoginPasskeyForm",
    "reauthenticate_webauthn": "accounts.factor_forms.ReauthenticatePasskeyForm",
}
MFA_RATE_LIMITS = {"webauthn_login": f"{2 * LOGINS_PER_MINUTE}/m/ip"}  # twice: each log-in asks, then answers

# --- limits (security: atomic, shared by all processes) ------------------------------------------
RATE_LIMITS = {  # scope: (times, seconds)
    "register": (env.int("LIMIT_REGISTER_PER_HOUR", default=5 if PRODUCTION else 500), 3600),
    "job": (5, 24 * 60 * 60),  # offers of one job to the worker (accounts/queue.py)
    "upload": (env.int("LIMIT_UPLOADS_PER_HOUR", default=60 if PRODUCTION else 2000), 3600),
    "message": (env.int("LIMIT_MESSAGES_PER_HOUR", default=60 if PRODUCTION else 2000), 3600),
    "basket": (env.int("LIMIT_BASKETS_PER_HOUR", default=60 if PRODUCTION else 6000), 3600),  # new ones of visitors
    "enquiry": (env.int("LIMIT_ENQUIRIES_PER_HOUR", default=5 if PRODUCTION else 500), 3600),  # sendings of a person
    "enquiry_address": (env.int("LIMIT_ENQUIRIES_OF_ADDRESS", default=10 if PRODUCTION else 500), 3600),
    "enquiry_producer": (env.int("LIMIT_ENQUIRIES_TO_PRODUCER", default=3 if PRODUCTION else 500), 24 * 60 * 60),
    "api": (env.int("LIMIT_API_PER_MINUTE", default=600), 60),
    "feed": (env.int("LIMIT_FEEDS_PER_HOUR", default=600), 3600),
    "buying_request": (env.int("LIMIT_REQUESTS_PER_DAY", default=10 if PRODUCTION else 500), 24 * 60 * 60),
    "mail_refused": (3, 24 * 60 * 60),  # answers to whoever replies to one letter (accounts/returned_mail.py)
    "letters_stop": (env.int("LIMIT_LETTERS_STOP_PER_HOUR", default=600), 3600),
    "catalogue": (env.int("LIMIT_CATALOGUES_PER_HOUR", default=30 if PRODUCTION else 600), 3600),
}

# --- webhooks ----------------------------------------------------------------------------------
WEBHOOKS_TO_LOOPBACK = env.bool("WEBHOOKS_TO_LOOPBACK", default=not PRODUCTION)  # 127.0.0.1, by http too

# --- bodies ------------------------------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440  # bytes: any body but uploads
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
UPLOAD_BODY_BYTES = 200_000_000  # a whole request with files: twelve photos of 15 MB and the form around them
UPLOADS = frozenset(  # the addresses that take files
    {
        "photo_upload",
        "producer_picture",
        "certificate_create",
        "certificate_renew",
        "enquiry_detail",
        "desk_enquiry",
        "buying_request_create",
        "buying_request_change",
        "admin:collection_cover",
        "api:my-photo-list",
        "api:my-certificate-list",
        "api:my-certificate-renew",
        "api:collection-cover",
        "api:enquiry-messages",
        "api:my-enquiry-messages",
        "api:my-enquiry-refuse",
        "api:buying-request-list",
        "api:buying-request-detail",
    }
)

# --- where faults of security are reported (/.well-known/security.txt) ---------------------------
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="mailto:security@inaaccess.example")

# --- figures for monitoring (/metrics): closed to everybody while there is no token -----------------
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

# --- headers -----------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True  # forms carry the token; no script reads it
CSRF_COOKIE_SAMESITE = "Lax"
BASKET_COOKIE_NAME = "basket"  # of visitors who put a product into their enquiry basket

if PRODUCTION:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    BASKET_COOKIE_NAME = "__Host-basket"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True

    if not STAFF_MFA:
        raise ImproperlyConfigured("STAFF_MFA must stay on in production: staff need a second factor.")
    if WEBHOOKS_TO_LOOPBACK:
        raise ImproperlyConfigured("WEBHOOKS_TO_LOOPBACK must be off in production: webhooks go to the internet only.")
    if DEBUG:
        raise ImproperlyConfigured("DEBUG must be off in production.")
    if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10 or SECRET_KEY.startswith(("django-insecure", "only-for")):
        raise ImproperlyConfigured("SECRET_KEY is missing or weak: 50 random characters or more are needed.")
    if METRICS_TOKEN and (len(METRICS_TOKEN) < 32 or len(set(METRICS_TOKEN)) < 10):
        raise ImproperlyConfigured("METRICS_TOKEN is weak: 32 random characters or more are needed, or none.")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts that this site answers for.")
    if not DATABASE_URL.startswith(("postgres://", "postgresql://")) or env.bool("EMBEDDED_POSTGRES", default=False):
        raise ImproperlyConfigured("Production needs its own PostgreSQL: set DATABASE_URL.")
