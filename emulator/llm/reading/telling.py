"""What people tell of the primary person in whole sentences: stories, green flags, quirks."""

import re
from collections.abc import Iterator

from emulator.llm.reading.clauses import ANY_CASE, Clause, Mood, Speaker, Subject, clauses_of, sentences
from emulator.llm.reading.interests import is_list_of_activities
from emulator.llm.reading.passages import LONGEST, cues, passages, shortened
from emulator.llm.reading.shorthand import without_lead

STORY_LEAST, FLAG_LEAST, FLAG_WORDS = 15, 20, 5
# A story that nobody asked for has to be one beyond doubt.
UNASKED_LEAST, UNASKED_WORDS = 40, 8

# Something happened: not how things were, nor a step of a life.
_EVENT = re.compile(
    r"\b(?!need\b|bed\b|red\b|feed\b|weed\b|speed\b|indeed\b|tired\b|excited\b|interested\b|based\b|obsessed\b|married\b|bored\b|named\b|called\b|supposed\b|used\b|moved\b|lived\b|worked\b|studied\b|loved\b|liked\b|wanted\b|stopped\b|"
    r"divorced\b|retired\b|turned \d|raised\b|hated\b|asked\b|agreed\b|missed\b|needed\b|started\b|seemed\b|looked\b|addicted\b|scared\b|stressed\b|qualified\b|trained\b|confused\b|hundred\b|embarrassed\b|shocked\b|convinced\b|finished\b|gained\b|joined\b|allowed\b|hundred\b|rescued? \w+s?\b|"
    r"one-eyed\b|eyed\b|ginger\w*\b|old-fashioned\b|sacred\b|wicked\b|naked\b|shred\b|sled\b|bread\b|shed\b)\w{2,}ed\b"
    r"|\b(?:went|made|took|came|fell|found|lost|drove|ran|swam|ate|built|brought|bought|caught|cried|sang|sat|slept|spent|stood|stole|taught|threw|woke|won|wrote|broke|forgot|rode|sent|stuck|held|flew|drank|hid|sold|wore|"
    r"swore|gave birth|drew|dug|hitchhiked|got (?:lost|stuck|locked|caught|chased|thrown|kicked|arrested|married|on|off|mugged|soaked|stung|proposed|mistaken|roped))\b",
    ANY_CASE,
)
_DID = re.compile(
    rf"{_EVENT.pattern}|\b(?:gave|lent|paid|let|kept|told|said|knew|(?:has|have|'s) (?:already |just |never |always )?\w+en)\b",
    ANY_CASE,
)
_FOR_NOW = re.compile(
    r"\b(?:today|just now|this morning|tonight|right now|earlier|a minute ago|on my way|running late|brb|see you|are you|sent you|you left|you forgot|told you|the link|this chat|this group|matchmaker|gonna|wanna|still can't believe|we should|don't forget|remind me)\b",
    ANY_CASE,
)
_OPENING = 12
_COMMAND = re.compile(r"^\W*(?:start|new|join\s+\w+|stop|leave|skip|pass|undo)\W*$", ANY_CASE)
_LEAD_IN = re.compile(
    r"^(?:(?:so|well|hmm+|um+|uh+|oh+|ok(?:ay)?|haha+|lol|honestly|easy|yes|yeah|sure|let me think|good question|let's see|and|but|also|plus|remember (?:when|that time|how)|omg|tell (?:them|it|her|him) about (?:the time )?)\b[\s,.!:…-]*)+",
    ANY_CASE,
)

_TOLD_BY_ONESELF = re.compile(r"\b(?:i|i'm|i've|i'd|im|ive|we|my|me|us|our)\b", ANY_CASE)

