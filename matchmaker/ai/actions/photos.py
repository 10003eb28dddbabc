"""Photos of the profile: who is in them, which are used, which is the main one. All of it is the primary person's to say."""

from typing import Literal

from pydantic import Field

from matchmaker.ai import exits, fixed_lines
from matchmaker.ai.actions.base import Action, Outcome, QuotingAction, done, refused
from matchmaker.ai.actions.questions import ask
from matchmaker.ai.effects import CloseQuestion, Effect, LeaveOutPhoto, UsePhoto
from matchmaker.ai.interview import MAY_BE_MAIN, MOST_PHOTOS, Interview
from matchmaker.ai.reading.yes_no import plain_no, plain_yes
from matchmaker.ai.records import PHOTO_USE, PHOTOS, Line, Photo, Question, Settles, Shows


class TagPhoto(QuotingAction):
    """What the primary person says about one photo, by its number in `photos`: who is in it, whether it may be on the
    profile, whether it is the main one. Call it once for each photo they speak of. Where others are in it, they have to
    be all right with it."""

    name = "tag_photo"

    photo: int = Field(ge=1, le=999)
    shows: Literal["owner", "together", "others"] | None = Field(
        None, description="the primary person alone; them with others, who agree; only others, who agree"
    )
    use: bool | None = Field(None, description="false: it stays off the profile")
    main: bool = Field(False, description="it is to be the first one that strangers see")

    @classmethod
    def is_offered(cls, interview: Interview) -> bool:
        return bool(interview.photos)

    def carry_out_on(self, interview: Interview, cited: Line) -> Outcome:
        if cited.author != interview.primary:
            return refused("only the primary person decides which photos of them are used")
        photo = interview.photo(self.photo)
        if photo is None:
            return refused("there is no photo with that number")
        effects = self._effects(interview, photo)
        if isinstance(effects, Outcome):
            return effects
        interview.heard_from.add(str(cited.author))
        if interview.answers(cited, PHOTO_USE):
            interview.close_question()
            effects = [CloseQuestion(), *effects]
        return done(*effects)

    def _effects(self, interview: Interview, photo: Photo) -> list[Effect] | Outcome:
        if self.use is False:
            return [leave_out(interview, photo)]
        shows = Shows(self.shows) if self.shows else photo.shows
        if shows is Shows.UNKNOWN:
            return refused("first ask whether anyone else is in it, and whether they are all right with that")
        is_first = not interview.chosen_photos
        if self.main and shows not in MAY_BE_MAIN:
            return refused("the main photo has to show the primary person")
        if is_first and shows not in MAY_BE_MAIN:
            return refused("first choose a main photo, which shows the primary person")
        if photo.place is None and len(interview.chosen_photos) >= MOST_PHOTOS:
            return refused(f"{MOST_PHOTOS} photos are the most; one has to go first")
        return [use(interview, photo, shows, is_main=self.main)]


def use(interview: Interview, photo: Photo, shows: Shows, *, is_main: bool = False) -> UsePhoto:
    interview.place_photo(photo, shows, is_main=is_main)
    return UsePhoto(photo.number, shows, is_main=is_main)


def leave_out(interview: Interview, photo: Photo) -> LeaveOutPhoto:
    interview.leave_out_photo(photo)
    return LeaveOutPhoto(photo.number)


class AskAboutPhotos(Action):
    """Not the model's: who is in the photos that have come, and may they be used?"""

    name = "ask_about_photos"
    speaks = True

    def carry_out(self, interview: Interview) -> Outcome:
        photos = exits.photos_to_ask_about(interview)
        if not photos:
            return refused("no photo waits to be asked about")
        senders = dict.fromkeys(interview.name_of(photo.sent_by) for photo in photos)
        whose = "own" if photos[0].sent_by == interview.primary else "friends"
        text = fixed_lines.line(
            f"photos_of_{whose}" if len(photos) > 1 else f"photo_of_{whose}",
            interview.language,
            name=interview.name_of(interview.primary),
            numbers=fixed_lines.listed([str(photo.number) for photo in photos], interview.language),
            friends=fixed_lines.listed(list(senders), interview.language),
        )
        settles = Settles(photos=tuple(photo.number for photo in photos))
        was_asked_for = interview.question is not None and interview.question.topic == PHOTOS
        if was_asked_for:
            interview.close_question()
        asked = ask(interview, text, topic=PHOTO_USE, to=interview.primary, settles=settles)
        return done(CloseQuestion(), *asked.effects) if was_asked_for and asked.done else asked


def plain_answer(interview: Interview, question: Question, cited: Line) -> Outcome | None:
    """ "Is anyone but you in them?" - "no"; "Lena sent photo 4: are you in it, and is everyone in it fine with that?" -
    "yes". Of their own photos a yes says that more has to be said, and of a friend's a no leaves it out."""
    if cited.author != interview.primary:
        return None
    asked_about = [photo for photo in interview.offered_photos if photo.number in question.settles.photos]
    are_own = all(photo.sent_by == interview.primary for photo in asked_about)
    says_no = plain_no(cited.text)
    if not asked_about or not (says_no or plain_yes(cited.text)) or (are_own and not says_no):
        return None
    interview.close_question()
    interview.heard_from.add(str(cited.author))
    if are_own or not says_no:
        room = MOST_PHOTOS - len(interview.chosen_photos)
        shows = Shows.OWNER if are_own else Shows.TOGETHER
        return done(CloseQuestion(), *(use(interview, photo, shows) for photo in asked_about[:room]))
    return done(CloseQuestion(), *(leave_out(interview, photo) for photo in asked_about))
