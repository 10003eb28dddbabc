#!/usr/bin/env python
"""Django's command line, and `demo`, which starts the local stack."""

import os
import sys
from importlib import import_module
from pathlib import Path


def main() -> None:
    prepare_local_stack()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "matchmaker.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        import_module(os.environ["DJANGO_SETTINGS_MODULE"])  # checks all settings at once
    except ImproperlyConfigured as error:
        sys.exit(str(error))
    execute_from_command_line(sys.argv)


def prepare_local_stack() -> None:
    """On a developer's machine: hand `demo` over, and let every other command reach a demo that is up."""
    try:
        from devstack.__main__ import main as devstack
        from devstack.environment import reach_running_demo
    except ModuleNotFoundError as error:
        if error.name != "devstack":
            raise
        if sys.argv[1:2] == ["demo"]:
            sys.exit(
                "devstack is not installed here: it is in the repository, not in the production image. "
                "Run `make demo` in a checkout."
            )
        return
    if sys.argv[1:2] == ["demo"]:
        sys.exit(devstack(sys.argv[1:]))
    reach_running_demo(Path(__file__).resolve().parent / ".env")


if __name__ == "__main__":
    main()
