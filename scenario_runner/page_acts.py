"""What a person does on their own page, act by act, with nothing but the page's own forms."""

import re
import time
from dataclasses import dataclass
from pathlib import Path

from lxml.html import FormElement

from scenario_runner.html_forms import fields_called
from scenario_runner.own_page import OwnPage, PageRefused
from scenario_runner.page_steps import Act, Action, Answer, ArrangePhotos, Pick, Press, Wanted, WriteBio
from scenario_runner.scenario import photo_file

ARRIVES_WITHIN_S = 40
LOOK_EVERY_S = 0.5
_ADDRESSES: dict[Action, str] = {"approve": "approve", "forget_me": "forget-me", "leave": "leave"}
_IN_WORDS: dict[Action, str] = {
    "approve": "approves the profile on their page",
    "forget_me": "asks on their page to be forgotten",
    "leave": "leaves by their page",
}


def in_words(act: Act) -> str:
    match act:
        case Answer():
            return f"answers on their page: {', '.join(act.values)}"
        case Pick():
            return f"picks bio {act.number} on their page"
        case WriteBio():
            return f"writes on their page: {act.text}"
        case ArrangePhotos():
            return f"arranges photos on their page: {', '.join(photo.name for photo in act.photos)}"
        case Press():
            return _IN_WORDS[act.what]


@dataclass
class OnTheirPage:
    """`numbers`: what the group calls the photos that were sent, by file name; `bios`: those that were drafted, by number.
    `folder`: where other photos lie."""

    page: OwnPage
    numbers: dict[str, int]
    bios: dict[int, str]
    folder: Path

    def do(self, act: Act) -> None:
        """Raises PageRefused."""
        match act:
            case Answer():
                self.answer(act.values)
            case Pick():
                self.pick(act.number)
            case WriteBio():
                self.page.fill(form := self.page.form("text-write", kind="bio"), "text", (act.text,))
                self.page.send(form)
            case ArrangePhotos():
                self.arrange({self.number_of(photo): photo for photo in act.photos})
            case Press():
                self.press(_ADDRESSES[act.what])

    def answer(self, values: dict[str, tuple[str, ...]]) -> None:
        """Form by form: the page may ask on one, or each on its own."""
        left = dict(values)
        while left:
            form = self._form_asking(next(iter(left)))
            here = [name for name in left if _asks(form, name)]
            for name in here:
                for field, texts in _by_field(form, name, left.pop(name)):
                    self.page.fill(form, field, texts)
            self.page.send(form)

    def _form_asking(self, name: str) -> FormElement:
        for form in self.page.forms():
            if _asks(form, name):
                return form
        raise PageRefused(f"the page does not ask for {name}")

    def press(self, what: str) -> None:
        """What cannot be taken back is asked first, on a page of its own."""
        if not self.page.forms(what) and self.page.still_to_come:
            raise PageRefused(self.page.still_to_come)
        if not self.page.forms(what):
            self.page.follow(what)
        self.page.send(self.page.form(what))

    def pick(self, number: int) -> None:
        """The page shows no numbers: they know the bio by its words. A friend's pick is a vote."""
        if number not in self.bios:
            raise PageRefused(f"there is no bio {number}")
        for form in [*self.page.forms("text-pick"), *self.page.forms("text-vote")]:
            words = form.xpath("ancestor::li[1]//p[contains(@class, 'value')]")
            if words and " ".join(words[0].text_content().split()) == " ".join(self.bios[number].split()):
                self.page.send(form)
                return
        raise PageRefused(f"the page has no button to pick bio {number}")

    # photos -----------------------------------------------------------------------------------------------------------

    def number_of(self, photo: Wanted) -> int:
        if photo.name.isdecimal():
            return int(photo.name)
        if photo.name not in self.numbers:
            self.numbers[photo.name] = self.upload(photo.name)
        return self.numbers[photo.name]

    def upload(self, name: str) -> int:
        """The number it gets, once it has been looked at."""
        before = set(self._forms_by_photo("photo-on"))
        file = photo_file(name, self.folder)
        assert file is not None  # the scenario was checked
        self.page.send(self.page.form("photo"), files={"photo": file})
        deadline = time.monotonic() + ARRIVES_WITHIN_S
        while time.monotonic() < deadline:
            self.page.open()
            new = set(self._forms_by_photo("photo-on")) - before
            if new:
                return new.pop()
            time.sleep(LOOK_EVERY_S)
        raise PageRefused(f"{name} did not turn up on the page. {self.page.refusal}".strip())

    def arrange(self, wanted: dict[int, Wanted]) -> None:
        """These and no others, in this order."""
        for number, photo in wanted.items():
            self._put_on(number, photo)
        for number in self._chosen():
            if number not in wanted:
                self._press_for(number, "photo-off")
        for place, number in enumerate(wanted):
            for _ in range(self._chosen().index(number) - place):
                self._press_for(number, "photo-up")

    def _put_on(self, number: int, photo: Wanted) -> None:
        is_chosen = number in self._chosen()
        form = self._form_for(number, "photo-who" if is_chosen else "photo-on")
        is_said = bool(form.fields.get("shows"))
        if is_chosen and is_said and photo.shows in (None, form.fields.get("shows")):
            return
        if photo.shows or not is_said:
            self.page.fill(form, "shows", (photo.shows or "owner",))
        self.page.send(form)

    def _press_for(self, number: int, what: str) -> None:
        self.page.send(self._form_for(number, what))

    def _form_for(self, number: int, what: str) -> FormElement:
        forms = self._forms_by_photo(what)
        if number not in forms:
            raise PageRefused(f"the page has no button {what} for photo {number}")
        return forms[number]

    def _forms_by_photo(self, what: str) -> dict[int, FormElement]:
        found = ((_photo_number(form), form) for form in self.page.forms(what))
        return {number: form for number, form in found if number is not None}

    def _chosen(self) -> list[int]:
        return list(self._forms_by_photo("photo-who"))


def _photo_number(form: FormElement) -> int | None:
    """Of the photo beside which the form stands."""
    captions = form.xpath("ancestor::li[1]//figcaption")
    found = re.search(r"\bPhoto (\d+)\b", captions[0].text_content()) if captions else None
    return int(found[1]) if found else None


def _asks(form: FormElement, name: str) -> bool:
    return bool(fields_called(form, name) or fields_called(form, f"{name}_from"))


def _by_field(form: FormElement, name: str, values: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """A range has a field for each end: `25-35`, or `[25, 35]`."""
    if fields_called(form, name):
        return [(name, values)]
    ends = tuple(re.findall(r"\d+", " ".join(values)))
    return [(f"{name}_from", ends[:1]), (f"{name}_to", ends[1:])]
