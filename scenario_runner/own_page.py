"""Somebody with a browser on their own page: reads its forms, fills them in by name, and sends them."""

import re
from pathlib import Path
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

import httpx
import lxml.html
from lxml.html import FormElement

from scenario_runner.html_forms import CannotFill, fill

TIMEOUT_S = 30.0
LINK = re.compile(r"https?://\S+/me/[\w-]+")


class PageRefused(Exception):
    """The page's own line, or what it lacks."""


class OwnPage:
    """One visit by a link; the cookies last as long."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._http = httpx.Client(timeout=TIMEOUT_S, trust_env=False, follow_redirects=True)
        self._page = lxml.html.fromstring("<p></p>")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def open(self) -> bool:
        """Whether the link still opens it."""
        answer = self._request("GET", self._address)
        self._take(answer)
        return answer.status_code == httpx.codes.OK

    @property
    def refusal(self) -> str:
        """What the page says did not work just now; what it tells at other times has no role."""
        lines = self._page.xpath("//*[@role = 'status' or @role = 'alert' or @class = 'errors']")
        told = (line for line in lines if {"warning", "error", "errors"} & set(line.classes))
        return " ".join(dict.fromkeys(" ".join(line.text_content().split()) for line in told))

    @property
    def still_to_come(self) -> str:
        """What the page says is missing before it can be approved."""
        listed = [" ".join(item.text_content().split()) for item in self._page.xpath("//*[@class = 'lacking']/li")]
        return f"Still to come before you can approve it: {', '.join(listed)}" if listed else ""

    # forms ------------------------------------------------------------------------------------------------------------

    def forms(self, what: str = "") -> list[FormElement]:
        """Those whose address ends in that word, in the page's order."""
        found: list[FormElement] = list(self._page.forms)
        return [form for form in found if not what or _word_of(form) == what]

    def form(self, what: str, **fixed: str) -> FormElement:
        """The first such form whose fields have these values already. Raises PageRefused."""
        for form in self.forms(what):
            if all(form.fields.get(name) == value for name, value in fixed.items()):
                return form
        told = "".join(f" for {name} {value}" for name, value in fixed.items())
        raise PageRefused(f"the page has no button {what}{told}")

    def send(
        self, form: FormElement, files: dict[str, Path] | None = None, button: tuple[str, str] | None = None
    ) -> None:
        """Raises PageRefused when the page, instead of doing it, says why not."""
        values = [*form.form_values(), *([button] if button else [])]
        data: dict[str, list[str]] = {}
        for name, value in values:
            data.setdefault(name, []).append(value)
        address = urljoin(self._address, form.action or "")
        uploads: Any = {name: (path.name, path.read_bytes()) for name, path in (files or {}).items()} or None
        answer = self._request("POST", address, data=data, files=uploads)
        self._take(answer)
        if why_not := self._why_not(answer):
            raise PageRefused(why_not)

    def follow(self, what: str) -> None:
        """A link to a question that is asked before what cannot be taken back."""
        for link in self._page.xpath("//a[@href]"):
            if urlsplit(link.get("href")).path.endswith(f"/{what}"):
                self._take(self._request("GET", urljoin(self._address, link.get("href"))))
                return
        raise PageRefused(f"the page has no link {what}")

    def fill(self, form: FormElement, name: str, values: tuple[str, ...]) -> None:
        """Raises PageRefused."""
        try:
            fill(form, name, values)
        except CannotFill as lacking:
            raise PageRefused(str(lacking)) from None

    def _request(self, method: str, address: str, **content: Any) -> httpx.Response:
        try:
            return self._http.request(method, address, **content)
        except httpx.TransportError as error:
            raise PageRefused(f"the page does not answer ({type(error).__name__})") from None

    def _take(self, answer: httpx.Response) -> None:
        self._page = lxml.html.fromstring(answer.text or "<p></p>", base_url=str(answer.url))

    def _why_not(self, answer: httpx.Response) -> str:
        if self.refusal or answer.status_code < httpx.codes.BAD_REQUEST:
            return self.refusal
        heading = self._page.xpath("(//h1)[1] | (//h1)[1]/following::p[1]")
        return (
            " ".join(" ".join(line.text_content().split()) for line in heading) or f"it answered {answer.status_code}"
        )


def _word_of(form: FormElement) -> str:
    return urlsplit(form.action or "").path.rstrip("/").rpartition("/")[2]
