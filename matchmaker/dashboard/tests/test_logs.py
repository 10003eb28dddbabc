"""What the logs keep to themselves, through the handler that really writes them."""

import io
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog
from celery import shared_task
from django.db import DataError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from matchmaker import logs

NUMBER = "+15550100771"
WORDS = "I have a secret"

Logged = Callable[[], str]


def breaks(request: HttpRequest, token: str) -> HttpResponse:
    local = WORDS
    raise ValueError(f"{NUMBER} wrote {local}")


def fine(request: HttpRequest, token: str) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("breaks/<token>", breaks), path("fine/<token>", fine)]


@shared_task(name="breaks_for_a_test")
def broken_task(text: str) -> None:
    raise ValueError(f"{NUMBER} wrote {text}")


@pytest.fixture(params=[False, True], ids=["json", "console"])
def logged(request: pytest.FixtureRequest) -> Iterator[Logged]:
    """What the product's own handler writes, in both of its forms."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.formatter(debug=request.param))
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream.getvalue
    root.removeHandler(handler)


def assert_silent_about_people(text: str) -> None:
    for private in (NUMBER, "0100771", "555 010", WORDS):
        assert private not in text


def test_it_logs_only_the_type_and_place_of_an_exception(logged: Logged) -> None:
    def inner() -> None:
        local = WORDS
        raise KeyError(f"{NUMBER} {local}")

    try:
        try:
            inner()
        except KeyError as error:
            raise ValueError(f"no such number {NUMBER}") from error
    except ValueError:
        structlog.get_logger().exception("it_broke", session=7)

    told = logged()
    assert_silent_about_people(told)
    for kept in ("it_broke", "ValueError", "KeyError", "test_logs.py:", "inner"):
        assert kept in told


def test_it_leaves_out_values_that_postgres_quotes(logged: Logged, db: None) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::int", [NUMBER + "x"])
    except DataError as error:
        logging.getLogger("some.library").exception("Could not store: %s", error)

    told = logged()
    assert_silent_about_people(told)
    assert "Could not store: DataError" in told


def test_it_takes_an_exceptions_words_out_of_a_finished_message(logged: Logged) -> None:
    try:
        raise ValueError(WORDS)
    except ValueError as error:
        logging.getLogger("some.library").exception(f"Failed: {error}")

    told = logged()
    assert_silent_about_people(told)
    assert "Failed: ValueError" in told


@pytest.mark.parametrize("written", [NUMBER, f"whatsapp:{NUMBER}", "+1 (555) 010-0771", "1-555-010-0771"])
def test_it_takes_numbers_out_of_any_line(logged: Logged, written: str) -> None:
    logging.getLogger("some.library").warning("Calling %s now", written)
    structlog.get_logger().warning("calling", to={"numbers": [written]})

    assert_silent_about_people(logged())
    assert "[number]" in logged()


def test_it_leaves_out_query_strings(logged: Logged) -> None:
    logging.getLogger("some.library").warning('"GET /join/AB2CDE?phone=secretive HTTP/1.1" 200')

    assert "secretive" not in logged()


@pytest.mark.parametrize(
    "path", ["/join/AB2CDE", "/join/ab2cde/", "/chat/AB2CDE", "/p/AB2CDE/x", "/me/AB2CDE/photos"]
)
@pytest.mark.parametrize("written", ['"GET {} HTTP/1.1" 200', "see https://match.test{}", "{}"])
def test_it_takes_codes_and_tokens_out_of_addresses(logged: Logged, path: str, written: str) -> None:
    logging.getLogger("some.library").warning("asked for %s", written.format(path))
    structlog.get_logger().warning("asked", path=written.format(path))

    told = logged()
    assert "ab2cde" not in told.lower()
    assert told.count(f"{path[: path.index('/', 1)]}/…") == 2


def test_it_leaves_other_addresses_alone(logged: Logged) -> None:
    logging.getLogger("some.library").warning("POST https://model.test/v1/chat/completions")

    assert "/v1/chat/completions" in logged()


def test_it_logs_an_invite_without_its_code(logged: Logged, client: Client, db: None) -> None:
    client.get("/join/AB2CDE")

    told = logged()
    assert "GET /join/<anything:code>" in told
    assert "AB2CDE" not in told


def test_it_names_the_route_of_a_request_and_never_its_address(logged: Logged, client: Client, settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    settings.DJANGO_STRUCTLOG_STATUS_2XX_LOG_LEVEL = logging.INFO

    client.get(f"/fine/tokentoken?q={WORDS}")

    told = logged()
    assert "GET /fine/<token>" in told
    assert "tokentoken" not in told
    assert_silent_about_people(told)


def test_it_logs_a_broken_page_without_its_content(logged: Logged, client: Client, settings: Any) -> None:
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False

    client.post(f"/breaks/tokentoken?q={NUMBER}", {"Body": WORDS})

    told = logged()
    assert_silent_about_people(told)
    assert "tokentoken" not in told
    assert "request_failed" in told
    assert "test_logs.py:" in told


def test_it_logs_a_broken_task_without_its_content(logged: Logged) -> None:
    broken_task.apply(args=[WORDS])

    told = logged()
    assert_silent_about_people(told)
    assert "breaks_for_a_test" in told
    assert "ValueError" in told


def test_it_writes_one_json_object_a_line() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.formatter(debug=False))
    logger = logging.getLogger("some.library")
    logger.addHandler(handler)
    logger.warning("two\nlines, an object: %s", object)
    logger.removeHandler(handler)

    told = json.loads(stream.getvalue())
    assert told["level"] == "warning"
    assert told["logger"] == "some.library"
    assert told["timestamp"]


def test_it_writes_the_products_records_by_that_handler(settings: Any) -> None:
    """Django's own handlers would print messages of exceptions."""
    config = settings.LOGGING

    assert config["root"]["handlers"] == ["stderr"]
    assert config["loggers"]["django"]["handlers"] == []
    formatters = {
        type(handler.formatter)
        for name in ("", "django", "django.request", "django.server", "celery")
        for handler in logging.getLogger(name).handlers
        if type(handler) is logging.StreamHandler
    }
    assert formatters <= {structlog.stdlib.ProcessorFormatter}
