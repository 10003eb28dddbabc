"""What the primary person hopes for: a first date, must-haves, dealbreakers, what they are working toward."""

import re
from collections.abc import Iterator

from emulator.llm.reading.clauses import ANY_CASE, Clause, Mood
from emulator.llm.reading.passages import shortened

_BARRED = frozenset({Mood.IF, Mood.REPORTED, Mood.JOKE, Mood.QUESTION})

_FIRST_DATE = re.compile(
    r"\b(?:(?:my |a |the |an )?(?:perfect|ideal|good|great|best|dream|favourite|favorite)?\s*(?:first )?date\s*(?:would be|is|for me is|idea is|idea|'d be|=|:|-)+\s*(?:probably |definitely |just |something like )?|"
    r"for (?:a|the|my|our) first date,?\s*(?:i'd (?:love|like) to |i'd |i would |let's |we'd )?|(?=\bon a first date\b)|(?:first date|take me|i'd take (?:them|him|her|someone)) (?:to|for|on)\s+)(?P<value>[^.!?\n]{5,})",
    ANY_CASE,
)
_NO_DATE = re.compile(
    r"\b(?:was|were|went|last|once|disaster|worst|blind|up to date|best before)\b|\bdate (?:night|of)\b", ANY_CASE
)

_SOMEONE = r"(?:someone|somebody|a person|anyone|people|a man|a woman|a guy|a girl|a human)"
_MUST = re.compile(
    rf"\b(?:must[- ]haves?\s*(?:are|is|:|=)?|i(?: really)? need|i(?:'m| am)? ?(?:just )?(?:looking for|(?:want|would like|'d like|hope) to (?:meet|find)|want|after|drawn to|into)|has to be|give me)\s+(?:be\s+)?(?P<value>{_SOMEONE} (?:who|that|with|kind|funny|curious|honest|patient|warm|calm|silly|gentle|clever|smart|tall|who's|i can)\b\s*[^.!?;\n]*)",
    ANY_CASE,
)
_MUST_LIST = re.compile(r"\bmust[- ]haves?\s*(?:for me\s*)?(?:are|is|:|=)\s*(?P<value>[^.!?\n]{3,})", ANY_CASE)
_MUST_BE = re.compile(
    r"\b(?:they|he|she|whoever it is|it|my person|my partner|a partner|the person)(?:'d| would)? (?:must|has to|have to|needs? to|gotta|got to|better|should) (?P<value>(?!be (?:joking|kidding|mad))[^.!?,;\n]{3,60})|\b(?:a |good )?(?P<quality>sense of humou?r|kindness|honesty|curiosity|patience|good manners|banter) is (?:a must|everything|essential|non-negotiable|important)\b|"
    r"\bmake me laugh\b|^\W*(?:and |ideally,? |just |honestly,? |definitely )*(?P<someone>(?:someone|somebody) (?:who|that|with|kind|funny|calm|patient|warm|honest)\b[^.!?;\n]{3,})",
    ANY_CASE,
)
_BREAKERS = re.compile(
    r"\b(?:deal[- ]?breakers?|red flags?|no[- ]go'?s?|icks?)\s*(?:for me\s*)?(?:are|is|would be|:|=|-)\s*(?P<value>[^.!?\n]{3,})",
    ANY_CASE,
)
_IS_BREAKER = re.compile(
    r"^(?:and |also |oh )?(?P<value>[^.!?;\n]{3,50}?)(?:'s| is| are|:)? (?:an? )?(?:absolute |total |huge |massive |hard |big |definite )?(?:deal[- ]?breaker|hard no|no from me|no for me|big no|no-no|red flag|no go|instant no)\b|"
    r"\b(?P<cannot>(?:can't|cant|cannot|couldn't|could never|won't|would never|don't) (?:stand|be with|date|deal with|do)\s+(?:someone|somebody|people|anyone|a)\b[^.!?;\n]*)|"
    r"\b(?P<none>no (?!alcohol|kids|meat|idea|way|thanks|thank|worries|problem|pressure|rush|doubt|one|more|time|clue|offence|offense|comment|need|shame|regrets)\w+(?: \w+)?)(?:,)? (?:please|thanks)\b|\b(?P<apply>\w+) need not apply\b|\b(?P<es>\w+) abstenerse\b",
    ANY_CASE,
)
_NOT_BREAKING = re.compile(r"\bnot (?:a |really a )?(?:deal[- ]?breaker|problem)\b", ANY_CASE)

