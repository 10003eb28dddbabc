"""When a stage is done. Code decides; the model can only ask."""

from collections.abc import Callable
from dataclasses import replace

from matchmaker.ai.fields import FIELDS, Need, Source
from matchmaker.ai.interview import MOST_ASKINGS, Interview
from matchmaker.ai.records import APPROVAL, CONSENT, PHOTO_USE, PHOTOS, PRIMARY, DraftKind, Photo

# The stages in which a profile is there to be looked at.
SHAPED = ("review", "approved")
ANSWERS = 3


def missing(interview: Interview) -> list[str]:
    """What this stage still needs, in the order to ask for it; empty when it may be left."""
    return _RULES[interview.stage](interview)


def advance(interview: Interview) -> list[str]:
    """Move through every stage whose exit rule holds; the slugs passed into, in order."""
    entered = []
    slugs = [stage.slug for stage in interview.stages]
    while not missing(interview) and interview.stage != slugs[-1]:
        interview.stage = slugs[slugs.index(interview.stage) + 1]
        entered.append(interview.stage)
    return entered


def settle_stage(interview: Interview) -> list[str]:
    """The same, and first back to where something is missing again: a draft fell, or the profile is no longer the one
    that was approved."""
    if interview.stage in SHAPED and _drafting(interview):
        interview.stage = "drafting"
        return ["drafting"]
    if interview.stage == "approved" and not interview.is_approved:
        interview.stage = "review"
        return ["review"]
    return advance(interview)


def reached(interview: Interview) -> str:
    """The stage that the interview is in once this turn's changes count."""
    moved = replace(interview)
    settle_stage(moved)
    return moved.stage


def incomplete(interview: Interview) -> list[str]:
    """What a profile needs before it can be approved, the private questions included."""
    required = [field for field in FIELDS.values() if field.need is Need.REQUIRED]
    lacking = [field.slug for field in required if len(interview.confirmed(field.slug)) < field.least]
    return [*lacking, *([] if interview.chosen_photos else [PHOTOS]), *_drafting(interview)]


def private_questions(interview: Interview) -> list[str]:
    """Required, and answered on their own page: nobody asks them in front of a group."""
    return [slug for slug in incomplete(interview) if slug in FIELDS and FIELDS[slug].private]


def photos_to_ask_about(interview: Interview) -> list[Photo]:
    """Theirs first, since a bare answer cannot mean both their own and a friend's."""
    offered = [photo for photo in interview.offered_photos if _may_ask_about(interview, photo)]
    own = [photo for photo in offered if photo.sent_by == interview.primary]
    return own or [photo for photo in offered if photo.sent_by == offered[0].sent_by]


def _may_ask_about(interview: Interview, photo: Photo) -> bool:
    askings = [asked for asked in interview.asked if asked.topic == PHOTO_USE and photo.number in asked.photos]
    return len(askings) < MOST_ASKINGS and not any(map(interview.was_asked_lately, askings))


def later(interview: Interview) -> list[str]:
    """What the stages after this one will need: one answer can finish a stage, and the next question is due at once."""
    slugs = [stage.slug for stage in interview.stages]
    following = slugs[slugs.index(interview.stage) + 1 :]
    topics = [topic for slug in following for topic in missing(replace(interview, stage=slug))]
    now = missing(interview)
    return [topic for topic in dict.fromkeys(topics) if topic in FIELDS and topic not in now]


def askable(interview: Interview) -> list[str]:
    """Everything that may be asked in the group, most important first: what this stage lacks, then the later ones, then
    what the profile would gain by. Without what was asked in vain or just now."""
    if not interview.may_keep_facts:
        # One gate after the other, and nothing else before them: it could not be kept.
        topics = _introduction(interview)[:1]
    else:
        # Once it takes shape, what the profile still lacks comes before its approval.
        lacking = incomplete(interview) if interview.stage in SHAPED else []
        lacking = [topic for topic in lacking if topic not in FIELDS or not FIELDS[topic].private]
        topics = [*lacking, *missing(interview), *later(interview), *nice_to_know(interview)]
    # The bio and the approval have questions of their own, which show what they are about.
    questions = [topic for topic in topics if topic in {PRIMARY, CONSENT, PHOTOS, *FIELDS}]
    return [topic for topic in questions if not _is_heard(interview, topic) and not _is_resting(interview, topic)]


