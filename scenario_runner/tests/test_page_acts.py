"""What a person does on their own page, played on a page that answers as ours does."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from scenario_runner.own_page import OwnPage, PageRefused
from scenario_runner.page_acts import OnTheirPage
from scenario_runner.page_steps import Answer, ArrangePhotos, Pick, Press, Wanted, WriteBio
from scenario_runner.scenario import SAMPLES

ADDRESS = "http://own.test/me/abc"


class Site:
    """Photos, a form of questions, two bios, and the buttons around them. `said`: what was sent, as (button, fields)."""

    def __init__(self) -> None:
        self.said: list[tuple[str, dict[str, str]]] = []
        self.chosen: list[int] = [2]
        self.offered: list[int] = [1, 3]
        self.shows = {2: "owner"}
        self.lacking: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        what = request.url.path.removeprefix("/me/abc").strip("/")
        if request.method == "GET":
            return httpx.Response(200, html=self.sure(what) if what else self.page())
        fields = dict(httpx.QueryParams(request.content.decode(errors="replace")))
        if "multipart" in request.headers.get("content-type", ""):
            self.offered.append(9)
            fields = {"photo": "a JPEG" if b"JFIF" in request.content else ""}
        self.said.append((what, fields))
        return httpx.Response(200, html=self.page(self.do(what, fields)))

    def do(self, what: str, fields: dict[str, str]) -> str:
        """What it says, where it does not do it."""
        number = int(fields.get("id") or 0)
        if what == "photo-on":
            self.offered.remove(number)
            self.chosen.append(number)
            self.shows[number] = fields["shows"]
        if what == "photo-off":
            self.chosen.remove(number)
        if what == "photo-up":
            at = self.chosen.index(number)
            self.chosen[at - 1 : at + 1] = [number, self.chosen[at - 1]]
        return "Eighteen at least, please." if fields.get("age_range_from") == "12" else ""

    def sure(self, what: str) -> str:
        return f"<h1>Sure?</h1><form method=post action=/me/abc/{what}><button>Yes</button></form>"

    def page(self, warning: str = "") -> str:
        chosen = "".join(self.photo(number, "photo-who", "photo-off", "photo-up") for number in self.chosen)
        offered = "".join(self.photo(number, "photo-on", "photo-off") for number in self.offered)
        bios = "".join(
            f"<li><p class=value>{text}</p><form action=/me/abc/text-pick><input name=id value={pk}></form></li>"
            for pk, text in ((41, "I climb."), (42, "I bake."))
        )
        lacking = "".join(f"<li>{what}</li>" for what in self.lacking)
        approve = f"<ul class=lacking>{lacking}</ul>" if lacking else "<form action=/me/abc/approve></form>"
        return f"""
            <p class="said warning">Yesterday's photo was too small</p>
            <p class="said warning" role="status">{warning}</p><ol>{chosen}</ol><ul>{offered}</ul>
            <form action=/me/abc/questions><input type=radio name=gender value=woman><input name=gender_own type=text>
            <input name=age_range_from><input name=age_range_to></form>
            <form action=/me/abc/photo><input type=file name=photo></form><ul>{bios}</ul>
            <form action=/me/abc/text-write><input type=hidden name=kind value=bio><textarea name=text></textarea></form>
            {approve}<a href=/me/abc/forget-me>Forget me</a>"""

    def photo(self, number: int, *buttons: str) -> str:
        shown = self.shows.get(number, "")
        options = "".join(
            f"<option value='{who}'{' selected' if who == shown else ''}></option>"
            for who in ("", "owner", "together")
        )
        selects = dict.fromkeys(("photo-on", "photo-who"), f"<select name=shows>{options}</select>")
        forms = "".join(
            f"<form action=/me/abc/{what}><input name=id value={number}>{selects.get(what, '')}</form>"
            for what in buttons
        )
        return f"<li><figure><figcaption>Photo {number}</figcaption></figure>{forms}</li>"


Do = Callable[[Any], None]


@pytest.fixture
def site() -> Site:
    return Site()


@pytest.fixture
def act(site: Site, monkeypatch: pytest.MonkeyPatch) -> Do:
    client = httpx.Client(transport=httpx.MockTransport(site))
    monkeypatch.setattr("scenario_runner.own_page.httpx.Client", lambda **_: client)
    page = OwnPage(ADDRESS)
    page.open()
    return OnTheirPage(page, {"climbing.jpg": 1}, {1: "I climb.", 2: "I bake."}, Path("nowhere")).do


def test_it_answers_by_the_names_of_the_fields(site: Site, act: Do):
    act(Answer({"gender": ("woman",), "age_range": ("26-36",)}))

    what, fields = site.said[0]
    assert (what, fields["gender"], fields["age_range_from"], fields["age_range_to"]) == (
        "questions",
        "woman",
        "26",
        "36",
    )


def test_it_fails_in_the_words_of_the_page(act: Do):
    with pytest.raises(PageRefused, match=r"^Eighteen at least, please\.$"):
        act(Answer({"age_range": ("12-13",)}))


def test_it_puts_these_photos_on_in_this_order_and_no_others(site: Site, act: Do):
    act(ArrangePhotos((Wanted("3", "together"), Wanted("climbing.jpg"))))

    assert site.chosen == [3, 1]
    assert (site.shows[3], site.shows[1]) == ("together", "owner")


def test_it_moves_photos_into_their_places(site: Site, act: Do):
    act(ArrangePhotos((Wanted("3"), Wanted("1"), Wanted("2"))))

    assert site.chosen == [3, 1, 2]


def test_it_leaves_what_is_right_already(site: Site, act: Do):
    act(ArrangePhotos((Wanted("2"),)))

    assert site.said == []


def test_it_uploads_what_nobody_sent(site: Site, act: Do):
    act(ArrangePhotos((Wanted("cafe.jpg"),)))

    assert site.said[0] == ("photo", {"photo": "a JPEG"})
    assert site.chosen == [9]


def test_it_knows_a_bio_by_its_words(site: Site, act: Do):
    act(Pick(2))

    assert site.said == [("text-pick", {"id": "42"})]


def test_it_writes_a_bio(site: Site, act: Do):
    act(WriteBio("I name my bread."))

    assert site.said == [("text-write", {"kind": "bio", "text": "I name my bread."})]


def test_it_says_yes_where_the_page_makes_sure(site: Site, act: Do):
    act(Press("forget_me"))

    assert site.said == [("forget-me", {})]


def test_it_tells_what_is_missing_where_there_is_nothing_to_approve(site: Site, act: Do):
    site.lacking = ["photos", "a bio that you've picked"]
    act(ArrangePhotos((Wanted("1"),)))

    with pytest.raises(PageRefused, match="photos, a bio that you've picked"):
        act(Press("approve"))


def test_it_refuses_what_the_page_does_not_ask(act: Do):
    with pytest.raises(PageRefused, match="the page does not ask for politics"):
        act(Answer({"politics": ("none",)}))


@pytest.mark.parametrize("photo", sorted(SAMPLES.glob("*.jpg")), ids=lambda path: path.stem)
def test_the_sample_photos_are_large_pictures_in_small_files(photo: Path):
    with Image.open(photo) as picture:
        assert min(picture.size) >= 900
    assert photo.stat().st_size < 200_000
