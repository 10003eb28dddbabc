"""Django settings. Every value from outside is read and checked in `environment.py`."""

import logging
from urllib.parse import urlsplit

from matchmaker import logs
from matchmaker.dashboard import theme
from matchmaker.environment import (
    ROOT,
    conversations_share,
    database_config,
    photo_storage,
    read_environment,
    redis_urls,
)

ENV = read_environment()
BASE_DIR = ROOT

SECRET_KEY = ENV.SECRET_KEY
PROCESS_ROLE = ENV.PROCESS_ROLE
# Django then keeps and formats every query for its pages, of which a worker has none.
DEBUG = ENV.DEBUG and PROCESS_ROLE not in {"worker", "beat"}
# The name that Twilio calls, and the loopback names of health checks, are always among them.
ALLOWED_HOSTS = [*ENV.ALLOWED_HOSTS, str(urlsplit(ENV.PUBLIC_BASE_URL).hostname), "127.0.0.1", "localhost"]
PUBLIC_BASE_URL = ENV.PUBLIC_BASE_URL
LOGGING = logs.configure(debug=ENV.DEBUG)

INSTALLED_APPS = [
    "unfold",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_prometheus",
    "django_structlog",
    "rest_framework",
    "sessions_app",
    "conversations_app",
    "sessions_app.legacy",
    "conversations_app.legacy",
    "matchmaker.dashboard",
]

MIDDLEWARE = [
    # First: the pre-event route has to answer 200 whatever any of the others does.
    "conversations_app.webhooks.middleware.NeverLoseAMessage",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "matchmaker.request_log.RequestLog",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "matchmaker.csp.StrictOutsideAdmin",
    "matchmaker.pages.OwnErrorPages",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

ROOT_URLCONF = "matchmaker.urls"
WSGI_APPLICATION = "matchmaker.wsgi.application"
APPEND_SLASH = True
# Twilio sends 32 KB of text at most; same limit as webhooks/middleware.py.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

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

# Postgres. The web process keeps one connection a thread; a worker's tasks end their connection each time, so they
# draw from a pool. Django refuses both at once, hence the role.
DATABASES = {"default": database_config(ENV.DATABASE_URL)}
_database = DATABASES["default"]
# The web answers Twilio within five seconds or not at all; migrations and other commands may take as long as they need.
_statement_timeout = "5s" if PROCESS_ROLE == "web" else "30s" if PROCESS_ROLE == "worker" else "0"
_database["OPTIONS"]["options"] = (
    f"-c statement_timeout={_statement_timeout} -c lock_timeout={'2s' if PROCESS_ROLE == 'web' else '10s'} "
    f"-c idle_in_transaction_session_timeout={'10s' if PROCESS_ROLE in {'web', 'worker'} else '0'}"
)
_database["OPTIONS"].setdefault("connect_timeout", "3")
if PROCESS_ROLE == "worker":
    # A task gives its connection back before it calls Twilio or the model, so fewer connections than threads do (32 for
    # short work, 64 for the model). Two such processes and the web stay below Postgres's usual 100 connections.
    _database["OPTIONS"]["pool"] = {"min_size": 2, "max_size": 32, "timeout": 15}
    _database["CONN_MAX_AGE"] = 0
else:
    _database["CONN_MAX_AGE"] = None
    _database["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Redis holds nothing that matters: wakes for the workers, and a cache.
_broker, _cache = redis_urls(ENV.REDIS_URL)
CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": _cache,
        # The pre-event answer has a second in all, and must get past a cache that hangs.
        "OPTIONS": {"SOCKET_CONNECT_TIMEOUT": 0.25, "SOCKET_TIMEOUT": 0.25},
    }
}

# A model may think for many seconds: commands, messages and whoever joins must not wait behind it. A worker that is
# started without `-Q` serves both queues.
SHORT_WORK_QUEUE = "short"
MODEL_QUEUE = "model"
CELERY_TASK_QUEUES: dict[str, dict[str, str]] = {SHORT_WORK_QUEUE: {}, MODEL_QUEUE: {}}
CELERY_TASK_DEFAULT_QUEUE = SHORT_WORK_QUEUE
CELERY_TASK_ROUTES = {"take_turn": {"queue": MODEL_QUEUE}}

