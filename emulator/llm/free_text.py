"""What people say in whole sentences: stories, green flags, plans, wishes, quirks."""

import re
from collections.abc import Iterator

from emulator.llm.clauses import Speaker, clauses_about_primary, sentences
from emulator.llm.word_lists import DAYS, MONTHS

ANY_CASE = re.IGNORECASE
STORY_LEAST, STORY_MOST = 15, 280
FLAG_LEAST, FLAG_MOST = 20, 280

_CONCRETE = re.compile(
    rf"\d|\b(?:{'|'.join(DAYS)}|{'|'.join(MONTHS)}|morning|evening|night|midnight|noon|dawn|weekend|yesterday|last (?:\w+)|years? ago|once|"
    r"summer|winter|spring|autumn|christmas|birthday|one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|twice|half|hours?|minutes?)\b"
    r"|(?<!^)(?<![.!?] )\b[A-Z][a-z]+\b"
    r"|\b(?:in|at|on|to|up|down|from|through|along|into|over|under|behind|across|round|around) (?:the|a|an|my|her|his|our|their|some)\b"
    r"|\b(?:a|an|the|my|her|his) (?:[\w-]+ )?(?:bread|cake|soup|tea|coffee|dog|cat|bike|boat|train|bus|car|van|book\w*|radio|piano|guitar|sofa|tent|table|kitchen|garden|balcony|"
    r"beach|river|lake|mountain|wall|roof|market|pub|bar|café|cafe|park|church|wedding|station|airport|street|door|window|phone|map|hat|coat|shoes?|umbrella|ladder|"
    r"fridge|oven|pan|pot|spoon|letter|postcard|camera|record|film|song|spider|pigeon|duck|goat|cow)\b",
)
_PAST = re.compile(
    r"\b(?!need\b|bed\b|red\b|feed\b|weed\b|speed\b|indeed\b|tired\b|excited\b|interested\b|based\b|obsessed\b|married\b|bored\b|named\b|called\b|supposed\b|used\b)\w{2,}ed\b"
    r"|\b(?:was|were|went|got|made|took|told|said|came|fell|found|lost|drove|ran|swam|ate|built|brought|bought|caught|cried|"
    r"met|sang|sat|slept|spent|stood|stole|taught|threw|woke|won|wrote|broke|forgot|gave|had|kept|knew|left|put|rode|saw|sent|stuck|held|flew|drank|hid|paid|sold|wore|began)\b",
    ANY_CASE,
)
_HABIT = re.compile(
    r"\b(?:always|never|every|each|usually|on (?:sundays?|saturdays?|weekends?)|sundays?)\b", ANY_CASE
)
_COMMAND = re.compile(r"^\W*(?:start|new|join\s+\w+|stop|leave|skip|pass)\W*$", ANY_CASE)
_ONWARD = re.compile(
    r"^(?:and|then|so|but|it|that|which|he|she|they|there|we|because|after|afterwards|turns out|in the end|also)\b",
    ANY_CASE,
)
_LEAD_IN = re.compile(
    r"^(?:(?:so|well|hmm+|um+|uh+|oh+|ok(?:ay)?|haha+|lol|honestly|easy|yes|yeah|sure|let me think|good question|let's see|remember (?:when|that time|how))\b[\s,.!:…-]*)+",
    ANY_CASE,
)

_FLAG = re.compile(
    r"\b(?:(?:is|was|'s|are) (?:always )?(?:the|a) (?:kind|sort|type|friend|person|one|only person|first) (?:of (?:person|friend|woman|man|human|guy) )?(?:who|that)|"
    r"always|never (?:forgets?|misses|lets?|fails|judges|complains|says no|leaves)|will always|would (?:drop|give|drive|do) (?:everything|anything|her|his)|"
    r"(?:the first|first) (?:one )?to|no matter|remembers|whenever|makes everyone|green flag|shows up|looks after|takes care of|has never once)\b",
    ANY_CASE,
)
_SHE = re.compile(r"\b(?:she|he|they|her|his|him|their|them|you)\b|\b(?:she|he|they)'(?:s|d|ll|ve|re)\b", ANY_CASE)
_UNKIND = re.compile(
    r"\b(?:late|annoying|loses|(?<!never )forgets|burns|complains|snores|cheats?|lies|steals?|drunk|hates?|wrong|worst|terrible|awful|lazy)\b",
    ANY_CASE,
)

