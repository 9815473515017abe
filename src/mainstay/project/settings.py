"""Django's settings. What an installation may choose is read in configuration.py; everything else is fixed here."""

import gc
from pathlib import Path

import django_stubs_ext

from mainstay.project.configuration import read

# Lets the framework's generic classes be written with their types, as the type checker reads them.
django_stubs_ext.monkeypatch()

# Starting makes a million objects that stay; to look among them for circles after every 700 more takes a fifth of the time.
gc.set_threshold(50_000, 20, 10)

CONFIGURATION = read()
SOURCE = Path(__file__).resolve().parents[1]

DEBUG = False
SECRET_KEY = CONFIGURATION.secret_key
ALLOWED_HOSTS = [*CONFIGURATION.hosts, *(["testserver"] if CONFIGURATION.testing else [])]
ROOT_URLCONF = "mainstay.project.urls"
WSGI_APPLICATION = "mainstay.project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
HOME = CONFIGURATION.home
FILES = HOME / "files"
ANCHORS = CONFIGURATION.anchors

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "mainstay.accounts",
    "mainstay.jobs",
    "mainstay.post",
    "mainstay.register",
    "mainstay.organisation",
    "mainstay.initiatives",
    "mainstay.planning",
    "mainstay.risk",
    "mainstay.communications",
    "mainstay.transition",
    "mainstay.forecasts",
    "mainstay.assurance",
    "mainstay.reporting",
    "mainstay.exchange",
    "mainstay.web",
    "mainstay.api",
    "mainstay.cli",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "mainstay.web.middleware.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mainstay.accounts.middleware.SessionLimits",
    "mainstay.web.middleware.RequestContext",
    "mainstay.web.as_at.KeepMoment",
    "mainstay.web.middleware.Refusals",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SOURCE / "web"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "mainstay.web.context.shell",
            ],
        },
    }
]

DATABASES = {"default": CONFIGURATION.database}

AUTH_USER_MODEL = "accounts.Account"
LOGIN_URL = "web.login"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"] if CONFIGURATION.testing else ["django.contrib.auth.hashers.Argon2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ("email", "name")}},
    {"NAME": "mainstay.accounts.passwords.ContextWords"},
]

EMAIL_BACKEND = f"django.core.mail.backends.{'locmem' if CONFIGURATION.testing else 'smtp'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = CONFIGURATION.mail.host, CONFIGURATION.mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = CONFIGURATION.mail.user, CONFIGURATION.mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = CONFIGURATION.mail.starts_tls, CONFIGURATION.mail.is_tls
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = CONFIGURATION.mail.sender
WEBHOOK_HOSTS, WEBHOOK_CA = CONFIGURATION.webhook_hosts, CONFIGURATION.webhook_ca
PUBLIC_URL = CONFIGURATION.public_url
RETURN_LINKS = CONFIGURATION.return_links
PROMISE_LINKS = CONFIGURATION.promise_links
INBOX = CONFIGURATION.inbox
INBOX_ACCOUNT = CONFIGURATION.inbox_account

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English (UK)")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LOCAL_TIME_ZONE = "Europe/London"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if CONFIGURATION.testing
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = CONFIGURATION.testing
WHITENOISE_AUTOREFRESH = CONFIGURATION.testing

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_IDLE_SECONDS = 30 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "mainstay.web.errors.csrf_failure"
# Over plain HTTP (the embedded mode on the loopback address) a browser would refuse Secure cookies.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = CONFIGURATION.is_secure
SESSION_COOKIE_NAME = "__Host-session" if CONFIGURATION.is_secure else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if CONFIGURATION.is_secure else "csrf"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if CONFIGURATION.is_secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = CONFIGURATION.is_secure
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIGURATION.is_secure else None
CSRF_TRUSTED_ORIGINS = [CONFIGURATION.public_url] if CONFIGURATION.public_url else []
X_FRAME_OPTIONS = "DENY"

DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
UPLOAD_LIMIT_BYTES = 100 * 1024 * 1024
# A test suite asks faster than any program should.
API_REQUESTS_PER_SECOND, API_BURST = (100_000, 100_000) if CONFIGURATION.testing else (20, 100)

# Under test long work is done where it is asked for; otherwise the supervisor that `mainstay serve` starts does it.
JOBS_IN_PROCESS = CONFIGURATION.testing

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "mainstay.web.logs.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
