"""Servers that were given from outside: asked once at the start, so that a wrong address is reported in one line."""

from collections.abc import Mapping

import psycopg
import redis

from devstack.errors import LaunchError


def check_external(environ: Mapping[str, str]) -> None:
    """Raises when DATABASE_URL or REDIS_URL is set and nobody answers there."""
    if url := environ.get("DATABASE_URL"):
        check_database(url)
    if url := environ.get("REDIS_URL"):
        check_redis(url)


def check_database(url: str) -> None:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.Error as error:
        raise LaunchError(f"DATABASE_URL does not work: {error}\n{HINT}") from error


def check_redis(url: str) -> None:
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        raise LaunchError(f"REDIS_URL does not work: {error}\n{HINT}") from error


HINT = "Fix it, or unset it to have a server started for you."
