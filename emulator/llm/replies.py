"""Answers to what people ask the matchmaker, from what is known."""

from emulator.llm import phrases, wording
from emulator.llm.asked import AskedAbout
from emulator.llm.interview import Known, Snapshot

MOST_KNOWN = 8
LONGEST_QUOTE = 60
# Of the whole list: it is one message among friends, and the longest of it stands in the read-back.
MOST_TOLD = 230
# Whoever reads the answer, these are their owner's.
NOT_ALOUD = frozenset(
    {
        "gender",
        "interested_in",
        "orientation",
        "kids_has",
        "kids_wants",
        "faith",
        "politics",
        "dealbreakers",
        "age_range",
    }
)


def answer(snapshot: Snapshot, asking: AskedAbout, *, who: str, is_primary: bool) -> str:
    """One line; empty where the answer was given just now."""
    elsewhere = phrases.ANSWERS_IN_OTHER_LANGUAGES.get(snapshot.language)
    if elsewhere is not None and asking is not AskedAbout.OTHER:
        line = elsewhere.get(asking, phrases.STAND_IN_IN_OTHER_LANGUAGES[snapshot.language])
        return wording.fresh(snapshot, (line,), who=who)
    if asking is AskedAbout.KNOWN:
        return _known(snapshot) if is_primary else wording.fresh(snapshot, phrases.FOR_OWNER)
    topic = snapshot.open_question.topic if snapshot.open_question else ""
    if asking is AskedAbout.NEXT and topic in phrases.TOPICS:
        what = phrases.TOPICS[topic].format(name=snapshot.name_of(snapshot.primary))
        return wording.fresh(snapshot, phrases.WE_WERE_AT, what=what)
    special = {AskedAbout.WHY: phrases.WHY, AskedAbout.WHAT_TO_SAY: phrases.EXAMPLES}.get(asking, {}).get(topic)
    if special and not wording.is_said(special, snapshot.own_lines):
        return special
    return wording.fresh(snapshot, phrases.ANSWERS.get(asking, ()), who=who)


def answer_about(snapshot: Snapshot, field: str) -> str:
    """ "How old am I?"."""
    known = snapshot.live(field)
    if field == "first_name" and not known:
        return f"You're {snapshot.name_of(snapshot.primary)}, as far as I know."
    if known and field not in NOT_ALOUD:
        text = _in_words(field, known)
        return f"{text[0].upper()}{text[1:]}, as far as I've heard."
    return wording.fresh(snapshot, phrases.NOT_TOLD)


def _known(snapshot: Snapshot) -> str:
    fields = [
        field
        for field in phrases.SPOKEN
        if snapshot.live(field) and field not in {"stories", "green_flags", "vouch_quote"}
    ]
    told = [_in_words(field, snapshot.live(field)) for field in fields[:MOST_KNOWN]]
    stories = len(snapshot.live("stories"))
    if stories:
        told.append("a story" if stories == 1 else f"{stories} stories")
    if snapshot.live("green_flags"):
        told.append("kind words from your friends")
    if not told:
        return wording.fresh(snapshot, phrases.NOTHING_KNOWN)
    while len(told) > 1 and sum(map(len, told)) > MOST_TOLD:
        told.remove(max(told, key=len))
    return phrases.KNOWN.format(what=wording.listed(told, most=MOST_KNOWN + 2))


def _in_words(field: str, known: list[Known]) -> str:
    values = [phrases.CHOICES.get(str(fact.value), str(fact.value).replace("_", " ")) for fact in known]
    listed = wording.listed(
        [value if len(value) <= LONGEST_QUOTE else f"{value[: LONGEST_QUOTE - 1].rstrip()}…" for value in values]
    )
    return phrases.SPOKEN.get(field, field.replace("_", " ") + ": {}").format(listed)
