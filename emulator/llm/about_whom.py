"""Who says that the profile is about them, or about somebody else, in whatever words: the product asks them once more
anyway, so that a missed claim costs a whole evening and a wrong one a single question."""

import re
from collections.abc import Collection, Iterator

from emulator.llm.reading.lexicon import NO_PERSON

ANY_CASE = re.IGNORECASE

_IT_IS = r"(?:it'?s|it is|it'?ll be|it will be|this is|this'?s|that'?s|that is|that would be|that'?d be|that must be|the profile is|the profile'?s|'?tis|it was|all)"
_HEDGES = r"(?:(?:just|only|all|obviously|clearly|sadly|apparently|definitely|actually|really|so|probably|basically|unfortunately|still|now|going to be|meant to be|supposed to be)\s+)*"
_CLAIM = re.compile(
    rf"\b{_IT_IS}\s+{_HEDGES}(?:(?:all )?(?:about|for)\s+)?(?:me|myself|mine|yours truly|i)(?!\s+(?:who|that|and|or|too|to|can|could|will|would|don|did|do|am|was|have|think|guess (?:not|so))\b)(?![\w'])|"
    r"\b(?:'?tis|it is) i\b(?! (?:who|that))|"
    rf"\b(?:it'?s|its|it is|that'?s|thats|this is)\s+{_HEDGES}my (?:own )?(?:dating )?profile\b|\b(?:the )?profile (?:is )?(?:about|for) (?:me|myself)\b|\bmake (?:me a|my) (?:dating )?profile\b|"
    r"\bi(?:'?m| am|m)\s+(?:(?!not\b|n't\b)\w+\s+){0,3}?(?:single(?! (?:thing|one of))|unattached|on the market|looking for love|(?:the|your) (?:\w+ ){0,2}(?:one (?:who(?:'s| is|s)? (?:needs?|wants?|single|looking)|that needs|in need|here|needing|looking)|one\b(?! (?:who|that|with|from|whose))|single|singleton|guinea pig|victim|patient|subject|candidate|lonely|sad|spinster|bachelor(?:ette)?|project|lucky one|volunteer))\b|"
    r"\b(?:single (?:one|person)|singleton|sad one|lonely one|victim|guinea pig)(?: here)?(?: is|'s|:|,)? (?:me|i|myself)\b|"
    r"\bfor myself\b|\byours truly\b|"
    # "They made me do this", "i need a profile", "I'm who it's about".
    r"\b(?:they|everyone|these (?:two|three|idiots|people)|my (?:friends|mates|sister|brother|flatmates?|housemates?|cousin)|you (?:lot|guys|two))\b(?:'re|'ve|'s| are| have| has| is)? (?:\w+ )?(?:made|making|making|forced|forcing|talked|talking|roped|dragged|signed|bullied|bullying|volunteered|nominated) me\b(?! (?:laugh|cry|smile|tea|soup|dinner|think|wait))|"
    r"\bi(?:'ve)? (?:really |just |do |think i |guess i |might |would |finally )*(?:need|want|could use|deserve|would like|came for|am here for|am getting|am doing|am making)(?: you to (?:make|write) me)? (?:an? |the |this |that |my )(?:dating |new |decent )*(?:profile|dating thing|dating app thing)\b|\b(?:write|make|do|build) (?:me|mine)\b(?: (?:one|up|please|pls)\b|\W*$)|"
    r"\bi(?:'?m| am|m) (?:who|whom|what) (?:it'?s|its|this is|we'?re|you'?re)\b|\bi(?:'?m| am|m) (?:the )?(?:profile|topic|main character|client|customer|birthday girl|chosen one)\b|\bit(?:'?s| is) my (?:love life|turn|(?:dating )?profile)\b|\bi(?:'?m| am|m) doing (?:this|it|the thing|the dating thing)\b|\bthe (?:person|one|victim|single) is me\b|"
    # "They are married and I am not".
    r"\b(?:married|taken|paired off|coupled up|engaged|in a relationship)\b.{0,40}\bi(?:'?m| am) (?:not|the only)\b|"
    r"\b(?:pues )?soy yo\b|\bel perfil es m[ií]o|(?:es|va) (?:sobre|de) m[ií]\b|\b(?:pa|para) m[ií]\b|\bes mi perfil|\bla soltera soy|\bel soltero soy|\byo soy (?:la|el) solter[ao]|"
    r"\bdas bin (?:dann |wohl |halt )*ich\b|\bum mich\b|\b(?:das|es) (?:profil )?ist (?:mein(?:s| profil)|für mich)\b|\bich bin'?s\b|\bich bin (?:hier )?(?:der|die) single\b",
    ANY_CASE,
)
# Asked whom it is about, these are about oneself as well.
_IF_ASKED = re.compile(
    r"\b(?:about|for) (?:me|myself)\b(?!\s+(?:to|it's|its|it is|that|and|or|too|this)\b)|\bi(?:'?m| am|m) (?:in|up for it|your (?:man|woman|girl|guy))\b|\b(?:i|me),? obviously\b|\bmy turn\b|\bguilty\b",
    ANY_CASE,
)
_NOT_ME = re.compile(
    r"\bnot (?:about |for )?(?:me|mine)\b|\b(?:isn'?t|wasn'?t) (?:about |for )?me\b|\bnicht (?:um )?mich\b|\bno soy yo\b|\b(?:not|n'?t|no longer) single\b|\b(?:isn'?t|not) my profile\b|\bdon'?t look at me\b|\bif it (?:was|were) me\b",
    ANY_CASE,
)
_PIECE = re.compile(r"\s*(?:[.,!?;:…\n()/]+|\s[-–—]\s)\s*")
# A piece of the message that says no more than "me": "girl sam. me. sure why not".
_BARE_ME = re.compile(
    r"\W*(?:(?:ha(?:ha)+|oh|ok(?:ay)?|well|um+|ugh|sadly|guess|i guess|lol|yes|yep|yeah|hi+|hey|hello|that'?s|that would be|it'?s|just|only|fine|so|and|sigh|alas|erm?|obviously|right|here|he'?s|she'?s)\W+)*"
    r"(?:me+(?:\s+me+)*|myself|mine|moi|yo|ich|i am|i do|it me|present|guilty|yours truly|'?tis (?:i|me))"
    r"(?:\W+(?:sadly|obviously|lol|ha(?:ha)+|again|i guess|i suppose|unfortunately|apparently|here|then|please|hi+|hello|i'?m afraid|of course|yes|guilty as charged))*\W*",
    ANY_CASE,
)
_FRIEND = re.compile(
    r"\b(?:about|for)\s+(?:my|a|our)\s+(?:best |dear |lovely |good )?(?:friend|mate|sister|brother|flatmate|housemate|roommate|cousin|bestie|colleague|mum|mom|dad|daughter|son)\b",
    ANY_CASE,
)
_FOR = re.compile(
    r"\b(?:it'?s|it is|this is|that'?s|profile is|we'?re here|we are here|profile|intervention|one|something|somebody|someone|man|woman|date|it|all)?\s*(?:all |obviously |clearly )*(?:about|for|geht um|um|ist für|für|es para|para|es sobre|sobre|va de|perfil de|es de)\s+"
    r"(?:my (?:best |dear |lovely |good )?(?:friend|mate|sister|brother|flatmate|housemate|roommate|cousin|bestie|colleague)\s*,?\s*)?(?P<name>[^\W\d_][\w'-]*)",
    ANY_CASE,
)
_IS_THE_ONE = re.compile(
    r"\b(?P<name>[^\W\d_][\w-]*)(?:'s| is|'s been| has been|, who is|, who'?s| who is| who has been| ist| es)\s+(?:\w+ ){0,2}?(?:the (?:single )?(?:one|single|person|star|victim)|single|looking for|unattached)\b"
    r"|\b(?:it'?s|it is|that'?s|that would be|let'?s do|we'?re doing|es|ist)\s+(?:obviously |clearly |all )*(?P<it>[^\W\d_][\w-]*)\s*(?:[.,!;:]|$|\b(?:obviously|of course|again|who)\b)"
    r"|\b(?P<needs>[^\W\d_][\w-]*) (?:needs|deserves|could do with|wants) (?:an? |some |to find )?(?:\w+ )?(?:man|woman|boyfriend|girlfriend|date|profile|love|someone|somebody|help)\b",
    ANY_CASE,
)
# Asked whom it is about: a name and hardly anything else ("sam", "dot obviously").
_MOST_WORDS_OF_A_NAME = 3