def _is_heard(interview: Interview, topic: str) -> bool:
    """Known as far as it was asked: whether it is right is a read-back's question."""
    if topic == "age" and interview.adult is not True:
        return False  # staff released a hold: what was said about it before is in doubt
    return topic in FIELDS and len(interview.live(topic)) >= FIELDS[topic].least


def _is_resting(interview: Interview, topic: str) -> bool:
    to_all = topic == PRIMARY or (topic in FIELDS and FIELDS[topic].source is Source.FRIENDS)
    return bool(interview.is_resting(topic, None if to_all else interview.primary))


def nice_to_know(interview: Interview) -> list[str]:
    """Recommended fields that nobody has mentioned yet: no stage waits for them, but the profile gains by them. None
    any more once it takes shape, or a new one would be due after each answer."""
    if interview.stage in ("drafting", *SHAPED):
        return []
    required = {*missing(interview), *later(interview)}
    named = [FIELDS[slug] for stage in interview.stages for slug in stage.fields if slug in FIELDS]
    recommended = [field for field in named if field.need is Need.RECOMMENDED and not field.private]
    return [field.slug for field in recommended if field.slug not in required and not interview.live(field.slug)]


def _introduction(interview: Interview) -> list[str]:
    lacking = {
        "primary": interview.primary is None,
        "consent": not interview.consented,
        "age": interview.adult is not True or not interview.confirmed("age"),
    }
    return [topic for topic, is_lacking in lacking.items() if is_lacking]


def _required(interview: Interview, fields: tuple[str, ...]) -> list[str]:
    # What is private cannot be asked in the group, so it cannot hold the group up either.
    askable = [FIELDS[slug] for slug in fields if slug in FIELDS and not FIELDS[slug].private]
    needed = [field for field in askable if field.need is Need.REQUIRED]
    return [field.slug for field in needed if len(interview.confirmed(field.slug)) < field.least]


def _basics(interview: Interview) -> list[str]:
    return _required(interview, interview.guide.fields)


def _looking_for(interview: Interview) -> list[str]:
    lacking = _required(interview, interview.guide.fields)
    wishes = ("must_haves", "first_date_idea")
    return lacking + ([] if any(interview.confirmed(slug) for slug in wishes) else ["first_date_idea"])


def _stories(interview: Interview) -> list[str]:
    lacking = _required(interview, interview.guide.fields)
    own = [fact for fact in interview.confirmed("stories") if fact.said_by == interview.primary]
    return lacking if own or "stories" in lacking else [*lacking, "stories"]


def _friend_view(interview: Interview) -> list[str]:
    friends = [person for person in interview.people if not person.is_primary]
    return ["green_flags"] if friends and not interview.live("green_flags") else []


def _photos(interview: Interview) -> list[str]:
    """After two askings in vain, or when they would rather not, it goes on without; approval needs one all the same."""
    goes_without = (PHOTOS, interview.primary) in interview.skipped or interview.was_asked_in_vain(
        PHOTOS, interview.primary
    )
    return [] if interview.chosen_photos or goes_without else [PHOTOS]


def _drafting(interview: Interview) -> list[str]:
    lacking = [] if interview.picked(DraftKind.BIO) else ["bio"]
    return lacking + ([] if len(interview.picked(DraftKind.PROMPT)) >= ANSWERS else ["prompts"])


def _review(interview: Interview) -> list[str]:
    return [] if interview.is_approved else [APPROVAL]


_RULES: dict[str, Callable[[Interview], list[str]]] = {
    "introduction": _introduction,
    "basics": _basics,
    "looking_for": _looking_for,
    "stories": _stories,
    "friend_view": _friend_view,
    "photos": _photos,
    "drafting": _drafting,
    "review": _review,
    "approved": _review,
}
