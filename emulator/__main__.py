"""`python -m emulator --port 8010`."""

import logging
import os
import sys
from dataclasses import replace

from emulator.persistence import UnreadableState
from emulator.server import listen, make_server
from emulator.settings import InvalidSettings, Settings, read_settings

logger = logging.getLogger("emulator")


def main() -> int:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)  # its lines hold whole URLs
    try:
        settings = read_settings(sys.argv[1:])
        listener = listen(settings.host, settings.port)
    except InvalidSettings as error:
        sys.stderr.write(f"{error}\n")
        return 2
    settings = replace(settings, port=listener.getsockname()[1])
    _introduce(settings, token_given="--auth-token" in sys.argv or "TWILIO_AUTH_TOKEN" in os.environ)
    try:
        make_server(settings).run(sockets=[listener])
    except UnreadableState as error:
        sys.stderr.write(f"{error} Remove it to start over.\n")
        return 2
    return 0


def _introduce(settings: Settings, *, token_given: bool) -> None:
    logger.info("Emulator on %s, phones at %s/phones", settings.public_url, settings.public_url)
    logger.info("Account %s, our numbers %s", settings.account_sid, ", ".join(settings.senders))
    if not token_given:
        logger.info("Auth token %s (made for this run)", settings.auth_token)


if __name__ == "__main__":
    sys.exit(main())
