"""Which of the languages that we have lines in a group writes."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from matchmaker.ai.reading.folding import loosen

SPOKEN_BY_US = ("en", "es", "de")
# The commonest small words, loosened; "im", "yo" and the like, which two of our languages share, are left out. The neighbours
# are here so that a group that writes French isn't taken for a Spanish one.
_SMALL_WORDS = {
    "en": """
        the a and of to is are be i ive ill you youre your she its we they this that thats what who how when
        why not dont isnt have has had do does did my on for with but if just from at about or can would could
        should there here yes yeah out been really very lets gonna got get like than then them her
    """,
    "es": """
        el la los las un una unos y que de del soy eres somos esta estoy estas estan tengo tiene tienes mi mis
        tu tus su sus ella ellos nosotros te se lo le nos con por para pero como cuando donde quien muy mas
        si ya en al porque hay este esto eso esa ese hola gracias bien fue era ser vivo quiero tambien siempre
        nunca anos vale claro pues
    """,
    "de": """
        der das den dem des ein eine einen einem einer und ist sind bin bist ich du er sie wir ihr mich mir
        dich dir nicht kein keine auch mit von zu zum zur auf fur fuer aber wenn weil dass wie wer wo noch
        schon nur mein meine dein sein hab habe hat haben wird werde kann ja nein doch mal gern gerne danke
        bitte uber ueber jahre wohne
    """,
    "fr": """
        le la les des du un une et est je suis tu il elle nous vous que qui de pas ne ce ca c j mon ma ton
        avec pour mais dans oui si au sur
    """,
    "pt": """
        o a os as um uma e que de do da dos das eu sou voce nao com por para mas como quando onde muito mais
        se ja em meu minha tenho sim no na
    """,
    "it": """
        il lo la gli le un una e che di del della io sono sei non con per ma come quando dove molto piu se mi
        ti ci si ho hai anche questo
    """,
    "nl": """
        de het een en van ik je jij niet is dat die op te zijn ben met voor maar ook wel heb naar bij uit als
        nog ja nee mijn wij
    """,
}
_WORDS = {language: frozenset(words.split()) for language, words in _SMALL_WORDS.items()}


def language_of(texts: Sequence[str], *, default: str = "en") -> str:
    """The language that most small words in these messages are of; the default where it's none of ours or none leads.

    "ok" and "jajaja" are of no language, so that a laugh doesn't turn a whole group.
    """
    votes = Counter(language for text in texts for language in _languages_of_words(text))
    most = max(votes.values(), default=0)
    leading = [language for language in SPOKEN_BY_US if votes[language] == most > 0]
    return leading[0] if len(leading) == 1 else default


def _languages_of_words(text: str) -> Iterator[str]:
    # "Y" in a group's code is no word, be it Spanish for "and" or not.
    words = [word for word in re.findall(r"\w+", loosen(text).replace("'", "")) if word.isalpha()]
    if len(words) > 1 and len(set(words)) == 1:
        return  # "ja ja ja" is a laugh
    for word in words:
        yield from (language for language, small in _WORDS.items() if word in small)
