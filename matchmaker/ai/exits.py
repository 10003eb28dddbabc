"""When a stage is done. Code decides; the model can only ask."""

from collections.abc import Callable
from dataclasses import replace

from matchmaker.ai.fields import FIELDS, Need
from matchmaker.ai.interview_state import InterviewState


def missing(interview: InterviewState) -> list[str]:
    """What this stage still needs, in the order to ask for it; empty when it may be left."""
    if interview.age_is_in_doubt:
        return ["age"]
    return _RULES[interview.stage](interview)


def later(interview: InterviewState) -> list[str]:
    """What the stages after this one will need: one answer can finish a stage, and the next question is due at once."""
    slugs = [stage.slug for stage in interview.stages]
    following = slugs[slugs.index(interview.stage) + 1 :]
    topics = [topic for slug in following for topic in missing(replace(interview, stage=slug))]
    now = missing(interview)
    return [topic for topic in dict.fromkeys(topics) if topic in FIELDS and topic not in now]


def nice_to_know(interview: InterviewState) -> list[str]:
    """Recommended fields that nobody has mentioned yet: no stage waits for them, but the profile gains by them."""
    if interview.age_is_in_doubt:
        return []
    required = {*missing(interview), *later(interview)}
    named = [FIELDS[slug] for stage in interview.stages for slug in stage.fields if slug in FIELDS]
    recommended = [field for field in named if field.need is Need.RECOMMENDED and not field.private]
    return [field.slug for field in recommended if field.slug not in required and not interview.live(field.slug)]


def _introduction(interview: InterviewState) -> list[str]:
    lacking = {
        "primary": interview.primary is None,
        "consent": not interview.consented,
        "age": not interview.confirmed("age"),
    }
    return [topic for topic, is_lacking in lacking.items() if is_lacking]


def _required(interview: InterviewState, fields: tuple[str, ...]) -> list[str]:
    # What is private cannot be asked in the group, so it cannot hold the group up either.
    askable = [FIELDS[slug] for slug in fields if slug in FIELDS and not FIELDS[slug].private]
    needed = [field for field in askable if field.need is Need.REQUIRED]
    return [field.slug for field in needed if len(interview.confirmed(field.slug)) < field.least]


def _basics(interview: InterviewState) -> list[str]:
    return _required(interview, interview.guide.fields)


def _looking_for(interview: InterviewState) -> list[str]:
    lacking = _required(interview, interview.guide.fields)
    wishes = ("must_haves", "first_date_idea")
    return lacking + ([] if any(interview.confirmed(slug) for slug in wishes) else ["first_date_idea"])


def _stories(interview: InterviewState) -> list[str]:
    lacking = _required(interview, interview.guide.fields)
    own = [fact for fact in interview.confirmed("stories") if fact.said_by == interview.primary]
    return lacking if own or "stories" in lacking else [*lacking, "stories"]


def _friend_view(interview: InterviewState) -> list[str]:
    friends = [person for person in interview.people if not person.is_primary]
    return ["green_flags"] if friends and not interview.live("green_flags") else []


def _photos(interview: InterviewState) -> list[str]:
    return [] if interview.confirmed("photos") else ["photos"]


def _drafting(interview: InterviewState) -> list[str]:
    lacking = [] if interview.confirmed("bio") else ["bio"]
    return lacking + ([] if len(interview.confirmed("prompts")) >= 3 else ["prompts"])


def _final(interview: InterviewState) -> list[str]:
    # Approval is a person's act on a page of ours, never a consequence of what was said.
    return ["approval"]


_RULES: dict[str, Callable[[InterviewState], list[str]]] = {
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