# Praise with something to show for it.
_KIND_OF = re.compile(
    r"\b(?:is|was|'s|are) (?:always |literally |honestly |basically |genuinely )*(?:the|a|one of those|that|my) (?:kind|sort|type|friends?|person|people|one|only (?:one|person)|first(?: (?:one|person))?)\b[^.!?]{0,25}?\b(?:who|that|to|i call|i'd call)\b|"
    r"\b(?:would|'d|will|'ll) (?:always |literally )?(?:drop everything|do anything for|give (?:you|anyone|her last|his last)|drive (?:across|hours|through)|be there)|"
    r"\b(?:the first|first) (?:one |person )?(?:to|who)\b|\bgreen flag\b|\b(?:never|not once) (?:forgets?|forgot|misses|missed|lets? (?:you|me|us|anyone)|fails|judges|complains|says no|makes (?:you|anyone) feel|leaves (?:you|anyone|a friend)|shows? up empty)|"
    r"\b(?:best|most (?:loyal|generous|patient|honest|reliable)|kindest|calmest|sweetest) (?:listener|friend|person|human|man|woman|soul|flatmate|mate)\b.{8,}",
    ANY_CASE,
)
_ALWAYS_KIND = re.compile(
    r"\b(?:always|every (?:single )?(?:time|week|year|month|sunday|birthday)|whenever|without fail|no matter|never fails to)\b",
    ANY_CASE,
)
_KIND_DEEDS = re.compile(
    r"\b(?:remember(?:s|ed)?|bring(?:s)?|brought|check(?:s|ed)? (?:in|on|up|if|that)|call(?:s|ed) (?:me|you|his|her|my|everyone|every|when)|(?:rings?|rang) (?:me|you|my|up|every|just|to|in)|forg(?:ave|iven|ives)|look(?:ed|s) after|babysat|translat(?:ed|es)|nurs(?:ed|es)|feeds?|fed|listen(?:s|ed)?|help(?:s|ed)|asks? (?:how|about|if)|shar(?:es|ed)|makes? sure|made sure|texts?|texted|waits?|waited|"
    r"turn(?:s|ed) up|show(?:s|ed) up|came (?:over|round|with|back|all the way|every|by)|comes? (?:over|round)|carr(?:ies|ied)|dr(?:ove|ives?)|stay(?:s|ed) (?:up|with|over|on|all|until|behind)|s(?:at|its?) (?:with|up|next|beside)|len(?:t|ds)|fix(?:ed|es)|paint(?:ed|s)|cook(?:ed|s)|"
    r"made (?:me|us|my|the tea|everyone|soup|dinner)|makes (?:me|us|you|everyone|people)|pick(?:ed|s) (?:me|us|you|up)|walk(?:ed|s) (?:me|my|us|everyone)|paid|wr(?:ote|ites)|post(?:ed|s)|sen(?:t|ds)|g(?:ave|ives) (?:me|us|up|away|his|her|every)|look(?:ed|s) after|"
    r"held|holds|organis(?:ed|es)|organiz(?:ed|es)|bak(?:ed|es)|sav(?:ed|es)|taught|tutored|learn(?:ed|t|s) (?:my|sign|how|your|the)|rescued|laughs? at (?:my|everyone|our|your|bad)|tak(?:es) care|took (?:care|me|my|us|in|a day off|the)|stood up|sticks? up|stuck up|defend(?:ed|s)|apologis(?:es|ed)|notic(?:es|ed)|"
    r"puts? (?:everyone|others|people)|visit(?:ed|s)|volunteer(?:ed|s)|hosts?|hosted|let me (?:stay|cry|live)|lets (?:me|people|everyone)|found me|flew (?:home|back|over|out))\b",
    ANY_CASE,
)
# What is done so is kind, whatever it is.
_FREELY = re.compile(
    r"\b(?:for free|for nothing|without being asked|before anyone asked|when (?:nobody|no ?one) else|for (?:a|the|some) strangers?|in (?:her|his) own time)\b",
    ANY_CASE,
)
_FOR_OTHERS = re.compile(
    r"\b(?:me|my|us|our|mine|a stranger|the neighbou?rs?|someone's|a friend|homeless)\b", ANY_CASE
)
_UNKIND = re.compile(
    r"\b(?:late|annoy\w*|loses|(?<!never )forgets|burns|burnt|complain(?:s|ing)|snores|cheats?|lies|lied|steals?|stole|drunk|drunkenly|hates?|wrong|worst|terrible|awful|lazy|vomit\w*|threw up|puked|broke (?:my|the|our)|killed|ruined|blames?|moans?|smells?|stinks|owes|crash\w*|ghost\w*|avoids)\b",
    ANY_CASE,
)

