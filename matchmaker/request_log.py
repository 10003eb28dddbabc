from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware

from matchmaker.logs import route_of


class RequestLog(RequestMiddleware):
    """One line for each request: the route, never the address, which holds codes, tokens and searches."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        return f"{request.method} {route_of(request)}"