CELERY_BROKER_URL = _broker
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 180,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    **({"socket_timeout": 0.5, "socket_connect_timeout": 0.5} if PROCESS_ROLE == "web" else {}),
}
# No retries: while Redis is down, the dispatcher sends again whatever is still due.
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 0}
# A task lost with its worker is delivered again; every task is safe to run twice.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
# A worker that prefetched more would keep short tasks waiting behind a slow one while others are idle.
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TIMEZONE = "UTC"

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "photos": photo_storage(ENV),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
UNFOLD = theme.UNFOLD

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

_secure = PUBLIC_BASE_URL.startswith("https://")
# Trusted only where TLS ends at our own proxy: anybody can send this header to a server that is reached directly.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _secure else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _secure
CSRF_FAILURE_VIEW = "matchmaker.pages.form_expired"
CSRF_TRUSTED_ORIGINS = [PUBLIC_BASE_URL]
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
# What the admin's theme needs besides; see csp.py.
ADMIN_CONTENT_SECURITY_POLICY = {"script-src": ["'unsafe-eval'"], "style-src": ["'unsafe-inline'"]}

# A line for each request and each failed task; the console of a developer shows requests that went wrong only.
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_STATUS_DEFAULT_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_STATUS_2XX_LOG_LEVEL = logging.DEBUG if DEBUG else logging.INFO
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_CELERY_DEFAULT_LOG_LEVEL = logging.DEBUG

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.FormParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "UNAUTHENTICATED_USER": None,
}

TWILIO_ACCOUNT_SID = ENV.TWILIO_ACCOUNT_SID
TWILIO_AUTH_TOKEN = ENV.TWILIO_AUTH_TOKEN
TWILIO_AUTH_TOKEN_PREVIOUS = ENV.TWILIO_AUTH_TOKEN_PREVIOUS
TWILIO_CONVERSATIONS_SERVICE_SID = ENV.TWILIO_CONVERSATIONS_SERVICE_SID
TWILIO_MESSAGING_SERVICE_SID = ENV.TWILIO_MESSAGING_SERVICE_SID
TWILIO_SENDERS = ENV.TWILIO_SENDERS
TWILIO_WEBHOOK_SCOPE = ENV.TWILIO_WEBHOOK_SCOPE
TWILIO_DROPS_CAPTIONS = ENV.TWILIO_DROPS_CAPTIONS
TWILIO_BASE_URL = ENV.TWILIO_BASE_URL
# At most ten: workers hold a session for 45 seconds from the beginning of a call.
TWILIO_TIMEOUT_S = ENV.TWILIO_TIMEOUT_S
# How long a text at the Messaging webhook waits for the same text from its author's Conversation.
DUPLICATE_WAIT_S = 20.0 * min(ENV.TURN_PACE, 1.0)
# How long announcing a newcomer waits for the name we asked for, where their channel provides none.
NAME_WAIT_S = 30.0 * min(ENV.TURN_PACE, 1.0)
# After so long a message whose receipt has not come was not passed on to that phone.
RECEIPT_WAIT_S = 30.0 * min(ENV.TURN_PACE, 1.0)

PHOTOS_DELETE_AT_TWILIO = ENV.PHOTOS_DELETE_AT_TWILIO

WINDOW_REMINDERS = ENV.WINDOW_REMINDERS
WINDOW_TEMPLATE_SID = ENV.WINDOW_TEMPLATE_SID

OPENAI_API_KEY = ENV.OPENAI_API_KEY
OPENAI_BASE_URL = ENV.OPENAI_BASE_URL
OPENAI_MODEL = ENV.OPENAI_MODEL

CONVERSATIONS_SHARE = conversations_share(ENV.USE_CONVERSATIONS_API)
MATCHMAKER_NAME = ENV.MATCHMAKER_NAME
PANIC_WORD = ENV.PANIC_WORD
PRIVACY_URL = ENV.PRIVACY_URL
TERMS_URL = ENV.TERMS_URL
CHANNELS_ENABLED = ENV.CHANNELS_ENABLED
# After so many silent days a group's chat is closed, with a goodbye, and its phones are free for other groups.
SESSION_IDLE_DAYS = ENV.SESSION_IDLE_DAYS
CLOCK_URL = ENV.CLOCK_URL
TURN_PACE = ENV.TURN_PACE