def claims(text: str, *, asked: bool, asked_by_name: bool, agrees: bool = False, names: Collection[str] = ()) -> bool:
    """Says that the profile is about the writer. A bare yes (`agrees`) counts only from whom it was said to be about.
    `names`: of the others."""
    if _NOT_ME.search(text) or text.strip().endswith("?") or is_for_a_friend(text):
        return False
    is_bare = any(_BARE_ME.fullmatch(piece) for piece in _PIECE.split(text))
    if asked and is_bare:
        return True
    if named_as_primary(text, names) is not None:
        return False
    return bool(_CLAIM.search(text)) or (asked and bool(_IF_ASKED.search(text))) or (asked_by_name and agrees)


def named_as_primary(text: str, names: Collection[str] = (), *, asked: bool = False) -> str | None:
    """The name of the person whom the text says it is about: of one of `names` however it is written, of anybody else
    with its capital."""
    known = {name.casefold(): name for name in names}
    for name in _names_in(text):
        if name.casefold() in known:
            return known[name.casefold()]
        if name[0].isupper() and name.casefold() not in NO_PERSON and not text.isupper():
            return name
    words = re.findall(r"[^\W\d_][\w'-]*", text)
    if asked and len(words) <= _MOST_WORDS_OF_A_NAME and "?" not in text and not _SAYS_NO.search(text):
        return next((known[word.casefold()] for word in words if word.casefold() in known), None)
    return None


_SAYS_NO = re.compile(r"\b(?:no|not|stop|shut|shush|omg|oi|nope|hi|hey|hello)\b", ANY_CASE)


def _names_in(text: str) -> Iterator[str]:
    for pattern in (_FOR, _IS_THE_ONE):
        for match in pattern.finditer(text):
            yield from (name.removesuffix("'s") for name in match.groups() if name)


def is_for_a_friend(text: str) -> bool:
    return bool(_FRIEND.search(text)) and not _NOT_ME.search(text)