_FIRST_DATE = re.compile(
    r"\b(?:(?:my |a |the |an )?(?:perfect|ideal|good|great|best|dream|favourite|favorite)?\s*first date\s*(?:would be|is|was|for me is|idea is|idea|'d be|=|:|-)+\s*(?:probably |definitely |just |something like )?|"
    r"for (?:a|the|my|our) first date,?\s*(?:i'd (?:love|like) to |i'd |i would |let's |we'd )?|(?=\bon a first date\b))(?P<value>[^.!?\n]{5,})",
    ANY_CASE,
)
_MUST = re.compile(
    r"\b(?:must[- ]haves?\s*(?:are|is|:|=)?|(?:they|he|she|whoever it is) (?:must|has to|have to|needs? to|should)|i need|has to be|looking for|want)\s+"
    r"(?:be\s+)?(?P<value>(?:someone|somebody|a person|anyone) (?:who|that|with)\s+[^.!?,;\n]{3,})",
    ANY_CASE,
)
_MUST_LIST = re.compile(r"\bmust[- ]haves?\s*(?:for me\s*)?(?:are|is|:|=)\s*(?P<value>[^.!?\n]{3,})", ANY_CASE)
_MUST_BE = re.compile(
    r"\b(?:they|he|she|whoever it is) (?:must|has to|have to|needs? to) (?P<value>[^.!?,;\n]{3,60})", ANY_CASE
)
_BREAKER = re.compile(
    r"\bdeal[- ]?breakers?\s*(?:for me\s*)?(?:are|is|would be|:|=)\s*(?P<value>[^.!?\n]{3,})", ANY_CASE
)
_PURPOSE = re.compile(
    r"\b(?P<value>(?:working towards?|saving (?:up )?(?:for|to)|learning (?!a lot|so much|about|that|from)|training (?:for|to)|studying (?:for|to become)|building (?:a|my)|"
    r"trying to (?:become|finish|write|learn|build|start)|writing (?:a|my) (?:book|novel|album|thesis)|restoring|renovating|setting up|planning to (?:open|move|start))\s*[^.!?;\n]{2,})",
    ANY_CASE,
)
_PURPOSE_ENDS = re.compile(
    r"\s*(?:,\s*(?:and|but|so)?\s*(?=i\b|i'm\b|my\b)|\s+(?:but|because|though)\s|,?\s+and i\b).*$", ANY_CASE
)
_QUIRK = re.compile(
    r"\b(?:my|her|his|one|a|this|weird|weirdest|the|\w+'s) (?:\w+ )?(?:quirk|weird (?:thing|habit)|odd habit|strange habit|habit)\s*(?:about (?:me|her|him)|of mine|for you)?\s*"
    r"(?:is|:|=|where|of)\s*(?:that |to )?(?P<value>[^.!?\n]{8,})",
    ANY_CASE,
)
_ALWAYS = re.compile(
    r"^\W*(?:and )?(?P<value>i (?:always|never|secretly|can't [\w ]+ without|have to) [^.!?\n]{12,})", ANY_CASE
)
_NO_QUIRK = re.compile(
    r"\b(?:smok|drink|drank|wanted|thought|knew|dreamed|dreamt|been|said|love|look for|looking)\w*", ANY_CASE
)
_WEIRD = re.compile(
    r"\b(?:weird|funny|odd|strange|fun) (?:thing|fact) about (?:me|her|him|[A-Z]\w+)\s*(?:is|:)\s*(?:that )?(?P<value>[^.!?\n]{8,})",
    ANY_CASE,
)
_LIST = re.compile(r"\s*(?:,\s*(?:and)?|\band\b)\s*", ANY_CASE)


def told(text: str, speaker: Speaker, *, topic: str | None) -> Iterator[tuple[str, str]]:
    """Fields that need a sentence: (field, value)."""
    if _COMMAND.match(text):
        return
    if speaker.is_primary:
        yield from _own_wishes(text)
    yield from _quirk(text, speaker)
    if not speaker.is_primary and topic != "green_flags":
        yield from (("green_flags", flag) for flag in _flags(text, speaker))
    if topic not in {"stories", "green_flags"}:
        yield from (("stories", story) for story in _unasked_stories(text, speaker))


def shortened(text: str, most: int) -> str:
    """At most so many characters, ending after a whole sentence, else clause, else word."""
    if len(text) <= most:
        return text
    for pattern in (r"^.*[.!?](?=\s|$)", r"^.*(?=[,;])", r"^.*(?=\s)"):
        match = re.search(pattern, text[: most + 1], re.DOTALL)
        if match and len(match[0]) > most // 3:
            return match[0].strip()
    return text[:most]


def _own_wishes(text: str) -> Iterator[tuple[str, str]]:
    for sentence in sentences(text):
        if sentence.endswith("?"):
            continue
        yield from _values("first_date_idea", _FIRST_DATE, sentence, 140)
        yield from _purpose(sentence)
        for breaker in _BREAKER.finditer(sentence):
            yield from (("dealbreakers", item) for item in _list(breaker["value"]))
        yield from _must_haves(sentence)


def _must_haves(sentence: str) -> Iterator[tuple[str, str]]:
    listed = _MUST_LIST.search(sentence)
    if listed:
        yield from (("must_haves", item) for item in _list(listed["value"]))
        return
    for pattern in (_MUST, _MUST_BE):
        found = list(_values("must_haves", pattern, sentence, 80))
        if found:
            yield from found
            return


