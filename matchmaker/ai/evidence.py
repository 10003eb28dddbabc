"""Does a message say what an action claims of it? Code checks, so that a model cannot cite at will."""

import re
import unicodedata
from typing import Any

from matchmaker.ai.choices import carries
from matchmaker.ai.fields import Evidence, Field
from matchmaker.ai.heights import heights_in
from matchmaker.ai.numbers import in_digits

_STOP_WORDS = {
    "the",
    "and",
    "for",
    "with",
    "she",
    "her",
    "his",
    "him",
    "they",
    "that",
    "this",
    "was",
    "are",
    "has",
    "have",
}

# The plain yes of a question that is open, in the languages that groups have used. Anything subtler is asked again.
_YES = re.compile(
    r"^\W*(?:(?:oh|well|hmm+|aw+|um+|uh|ah+|(?:ha)+h?|omg|lol|hell)\b\W*)*(?:(?:ye+s+|yea+h*|yep|yup|ya|y(?=\W*$)|sure|all ?right|go for it|go on|do it|gladly|i'?d love to|d'accord|claro|vale|gerne|ok(?:ay)?|of course|absolutely|definitely|why not|correct|right|true|exactly|deal|"
    r"go ahead|sounds good|fine|please do|let'?s (?:go|do (?:it|this))|i(?:'m| am) (?:in|up for it|game|ready)|i (?:do|agree|consent)|"
    r"that'?s (?:me|right|true)|it'?s me|s[ií]|oui|ja|jep|sim|da|evet|tak|hai|haan|naam|ano|igen|kyll[äa])\b|"
    r"да|так|ναι|はい|好的|是的|네|예|हाँ|हां|نعم|כן|👍|✅|💯|🙌)",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\b(?:no|nope|nah|not|never|don'?t|do not|won'?t|can'?t|wouldn'?t|stop|wait|hold on|nein|non|nee|wrong|isn'?t|aren'?t|"
    r"unsure|maybe later|rather not)\b",
    re.IGNORECASE,
)
# They hold a word of _NO, and mean no such thing.
_NO_NO = re.compile(
    r"\b(?:can'?t wait|why not|no (?:problem|worries|doubt|objections?)|not a problem)\b", re.IGNORECASE
)
# Said unasked, it must be plain, and about this: "count me in" could answer anybody.
_AGREES = re.compile(
    r"\b(?:yes|yeah|yep|sure|ok|okay|go ahead|count me in|i (?:agree|consent)|you have my (?:yes|consent|ok)|"
    r"i(?:'m| am) (?:up for it|happy to do (?:it|this))|i(?:'m| am) in(?!\s+\w))\b",
    re.IGNORECASE,
)
_ABOUT_THIS = re.compile(r"\b(?:profil\w*|perfil\w*)\b", re.IGNORECASE)
# Words that open a message and leave nothing else that they could answer.
_I_AM_IN = re.compile(
    r"^\W*(?:(?:ok(?:ay)?|yes|yeah|yep|sure|fine)\b[\s,.!]*)?i(?:'m| am) in\b(?!\s+\w)", re.IGNORECASE
)
_CLAIM = re.compile(
    r"\b(?<!asked )(?<!ask )(?<!asks )(?<!anything )(?<!know )(?<!knows )(?<!said )(?<!says )(?<!talk )(?<!talking )(?:about me|um mich|soy yo|sobre m[ií]|"
    r"c'est pour moi|c'est moi|su di me|i(?:'m| am) the (?:one|single one|single|primary)|my (?:own )?dating profile|the single one is me)\b",
    re.IGNORECASE,
)
# Enough only as an answer to "who is it about?".
_ANSWERING_CLAIM = re.compile(
    r"\b(?:for me|for myself|it'?s me|it is me|that'?s me|that would be me|my profile|i(?:'m| am) single)\b|^\W*(?:me|myself|mine|moi|ich|yo|eu|i am|i'm it)\b",
    re.IGNORECASE,
)


def _plain(text: str) -> str:
    """Straight quotes, one case of blanks: phones type ’ for '."""
    return unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'").strip()


def says_yes(text: str) -> bool:
    plain = _plain(text)
    return bool(_YES.search(plain)) and not says_no(plain)


def says_no(text: str) -> bool:
    return bool(_NO.search(_NO_NO.sub("", _plain(text))))


def consents(text: str, *, asked: bool) -> bool:
    """A yes in the person's own words: an answer to our question, or said plainly without one."""
    plain = _plain(text)
    if asked and _opens_with_yes(plain):
        return True
    if says_no(plain):
        return False
    if asked:
        return bool(_YES.search(plain) or _AGREES.search(plain))
    is_about_this = bool(_CLAIM.search(plain) or _ABOUT_THIS.search(plain))
    return bool(_I_AM_IN.search(plain)) or (is_about_this and bool(_AGREES.search(plain)))


def _opens_with_yes(plain: str) -> bool:
    """ "Yes, and I don't smoke" is a yes; "yes but no" and "yes. wait, no" are none."""
    first, _, rest = re.sub(r"[,.;!\n]+|\band\b", "\x1f", plain).partition("\x1f")
    takes_it_back = re.search(
        r"(?:^|\x1f)\s*(?:no|nope|wait|actually|stop|hold on|not)\b|\bbut no\b", rest, re.IGNORECASE
    )
    return bool(_YES.search(first)) and not says_no(first) and not takes_it_back


def is_about_the_profile(wording: str) -> bool:
    return bool(re.search(r"profil|perfil|профил", wording, re.IGNORECASE))


def claims_to_be_primary(text: str, *, asked: bool, in_person: bool) -> bool:
    """`asked`: it can answer "who is it about?"; `in_person`: we asked the author alone, so that a bare yes is enough."""
    plain = _plain(text)
    if re.search(r"\bnot (?:about |for )?me\b|\bisn'?t (?:about |for )?me\b", plain, re.IGNORECASE):
        return False
    told = re.sub(r"[^.!?\n]*\?", "", plain)
    if _CLAIM.search(told) or (asked and _ANSWERING_CLAIM.search(told)):
        return True
    return asked and in_person and says_yes(plain)


_FREE_TEXTS = {
    "stories",
    "purpose",
    "quirk",
    "green_flags",
    "vouch_quote",
    "first_date_idea",
    "dealbreakers",
    "must_haves",
}
_DENIAL = re.compile(
    r"\b(?:not|never|no longer|hates?|hated|can(?:'?t|not) stand|anywhere but|no)\b|n't\b|\?\s*$", re.IGNORECASE
)


def undenied(text: str) -> str:
    """The clauses that say something is so: not those that deny it or ask."""
    clauses = re.findall(
        r"(?:[^.;!?,\n]|(?<=\d)[.,](?=\d))+[.;!?,\n]*", re.sub(r"\b(?:(?<!anywhere )but|and)\b", ",", _plain(text))
    )
    return " ".join(clause for clause in clauses if not _DENIAL.search(clause))


def supports(field: Field, value: Any, text: str, *, asked: bool = False) -> bool:
    """True when the text itself carries the value. `asked`: it can be the answer to our question about the field."""
    return mentions(field, value, text if field.slug in _FREE_TEXTS else undenied(text), whole=text, asked=asked)


def mentions(field: Field, value: Any, said: str, *, whole: str = "", asked: bool = False) -> bool:
    """Whether the words carry the value, be it to affirm or to deny it; `whole`: the message they stand in."""
    match field.evidence:
        case Evidence.NUMBER:
            wanted = value if isinstance(value, list) else [value]
            return set(wanted) <= set(_numbers(said))
        case Evidence.HEIGHT:
            return any(abs(height - value) <= 1 for height in heights_in(in_digits(_plain(said))))
        case Evidence.WORDS:
            return _mostly_in(str(value), said)
        case Evidence.MEANING:
            if field.slug == "intention" and not said.strip():
                return False
            heard = said if field.slug == "intention" else whole or said
            return carries(field.slug, str(value), _plain(heard), asked=asked)


def states_age(age: int, text: str) -> bool:
    """The author says it of themselves, rather than counting something: "I'm 27", "27 years old", or just the number."""
    plain = in_digits(_plain(text).lower()).replace("no wait", "")
    number = rf"(?<!\d){age}(?!\d)"
    return bool(
        re.search(
            rf"\b(?:i'?m|i am|aged?|i turn(?:ed)?|just turned|turning|age is|age:)\W+(?:(?!not\b)\w+ ){{0,2}}{number}",
            plain,
        )
        or re.search(rf"{number}\s*(?:-?\s*years?[ -]old|y/?o\b|yrs? old)", plain)
        or re.fullmatch(rf"(?:\w+\W+){{0,2}}{number}\W*(?:here|now|and counting)?\W*", plain)
    )


_AROUND_AN_AGE = (
    "i|i'?m|im|am|is|my|age|aged|it'?s|that'?s|just|still|only|really|said|turned|yes|yeah|yep|no worries|ok|okay|well|oh|um+|"
    "uh|hm+|ha+h?|(?:ha)+h?|lol|hi|hey|sorry|sure|honestly|promise|years?|yrs?|y/?o|old|of|and counting|now|here|a|an|adult|"
    "ich|bin|jahre?|alt|tengo|años|j'ai|ans|ho|anni|tenho|anos"
)
_PLAIN_AGE = re.compile(rf"(?:(?:{_AROUND_AN_AGE})\b[^\w?]*)*(?P<age>\d{{1,2}})(?:[^\w?]*\b(?:{_AROUND_AN_AGE})\b)*")


def plain_age(text: str) -> int | None:
    """The author's age, where the message says that and nothing else: not "16?", "not 16", "almost 18" or "16 minutes"."""
    plain = in_digits(_plain(text).lower())
    found = _PLAIN_AGE.fullmatch(re.sub(r"^[^\w?]+|[^\w?]+$", "", plain))
    return int(found["age"]) if found else None


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d{1,3}", in_digits(_plain(text).lower()))]


def _mostly_in(value: str, text: str) -> bool:
    wanted, written = _stems(value), {word[:5] for word in _words(text)}
    carried = [stem for stem in wanted if any(_is_same_stem(stem, other) for other in written)]
    return bool(wanted) and len(carried) * 2 >= len(wanted)


_ENDINGS = {"", "s", "es", "er", "in", "y", "ie"}
"""Of words cut to five letters."""


def _is_same_stem(one: str, other: str) -> bool:
    """ "bake" and "baking", "cat" and "cats", "run" and "running": one begins like the other. Of three letters many a word
    begins, "dance" with "dan", so what follows must be an ending."""
    shorter, longer = sorted((one.removesuffix("e"), other.removesuffix("e")), key=len)
    if len(shorter) < 3 or not longer.startswith(shorter):
        return one == other
    rest = longer[len(shorter) :]
    return len(shorter) > 3 or rest in _ENDINGS or rest[0] == shorter[-1]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", _plain(text).casefold())


def _stems(text: str) -> set[str]:
    """First five letters of each word that carries meaning: "climbs" and "climbing" are one."""
    words = _words(text)
    meaningful = {word[:5] for word in words if len(word) > 2 and word not in _STOP_WORDS}
    return meaningful or {word[:5] for word in words}
