"""For commands whose work is done by a package that the production image does not hold."""

from importlib import import_module
from types import ModuleType

from django.core.management.base import CommandError


def import_development_module(name: str) -> ModuleType:
    """Raises CommandError where its package is not installed.

    Imported by name and on use: the product must start, and pass its import contracts, without it.
    """
    package = name.partition(".")[0]
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != package:
            raise  # the package is here, but something that it needs is not
        raise CommandError(
            f"{package} is not installed here: it is in the repository, not in the production image. "
            "Run this command in a checkout, with `make demo` up.",
            returncode=2,
        ) from None