_QUIRK = re.compile(
    r"\b(?:my|her|his|one|a|this|weird|weirdest|the|little|\w+'s) (?:\w+ )?(?:quirk|weird (?:thing|habit)|odd habit|strange habit|habit|guilty pleasure|party trick|hidden talent|superpower)\s*(?:about (?:me|her|him)|of mine|for you)?\s*"
    r"(?:is|:|=|where|of)\s*(?:that |to )?(?P<value>[^.!?\n]{8,})"
    r"|\b(?:weird|funny|odd|strange|fun) (?:thing|fact) about (?:me|her|him|[A-Z]\w+)\s*(?:is|:)\s*(?:that )?(?P<fact>[^.!?\n]{8,})",
    ANY_CASE,
)
_HABIT = re.compile(
    r"^\W*(?:(?:and|also|ok|okay|confession:?|but|so|fine|honestly|yes|omg)\W+)*(?P<value>(?:i|she|he|they|(?!(?:my|her|his|the|this|that|it|your|i'\w+)\b)(?-i:[A-ZÀ-Ý])[\w'-]+) (?:(?:always|never|secretly|literally|still|actually|only ever|can't [\w ]+? without|refuses? to|have to|has to|insists? on) [^.!?\n]{10,}"
    r"|(?:names? (?:all|every|my|her|his|each)|talks? to|sings? to|alphabeti[sz]es?|apologi[sz]es? to|waves? (?:at|to)|bows? to|salutes?|greets?|counts?|rates?|narrates?|labels?|colou?r-codes?|keeps? a (?:list|spreadsheet|diary|log)|has? a (?:spreadsheet|list|system|ranking)|have a (?:spreadsheet|list|system|ranking)|iron(?:s)?|irons?|eats? \w+ with|puts? \w+ (?:on|in) everything|"
    r"wears? (?:odd|the same)|sleeps? with|cries at|cry at|builds? (?:tiny|little)|collects? (?:other|old|tiny|lost|ugly)|knows? (?:every|all the)|rates?|reviews?|sings? (?:in|to)|speaks? to|thanks|thank) [^.!?\n]{8,}))",
    ANY_CASE,
)
_NO_QUIRK = re.compile(
    r"\b(?:smok|drink|drank|want|thought|knew|dream|been|said|love|look for|looking|regret|forget you|forgive|thanks? (?:you|god|so)|work|late|have to (?:go|run|leave|work|get|be)|has to (?:go|leave|work)|never (?:again|mind|heard|met|seen|been|did|do that|eat|have|had|going))\w*",
    ANY_CASE,
)


def story_answer(text: str, speaker: Speaker) -> Iterator[str]:
    """Asked for one: every concrete passage of the message counts, told in the past or not."""
    if not speaker.is_primary and not _is_about_primary(text, speaker):
        return
    said = _LEAD_IN.sub("", without_lead(text.strip()))
    if is_list_of_activities(said) or (speaker.is_primary and not _TOLD_BY_ONESELF.search(said)):
        return
    for passage in passages(said):
        is_long_enough = len(passage) >= STORY_LEAST and len(passage.split()) >= 4
        if is_long_enough and not passage.endswith("?") and cues(passage):
            yield shortened(passage, LONGEST)


def unasked_stories(text: str, speaker: Speaker) -> Iterator[str]:
    if _COMMAND.match(text):
        return
    for passage in passages(_LEAD_IN.sub("", without_lead(text.strip()))):
        is_long_enough = len(passage) >= UNASKED_LEAST and len(passage.split()) >= UNASKED_WORDS
        if not is_long_enough or passage.endswith("?") or cues(passage) < 2 or _FOR_NOW.search(passage):
            continue
        if _happened_to_primary(passage, speaker) and _is_long_enough(passage):
            yield shortened(passage, LONGEST)


def _is_long_enough(passage: str) -> bool:
    """The sentences in which something happens; what only stands beside them makes no story longer."""
    told = [sentence for sentence in sentences(passage) if _EVENT.search(sentence)]
    return sum(len(sentence.split()) for sentence in told) >= UNASKED_WORDS


_WERE_THERE = re.compile(r"\b(?:i|i'm|i've|im|we|we're|us|our|you)\b", ANY_CASE)
_TOLD_OF_THEM = re.compile(
    rf"^\W*(?:(?:(?:at|on|in|last|one) (?:\w+ ){{1,2}}?|once|also|literally|even|just|then|actually|still)\s*,?\s*)*(?:{_EVENT.pattern})",
    ANY_CASE,
)


def _happened_to_primary(passage: str, speaker: Speaker) -> bool:
    clauses = clauses_of(passage, speaker)
    if any(clause.moods & {Mood.JOKE, Mood.IF} for clause in clauses):
        return False
    told = [
        clause
        for clause in clauses
        if _EVENT.search(clause.text) and not clause.moods & {Mood.REPORTED, Mood.WISH, Mood.FUTURE}
    ]
    if any(clause.subject is Subject.PRIMARY for clause in told):
        return True
    if not speaker.is_primary and _TOLD_OF_THEM.match(passage) and not _WERE_THERE.search(passage):
        # "Once woke the whole floor": without a subject, a friend tells it of the one this is about.
        names = {name.casefold() for name in speaker.other_names}
        return not names & {word.casefold() for word in re.findall(r"\w+", passage)}
    opening = " ".join(passage.split()[:_OPENING])
    return (
        speaker.is_primary
        and bool(told)
        and bool(re.search(r"\b(?:we|my)\b", opening, ANY_CASE))
        and bool(re.search(r"\b(?:i|me|we|us)\b", passage, ANY_CASE))
    )


