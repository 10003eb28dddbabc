"""A pytest plugin that gives each of several test processes a Redis of its own.

Loaded with `-p`, so that it runs before Django's settings are read.
"""

import os

OWN_REDIS = "MM_REDIS_URL_{}"
"""The variable that holds the address for one of pytest-xdist's workers (gw0, gw1)."""

_own = os.environ.get(OWN_REDIS.format(os.environ.get("PYTEST_XDIST_WORKER", "")))
if _own:
    os.environ["REDIS_URL"] = _own