def _purpose(sentence: str) -> Iterator[tuple[str, str]]:
    match = _PURPOSE.search(sentence)
    if match and re.search(r"\b(?:i|i'm|im|my)\b|^", sentence[: match.start()], ANY_CASE):
        value = _PURPOSE_ENDS.sub("", match["value"]).strip(" ,")
        if not re.search(r"\b(?:not|never|n't|she|he|they|you|we)\b", sentence[: match.start()], ANY_CASE):
            yield "purpose", shortened(value, 200)


def _values(field: str, pattern: re.Pattern[str], sentence: str, most: int) -> Iterator[tuple[str, str]]:
    for match in pattern.finditer(sentence):
        value = shortened(match["value"].strip(" ,:-"), most)
        if len(value) >= 3:
            yield field, value


def _list(text: str) -> list[str]:
    return [item.strip(" .,")[:80] for item in _LIST.split(text) if len(item.strip(" .,")) > 2][:3]


def _quirk(text: str, speaker: Speaker) -> Iterator[tuple[str, str]]:
    for sentence in sentences(text):
        for pattern in (_QUIRK, _WEIRD):
            match = pattern.search(sentence)
            if match and _is_about_primary(sentence, speaker):
                yield "quirk", shortened(match["value"].strip(), 140)
                return
        habit = _ALWAYS.search(sentence) if speaker.is_primary and not sentence.endswith("?") else None
        if habit and not _NO_QUIRK.search(sentence):
            yield "quirk", shortened(habit["value"].strip(), 140)
            return


def _is_about_primary(sentence: str, speaker: Speaker) -> bool:
    if speaker.is_primary:
        return bool(re.search(r"\b(?:i|my|me|mine|i'm|i've)\b", sentence, ANY_CASE)) or not _SHE.search(sentence)
    return bool(_SHE.search(sentence)) or speaker.primary_name.casefold() in sentence.casefold()


# stories ------------------------------------------------------------------------------------------------------------


def story_answer(text: str, speaker: Speaker) -> Iterator[str]:
    """Asked for one: every concrete passage of the message counts, told in the past or not."""
    if not speaker.is_primary and not _is_about_primary(text, speaker):
        return
    said = _LEAD_IN.sub("", text.strip())
    for passage in _passages(said):
        if _is_story(passage):
            yield _cut(passage)


def _unasked_stories(text: str, speaker: Speaker) -> Iterator[str]:
    for passage in _passages(_LEAD_IN.sub("", text.strip())):
        if not (_is_story(passage) and len(passage) >= 40 and _PAST.search(passage)):
            continue
        if _FLAG.search(passage) and not speaker.is_primary:
            continue
        if _is_told_of(passage, speaker):
            yield _cut(passage)


def _is_told_of(passage: str, speaker: Speaker) -> bool:
    opening = " ".join(passage.split()[:8])
    if speaker.is_primary:
        return bool(re.search(r"\b(?:i|i've|i'd|me|my)\b", opening, ANY_CASE))
    if any(name.casefold() in passage.casefold() for name in speaker.other_names):
        return speaker.primary_name.casefold() in passage.casefold()
    named = speaker.primary_name.casefold() in passage.casefold()
    return named or bool(re.search(r"\b(?:she|he|they)\b", opening, ANY_CASE))


def _is_story(passage: str) -> bool:
    is_long_enough = len(passage) >= STORY_LEAST and len(passage.split()) >= 4
    return is_long_enough and not passage.endswith("?") and bool(_CONCRETE.search(passage))


def _passages(text: str) -> list[str]:
    """Sentences, with those that go on about the same thing kept together as long as they fit."""
    passages: list[str] = []
    for sentence in sentences(text):
        joined = f"{passages[-1]} {sentence}" if passages else sentence
        goes_on = passages and (_ONWARD.match(sentence) or len(passages[-1]) < 40 or len(sentence) < 40)
        if goes_on and len(joined) <= STORY_MOST and not sentence.endswith("?"):
            passages[-1] = joined
        else:
            passages.append(sentence)
    return passages


def _cut(passage: str) -> str:
    return shortened(passage, STORY_MOST)


# green flags ----------------------------------------------------------------------------------------------------------


def green_flag_answer(text: str, speaker: Speaker) -> Iterator[str]:
    said = shortened(_LEAD_IN.sub("", text.strip()), FLAG_MOST)
    if len(said) >= FLAG_LEAST and not said.endswith("?") and _is_about_primary(said, speaker):
        yield said


def _flags(text: str, speaker: Speaker) -> Iterator[str]:
    """Praise that a friend gives unasked: "she always …", "he is the kind of person who …"."""
    for sentence in sentences(text):
        is_praise = _FLAG.search(sentence) and not _UNKIND.search(sentence) and not sentence.endswith("?")
        if not is_praise or len(sentence) < FLAG_LEAST or len(sentence) > FLAG_MOST:
            continue
        if any(name.casefold() in sentence.casefold() for name in speaker.other_names):
            continue
        if any(_FLAG.search(clause.text) for clause in clauses_about_primary(sentence, speaker)):
            yield sentence
