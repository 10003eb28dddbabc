"""Somebody looks at the page of phones."""

from playwright.sync_api import ConsoleMessage, Error, Locator, Page, Request, ViewportSize, expect

from emulator.tests.support import Bench

DESKTOP: ViewportSize = {"width": 1440, "height": 900}
HANDHELD: ViewportSize = {"width": 390, "height": 844}


class Visit:
    """The page, and the emulator behind it. `problems` are console errors and uncaught exceptions."""

    def __init__(self, page: Page, bench: Bench) -> None:
        self.page = page
        self.bench = bench
        self.problems: list[str] = []
        self.requests: list[str] = []
        page.on("console", self._note)
        page.on("pageerror", self._note_error)
        page.on("request", self._note_request)

    def leave(self) -> None:
        """Nothing of this visit goes on. The next place is of the same origin, so that the tab keeps its process."""
        self.page.remove_listener("console", self._note)
        self.page.remove_listener("pageerror", self._note_error)
        self.page.remove_listener("request", self._note_request)
        self.page.unroute_all()
        self.page.goto(f"{self.bench.base}/emulator/clock")

    def open(self) -> None:
        self.page.goto(f"{self.bench.base}/phones")
        self.page.locator(".live.is-live").wait_for(state="attached")

    def phone(self, name: str) -> Locator:
        return self.page.get_by_role("article", name=f"{name}'s phone", exact=False)

    def box(self, name: str) -> Locator:
        return self.page.get_by_label(f"Write as {name}", exact=True)

    def write(self, name: str, text: str) -> None:
        self.box(name).fill(text)
        self.box(name).press("Enter")

    def arrived(self, name: str) -> Locator:
        return self.phone(name).locator(".bubble.in")

    def written(self, name: str) -> Locator:
        return self.phone(name).locator(".bubble.out")

    def sees(self, name: str, text: str) -> None:
        expect(self.arrived(name).filter(has_text=text)).to_have_count(1)

    def has_no_overflow(self) -> bool:
        wide: bool = self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        return not wide

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(message.text)

    def _note_error(self, error: Error) -> None:
        self.problems.append(str(error))

    def _note_request(self, request: Request) -> None:
        self.requests.append(request.url)