_PURPOSE = re.compile(
    r"\b(?P<value>(?:working (?:towards?|on (?:my|a|an|getting|becoming))|saving (?:up )?(?:for|to)|learning (?!a lot|so much|about|that|from|curve)|training (?:for|to)|studying (?:for|to become)|building (?:a|an|my|up)|"
    r"trying to (?:become|finish|write|learn|build|start|get (?:my|a|into)|save|grow|visit|read|run|teach myself)|writing (?:a|my|an) (?:\w+ )?(?:book|novel|album|thesis|play|musical|cookbook|memoir|screenplay|dissertation)|restoring|renovating|doing up|setting up|planning to (?:open|move|start|build|buy)|"
    r"teaching myself|retraining|halfway through|(?:want|hope|going|plan|aim|dream is) to (?:open|start|write|build|become|publish|finish|retrain|sail|cycle|walk|learn|buy|set up|run)(?= (?:my|a|an|the|up|as|to|round|across|around|from)\b)|my (?:plan|goal|dream|big dream) is to)\s*[^.!?;\n]{2,})",
    ANY_CASE,
)
_PURPOSE_ENDS = re.compile(
    r"\s*(?:,\s*(?:and|but|so|that's|don't|three|which)?\s*(?=i\b|i'm\b|my\b|that's\b|the plan|tell|don't|years|which)|\s+(?:but|because|though)\s|,?\s+and i\b|,\s*(?:don't|that's|which|wish me)\b).*$",
    ANY_CASE,
)
_NO_PURPOSE = re.compile(r"\b(?:not|never|n't|she|he|they|you|we|used to|gave up|stopped)\b", ANY_CASE)
_LIST = re.compile(r"\s*(?:,\s*(?:and|or)?|\band\b|\bor\b)\s*", ANY_CASE)


def wishes_in(sentence: str, clauses: list[Clause]) -> Iterator[tuple[str, str]]:
    """(field, value) of one sentence of theirs."""
    moods = {mood for clause in clauses for mood in clause.moods}
    if moods & _BARRED:
        return
    if not _NO_DATE.search(sentence):
        yield from _values("first_date_idea", _FIRST_DATE, sentence, 140)
    if not clauses or Mood.PAST not in clauses[0].moods:
        yield from _purpose(sentence)
    yield from _dealbreakers(sentence)
    yield from _must_haves(sentence)


def _dealbreakers(sentence: str) -> Iterator[tuple[str, str]]:
    if _NOT_BREAKING.search(sentence):
        return
    named = _BREAKERS.search(sentence)
    if named:
        yield from (("dealbreakers", item) for item in _listed(named["value"]))
        return
    match = _IS_BREAKER.search(sentence)
    if match:
        value = next(group for group in match.groups() if group)
        if not value.casefold().startswith(("that", "this", "it", "which")):
            yield "dealbreakers", shortened(value.strip(" ,"), 80)


def _must_haves(sentence: str) -> Iterator[tuple[str, str]]:
    listed = _MUST_LIST.search(sentence)
    if listed:
        yield from (("must_haves", item) for item in _listed(listed["value"]))
        return
    for pattern in (_MUST, _MUST_BE):
        match = pattern.search(sentence)
        if match:
            value = next((group for group in match.groups() if group), match[0])
            yield "must_haves", shortened(value.strip(" ,"), 80)
            return


def _purpose(sentence: str) -> Iterator[tuple[str, str]]:
    match = _PURPOSE.search(sentence)
    if match and re.search(
        r"\b(?:i|i'm|im|my|mostly|currently|slowly|still|been)\b|^", sentence[: match.start()], ANY_CASE
    ):
        value = _PURPOSE_ENDS.sub("", match["value"]).strip(" ,")
        if not _NO_PURPOSE.search(sentence[: match.start()]) and len(value) >= 8:
            yield "purpose", shortened(value, 200)


def _values(field: str, pattern: re.Pattern[str], sentence: str, most: int) -> Iterator[tuple[str, str]]:
    match = pattern.search(sentence)
    if match:
        value = shortened(match["value"].strip(" ,:-"), most)
        if len(value) >= 3:
            yield field, value


def _listed(text: str) -> list[str]:
    return [item.strip(" .,")[:80] for item in _LIST.split(text) if len(item.strip(" .,")) > 2][:3]
