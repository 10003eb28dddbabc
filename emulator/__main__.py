"""`python -m emulator --port 8010`."""

import logging
import socket
import sys
from dataclasses import replace

import uvicorn

from emulator.app import create_app
from emulator.settings import Settings, WrongSettings, read_settings

logger = logging.getLogger("emulator")


def main() -> int:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)  # its lines hold whole URLs
    try:
        settings = read_settings(sys.argv[1:])
        listener = _listen(settings)
    except WrongSettings as error:
        sys.stderr.write(f"{error}\n")
        return 2
    settings = replace(settings, port=listener.getsockname()[1])
    _introduce(settings)
    # The access log would hold phone numbers; open event streams must not hold up the end.
    config = uvicorn.Config(create_app(settings), log_level="warning", access_log=False, timeout_graceful_shutdown=1)
    uvicorn.Server(config).run(sockets=[listener])
    return 0


def _listen(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
    except (OSError, OverflowError) as error:
        raise WrongSettings(
            f"The emulator cannot listen on {settings.host}:{settings.port}: {error}. Choose another --port."
        ) from error
    return listener


def _introduce(settings: Settings) -> None:
    logger.info("Emulator on %s, phones at %s/phones", settings.public_url, settings.public_url)
    logger.info("Account %s, our numbers %s", settings.account_sid, ", ".join(settings.senders))


if __name__ == "__main__":
    sys.exit(main())
