"""A profile as the tests need it: what people said and chose, without the talk that led to it."""

from functools import cache
from io import BytesIO
from typing import Any

from django.conf import settings
from PIL import Image

from conversations_app.models import Message
from matchmaker import clock
from matchmaker.ai.fields import FIELDS
from sessions_app import actions
from sessions_app.models import Draft, Fact, LockedSession, PageAct, Participant, Photo, ProfileVersion
from sessions_app.photos import storage
from sessions_app.versions import approve, current

ANSWERS = {
    "Something ordinary I take very seriously:": "Butter on warm bread, right to the edge. I will not be hurried.",
    "My group chat will warn you that…": "I narrate what the cat is thinking, and I do the voice.",
    "Our first hour could be:": "Coffee by the canal, then whichever bookshop is still open.",
}
BIO = (
    "Night nurse in Leeds. I bake sourdough at six in the morning and once missed the last train home for one more "
    "game of cards."
)
MORE = (
    ("interests", "flea markets"),
    ("interests", "cold lakes"),
    ("interests", "pub quizzes"),
    ("languages", "English"),
    ("languages", "Portuguese"),
    ("drink", "sometimes"),
    ("smoke", "no"),
    ("first_date_idea", "A flea market with ten pounds each, worst painting wins"),
)


@cache
def _files_of(name: str) -> tuple[dict[storage.Size, bytes], tuple[int, int]]:
    picture = Image.open(settings.BASE_DIR / "scenarios" / "photos" / f"{name}.jpg")
    files: dict[storage.Size, bytes] = {}
    sides: dict[storage.Size, int] = {"small": 320, "medium": 960, "large": 1600}
    for size, side in sides.items():
        smaller = picture.copy()
        smaller.thumbnail((side, side))
        file = BytesIO()
        smaller.save(file, "JPEG", quality=85)
        files[size] = file.getvalue()
    return files, picture.size


class Profile:
    """Abby's, with her friend Sam in the group."""

    def __init__(self) -> None:
        now = clock.now()
        contact = actions.get_or_update_contact(address="whatsapp:+15550100001", at=now, display_name="Abby")
        self.abby = actions.start_session(contact=contact, at=now)
        self.session: LockedSession = LockedSession(self.abby.session)
        actions.make_primary(participant=self.abby)
        self.abby.refresh_from_db()
        friend = actions.get_or_update_contact(address="whatsapp:+15550100002", at=now, display_name="Sam")
        self.sam = actions.join_session(session=self.session, contact=friend, at=now)
        self._photos = 0

    def act(self, what: str = PageAct.What.ANSWERED, *, by: Participant | None = None) -> actions.Place:
        act = PageAct.objects.create(participant=by or self.abby, what=what, at=clock.now())
        return actions.Place(page_act_id=act.pk)

    def fact(self, field: str, value: Any, *, said_by: Participant | None = None, **more: Any) -> Fact:
        """Confirmed, unless `confirmed=None`."""
        said_by = said_by or self.abby
        return actions.record_fact(
            **{
                "session": self.session,
                "field": field,
                "value": FIELDS[field].normalise(value),
                "said_by": said_by,
                "where": self.act(by=said_by),
                "quote": str(value),
                "at": clock.now(),
                "confirmed": self.act(PageAct.What.CONFIRMED),
                "confirmed_by": self.abby,
                **more,
            }
        )

    def draft(self, text: str, *facts: Fact, prompt: str = "", is_picked: bool = True) -> Draft:
        kind = Draft.Kind.PROMPT if prompt else Draft.Kind.BIO
        pick = {"picked_on_page_id": self.act(PageAct.What.PICKED).page_act_id, "picked_at": clock.now()}
        draft = Draft.objects.create(
            session=self.session,
            kind=kind,
            prompt=prompt,
            text=text,
            number=self.session.drafts.filter(kind=kind).count() + 1,
            state=Draft.State.PICKED if is_picked else Draft.State.OFFERED,
            created_at=clock.now(),
            **(pick if is_picked else {}),
        )
        draft.facts.set(facts)
        return draft

    def photo(self, *, shows: str = Photo.Shows.OWNER, is_chosen: bool = True, **more: Any) -> Photo:
        self._photos += 1
        return Photo.objects.create(
            **{
                "session": self.session,
                "sent_by": self.abby,
                "page_act_id": self.act(PageAct.What.CHOSE_PHOTOS).page_act_id,
                "number": self._photos,
                "state": Photo.State.CHOSEN if is_chosen else Photo.State.OFFERED,
                "place": self._photos if is_chosen else None,
                "shows": shows,
                "created_at": clock.now(),
                **more,
            }
        )

    def photo_file(self, name: str, *, shows: str = Photo.Shows.OWNER, **more: Any) -> Photo:
        """With its files in the store: one of the pictures that the demo sends."""
        files, (width, height) = _files_of(name)
        photo = self.photo(shows=shows, width=width, height=height, **more)
        storage.write(photo, files)
        return photo

    def with_pictures(self) -> "Profile":
        """Complete, with six photos and what friends say."""
        self.photo_file("cafe", alt_text="Abby laughing behind a slice of cake")
        self.photo_file("baking", alt_text="Abby holding up a loaf of bread")
        self.photo_file("lake", shows=Photo.Shows.TOGETHER, alt_text="Abby and three friends on a jetty at sunset")
        self.photo_file("flea_market", alt_text="Abby with a framed picture of a cat")
        self.photo_file("mountain_hut", alt_text="Abby with a mug in front of a hut")
        for field, value in MORE:
            self.fact(field, value)
        for words in (
            "She drove two hours through the snow to bring me soup.",
            "Ask her about the pigeon. Just ask.",
        ):
            self.fact("vouch_quote", words, said_by=self.sam)
        return self.complete()

    def complete(self, *, name: str = "Abby") -> "Profile":
        """Everything that it takes to be approved, in review."""
        values = {"first_name": name, "age": 29, "area": "Leeds", "intention": "long_term"}
        more = {
            "job_or_study": "night nurse",
            "height_cm": 168,
            "interests": "sourdough",
            "pets": "a cat called Miso",
        }
        facts = {field: self.fact(field, value) for field, value in (values | more).items()}
        self.draft(BIO, facts["job_or_study"], facts["interests"])
        for prompt, text in ANSWERS.items():
            self.draft(text, facts["interests"], facts["pets"], prompt=prompt)
        if not self.session.photos.exists():
            self.photo()
        yes = Message.objects.create(
            session=self.session, kind="person", author=self.abby, body="yes", at=clock.now()
        )
        actions.record_consent(participant=self.abby, message_id=yes.pk, at=clock.now())
        self.session.advance(to="review", at=clock.now())
        return self

    def approved(self) -> ProfileVersion:
        version = current(session=self.session, at=clock.now())
        return approve(version=version, by=self.abby, where=self.act(PageAct.What.APPROVED), at=clock.now())
