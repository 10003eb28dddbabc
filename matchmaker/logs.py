"""What our logs may hold: what happened, ids, durations and places in the code.

Never a phone number, a text, a query string, a request's body, an exception's message (Postgres quotes values in its
own) or a local variable. Records of Django, Celery and every other library pass the same chain as ours.
"""

import logging
import re
import sys
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import structlog
from django.http import HttpRequest
from structlog.types import EventDict, Processor

from matchmaker.addresses import without_numbers

# Addresses of ours whose second part lets in whoever knows it; deploy/nginx.conf.template has the same rule.
_SECRET_PATH = re.compile(r"((?:^|[\s\"'(=]|://[^\s/]+)/(?:join|chat|p|me|photo)/)(?!<)[^\s\"')]+")

_ROOT = Path(__file__).resolve().parent.parent
_MOST_FRAMES = 25
_NO_ROUTE = "(no such page)"

# What django-structlog adds of its own that quotes exceptions, results or browsers.
_QUOTES = ("error", "exception", "reason", "result", "user_agent")
# What Celery puts into its line about a failed task.
_CELERY_QUOTES = ("exc", "traceback", "args", "kwargs")
# They write addresses, headers or bodies at INFO, or a line for each task.
_TALKATIVE = ("httpx", "httpx2", "httpcore", "httpcore2", "openai", "twilio", "urllib3", "kombu", "celery.app.trace")
_QUIET = (*_TALKATIVE, "celery.worker.strategy", "celery.beat", "django.db.backends", "django.template")


def configure(*, debug: bool) -> dict[str, Any]:
    """Set structlog up; the value for Django's LOGGING. JSON lines, or lines for people when `debug`."""
    # A record that cannot be formatted would be printed with its arguments.
    logging.raiseExceptions = False
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(debug=debug),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    return _logging_config(debug=debug)


def _logging_config(*, debug: bool) -> dict[str, Any]:
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"one_line": {"()": formatter, "debug": debug}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "one_line"}},
        "root": {"handlers": ["stderr"], "level": "INFO"},
        "loggers": {
            # Django's own handlers would write messages of exceptions, and mail them.
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            **{name: {"level": "WARNING"} for name in _QUIET},
        },
    }


def formatter(*, debug: bool) -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[_message_of_others, *_shared(debug=debug)],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_renderers(debug=debug)],
        use_get_message=False,
        pass_foreign_args=True,
    )


def _shared(*, debug: bool) -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        _without_quotes,
        _exceptions_without_values,
        _without_numbers,
        structlog.processors.TimeStamper(fmt="%H:%M:%S" if debug else "iso", utc=not debug),
    ]


def _renderers(*, debug: bool) -> list[Processor]:
    if debug:
        return [_exceptions_in_lines, structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())]
    return [structlog.processors.JSONRenderer(default=lambda value: type(value).__name__, ensure_ascii=False)]


# --- other libraries' records -----------------------------------------------------------------------------------------


def _message_of_others(logger: Any, name: str, event: EventDict) -> EventDict:
    """Format the message ourselves, with the names of exceptions in place of what they say."""
    record: logging.LogRecord = event["_record"]
    message = str(record.msg)
    arguments = _safe_arguments(event.pop("positional_args", ()), record)
    if arguments:
        try:
            message %= arguments
        except (TypeError, ValueError, KeyError):
            message += " (its arguments did not fit)"
    error = _exception_in(event.get("exc_info"))
    said = str(error) if error is not None else ""
    event["event"] = message.replace(said, type(error).__name__) if said else message
    return event


def _safe_arguments(arguments: Any, record: logging.LogRecord) -> Any:
    if isinstance(arguments, Mapping):
        kept = {key: _safe_argument(value, record) for key, value in arguments.items()}
        if record.name.startswith("celery"):
            kept |= dict.fromkeys(_CELERY_QUOTES, "(left out)")
        return kept
    return tuple(_safe_argument(value, record) for value in arguments or ())


def _safe_argument(value: Any, record: logging.LogRecord) -> Any:
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest) and value in (request.path, request.get_full_path()):
        return route_of(request)
    return type(value).__name__ if isinstance(value, BaseException) else value


def route_of(request: HttpRequest) -> str:
    """The pattern of the address, since addresses hold codes and tokens."""
    match = request.resolver_match
    return f"/{match.route}" if match else _NO_ROUTE


# --- the chain of all records -----------------------------------------------------------------------------------------


def _without_quotes(logger: Any, name: str, event: EventDict) -> EventDict:
    if str(event.get("logger", "")).startswith("django_structlog"):
        for key in _QUOTES:
            event.pop(key, None)
    return event


def _exceptions_without_values(logger: Any, name: str, event: EventDict) -> EventDict:
    """Types, files and lines."""
    error = _exception_in(event.pop("exc_info", None))
    event.pop("stack_info", None)
    for key, value in event.items():
        if isinstance(value, BaseException):
            event[key] = type(value).__name__
    if error is not None:
        event["exception"] = [{"type": _type_name(one), "frames": _frames(one)} for one in _chain(error)]
    return event


def _exception_in(exc_info: Any) -> BaseException | None:
    if isinstance(exc_info, BaseException):
        return exc_info
    if isinstance(exc_info, tuple):
        _, error, _ = exc_info
        return error if isinstance(error, BaseException) else None
    return sys.exc_info()[1] if exc_info else None


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what led to it, the last first."""
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen:
        seen.add(id(link))
        yield link
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)


def _type_name(error: BaseException) -> str:
    kind = type(error)
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"


def _frames(error: BaseException) -> list[str]:
    frames = [
        f"{_place(frame.f_code.co_filename)}:{line} {frame.f_code.co_name}"
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    return frames[-_MOST_FRAMES:]


def _place(filename: str) -> str:
    _, found, package = filename.partition("site-packages/")
    if found:
        return package
    path = Path(filename)
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else path.name


def _without_numbers(logger: Any, name: str, event: EventDict) -> EventDict:
    """The net below everything else: whatever looks like a phone number, follows a `?` in an address, or lets
    people in."""
    kept = {
        key: event[key]
        for key in ("_record", "_from_structlog", "exception", "request_id", "task_id")
        if key in event
    }
    return {**{key: _clean(value) for key, value in event.items() if key not in kept}, **kept}


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return without_numbers(_SECRET_PATH.sub(r"\1…", _without_queries(value)))
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set):
        return [_clean(inner) for inner in value]
    return value


def _without_queries(text: str) -> str:
    words = text.split(" ")
    return " ".join(word.partition("?")[0] + "?…" if "/" in word and "?" in word else word for word in words)


def _exceptions_in_lines(logger: Any, name: str, event: EventDict) -> EventDict:
    """The console shows an exception as text, the innermost frame last."""
    chain = event.get("exception")
    if isinstance(chain, list):
        event["exception"] = "\n".join(
            line for one in chain for line in (one["type"], *(f"  {frame}" for frame in one["frames"]))
        )
    return event
