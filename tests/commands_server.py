"""`manage.py` with Django loaded once: each command runs in a process forked from this one.

Loading takes longer than most commands do.
"""

import io
import json
import sys
import traceback
from contextlib import redirect_stderr, redirect_stdout, suppress
from socketserver import ForkingMixIn, StreamRequestHandler, UnixStreamServer

import django
from django.core.management import execute_from_command_line


class Handler(StreamRequestHandler):
    """Answers a line of arguments with the exit code and what was written, as JSON."""

    def handle(self) -> None:
        arguments = json.loads(self.rfile.readline())
        with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
            code = run(arguments)
        self.wfile.write(json.dumps([code, out.getvalue(), err.getvalue()]).encode())


def run(arguments: list[str]) -> int:
    try:
        execute_from_command_line(["manage.py", *arguments])
    except SystemExit as end:
        return int(end.code or 0)
    except Exception:
        traceback.print_exc()
        return 1
    return 0


class Server(ForkingMixIn, UnixStreamServer):
    pass


if __name__ == "__main__":
    django.setup()
    with Server(sys.argv[1], Handler) as server, suppress(KeyboardInterrupt):
        server.serve_forever()
