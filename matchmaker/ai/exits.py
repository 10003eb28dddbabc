"""When a stage is done. Code decides; the model can only ask."""

from collections.abc import Callable
from dataclasses import replace

from matchmaker.ai.fields import FIELDS, Need, Source
from matchmaker.ai.interview import Interview
from matchmaker.ai.records import CONSENT, PRIMARY


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
        topics = [*missing(interview), *later(interview), *nice_to_know(interview)]
    # Photos, the bio and the approval are no questions.
    questions = [topic for topic in topics if topic in {PRIMARY, CONSENT, *FIELDS}]
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
    """Recommended fields that nobody has mentioned yet: no stage waits for them, but the profile gains by them."""
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
    return [] if interview.confirmed("photos") else ["photos"]


def _drafting(interview: Interview) -> list[str]:
    lacking = [] if interview.confirmed("bio") else ["bio"]
    return lacking + ([] if len(interview.confirmed("prompts")) >= 3 else ["prompts"])


def _final(interview: Interview) -> list[str]:
    # Approval is a person's act on a page of ours, never a consequence of what was said.
    return ["approval"]


_RULES: dict[str, Callable[[Interview], list[str]]] = {
    "introduction": _introduction,
    "basics": _basics,
    "looking_for": _looking_for,
    "stories": _stories,
    "friend_view": _friend_view,
    "photos": _photos,
    "drafting": _drafting,
    "review": _final,
    "approved": _final,
}
