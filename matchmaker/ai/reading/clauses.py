"""A message cut into clauses, and these into words: what people write, and the phrases that we know."""

import re

from matchmaker.ai.reading.folding import fold

_QUESTION_OR_QUOTE = re.compile('[?¿؟՞;"]')
_SMILE = re.compile(r"(?<!\S)[:=8]'?-?[)\]d](?!\w)|\^\^|<3")
_CHEERFUL = frozenset(
    "😀😃😄😁😊☺🙂😇🥰😍🤩😘😗😚😙😋🤗🥳🤝🙌👏🙏💪🔥✨⭐🌟🎉🎊❤🧡💛💚💙💜🤎🖤🤍♥💕💖💗💞💓💘😻😺😸🌸🌻🌹🌷🌞🫶💯😎🚀🎈🥂🍀🐶🐱💃🕺🙋♀♂"
    "🙈🙉🙊🤭🫣😳🥺🥹😌🤠🫡🤞✌🤘🤙🫂🌈☀🌊👀🙆🐾❗❕‼"
)
# Food, plants, sport, feasts, animals: they say nothing for or against. Faces do: 🙄 beside a yes takes it back.
_THINGS = re.compile("[\U0001f32d-\U0001f3cf\U0001f400-\U0001f43f\U0001f950-\U0001f96f\U0001f980-\U0001f9ae]")
_LAUGHING = frozenset("😂🤣😆😅😹")
_SIGNS = frozenset("👍👌✅✔☑👎❌#")
_SKIN_TONE = re.compile("[\U0001f3fb-\U0001f3ff]")
# A comma or a point within a number is part of it.
_SEPARATOR = re.compile(r"(?<!\d)[.,:]|[.,:](?!\d)|[!()。、।،]|(?:^|(?<=\s))-+(?=\s|$)")
# "27yo", and scripts that are written without blanks: "27歳です". But "27k" and "17th" are words of their own.
_NUMBER_AND_UNIT = re.compile(
    r"(?<=\d)(?=(?:yo|yrs?|years?|jahre?|años?|ans)\b)|(?<=\d)(?=[^\W\d_\u0000-\u024f])|(?<=[^\W\d_\u0000-\u024f])(?=\d)"
)


def clauses(text: str) -> list[list[str]] | None:
    """The words of each clause, folded.

    None where nothing can be read strictly: a question, somebody's words in quotes, a sad face.
    """
    folded = fold(text.replace("\n", " . "))
    if _QUESTION_OR_QUOTE.search(folded):
        return None
    folded = _SMILE.sub(" , ", folded)
    if folded.count("(") > folded.count(")"):
        return None
    folded = "".join(map(_spoken, _SKIN_TONE.sub("", folded)))
    found = [words_of(part) for part in _SEPARATOR.split(folded)]
    return [words for words in found if words]


def _spoken(character: str) -> str:
    if character in _CHEERFUL or _THINGS.match(character):
        return " , "
    if character in _LAUGHING:
        return " , haha , "
    return f" {character} " if character in _SIGNS else character


def words_of(clause: str) -> list[str]:
    """The words of folded text. People type hyphens and apostrophes or don't, and write "27yo" in one."""
    clause = re.sub(r"(?<=\w)-(?=\w)", " ", clause.replace("'", ""))
    return _NUMBER_AND_UNIT.sub(" ", clause).split()


def trails_off(text: str) -> bool:
    """Whether it ends in dots: hardly the end of the thought."""
    return re.search(r"\.\.\W*$", fold(text)) is not None