# green flags ----------------------------------------------------------------------------------------------------------


# What a friend writes to the others under our question.
_SMALL_TALK = re.compile(
    r"^\W*(?:i|i'm|i've|i'll|you|your|we|they|who|what|which|why|how|when|where|nobody|everybody|everyone|anyone|stop|shut|put|take|give|tell|ask|wait|look|sorry|shit|omg|lol|no|yes|yeah)\b(?!.*\b(?:she|he|her|him)\b)",
    ANY_CASE,
)


def green_flag_answer(text: str, speaker: Speaker) -> Iterator[str]:
    said = shortened(_LEAD_IN.sub("", without_lead(text.strip())), LONGEST)
    if (
        len(said) >= FLAG_LEAST
        and not said.endswith("?")
        and not _UNKIND.search(said)
        and not _SMALL_TALK.match(said)
        and len(said.split()) >= FLAG_WORDS
        and _is_about_primary(said, speaker)
    ):
        yield said


def unasked_flags(text: str, speaker: Speaker) -> Iterator[str]:
    """Praise that a friend gives unasked: "she always …", "he is the kind of person who …", what she did for them."""
    for passage in passages(_LEAD_IN.sub("", without_lead(text.strip()))):
        if not FLAG_LEAST <= len(passage) <= LONGEST or passage.endswith("?") or _UNKIND.search(passage):
            continue
        clauses = clauses_of(passage, speaker)
        if any(clause.moods & {Mood.JOKE, Mood.IF} for clause in clauses) or Mood.REPORTED in clauses[0].moods:
            continue
        of_primary = [clause.text for clause in clauses if clause.subject is Subject.PRIMARY]
        if (any(_KIND_OF.search(part) for part in of_primary) and len(passage.split()) >= 6) or _is_kind_deed(
            passage, of_primary, speaker
        ):
            yield passage


# "Walked my dog every day when I broke my leg".
_TOLD_WITHOUT_SUBJECT = re.compile(
    rf"^\W*(?:(?:always|never|once|also|just|literally|probably|still)\s+)*(?:{_KIND_DEEDS.pattern}|(?:is|was) (?:always|the))",
    ANY_CASE,
)


def _is_kind_deed(passage: str, of_primary: list[str], speaker: Speaker) -> bool:
    is_free_gift = bool(of_primary) and _FREELY.search(passage) is not None
    if not is_free_gift and not any(_KIND_DEEDS.search(part) for part in of_primary):
        return False
    if _ALWAYS_KIND.search(passage):
        return True
    words = {word.casefold() for word in re.findall(r"\w+", passage)}
    is_for_others = _FOR_OTHERS.search(passage) or words & {name.casefold() for name in speaker.other_names}
    return bool(is_for_others) and bool(_DID.search(passage)) and len(passage.split()) >= 7


def _is_about_primary(text: str, speaker: Speaker) -> bool:
    if not speaker.is_primary and any(name.casefold() in text.casefold() for name in speaker.other_names):
        return speaker.primary_name.casefold() in text.casefold()
    subjects = {clause.subject for clause in clauses_of(text, speaker)}
    return (
        Subject.PRIMARY in subjects
        or bool(re.search(r"\b(?:she|he|her|his|him)\b", text, ANY_CASE))
        or bool(_TOLD_WITHOUT_SUBJECT.match(text))
    )


# quirks ---------------------------------------------------------------------------------------------------------------


def quirks_in(sentence: str, clauses: list[Clause], speaker: Speaker) -> Iterator[str]:
    if sentence.rstrip().endswith("?") or any(
        clause.moods & {Mood.JOKE, Mood.IF, Mood.REPORTED} for clause in clauses
    ):
        return
    if not any(clause.subject is Subject.PRIMARY for clause in clauses):
        return
    match = _QUIRK.search(sentence)
    if match:
        yield shortened((match["value"] or match["fact"]).strip(), 140)
        return
    habit = _HABIT.search(sentence)
    if (
        habit
        and clauses[0].subject is Subject.PRIMARY
        and not _NO_QUIRK.search(habit[0])
        and Mood.PAST not in clauses[0].moods
        and not _UNKIND.search(sentence)
    ):
        yield shortened(habit["value"].strip(" ,"), 140)


__all__ = ["green_flag_answer", "quirks_in", "sentences", "story_answer", "unasked_flags", "unasked_stories"]
