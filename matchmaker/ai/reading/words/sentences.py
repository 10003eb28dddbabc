"""Words that make a sentence, in seventeen languages: pronouns, negations, the commonest verbs, and words for "anything".

No name of a person, a place or a trade is made of them. What stands in such names too is left out ("am" in Frankfurt am
Main, "Como", "Ben").
"""

import re

from matchmaker.ai.reading.clauses import words_of
from matchmaker.ai.reading.folding import loosen

_WORDS = """
    no not none nothing never nobody nowhere nope nah dont doesnt didnt isnt arent wont cant couldnt wouldnt aint
    i im ive you youre your yours my mine he she his her they their we our this that these those
    what which who whose where why how is are was were do does did have has had tell telling say saying know knows
    guess think want wanna going gonna lets should would could ask asking dunno idk idc idea clue secret whatever
    wherever somewhere anywhere everywhere something anything someone anyone maybe perhaps later

    ni nada nadie nunca jamas sin ninguno ninguna ningun que quien donde cuando yo tu mi te soy eres estoy tengo
    digo decir decirlo sabe sabes se idea secreto quiero puedo voy ahora algo alguien

    nicht nichts nix nie niemand kein keine keinen keiner ich du er sie wir ihr mich dir mir mein meine dein
    weiss ist bist sind war habe hab hat sag sage sagen verrat verrate egal geheim geheimnis irgendwo nirgends
    nirgendwo irgendwas ahnung was wer wo wie warum vielleicht spaeter

    ne pas rien jamais aucun aucune non je nous vous mon sais sait dis dire suis quoi personne peut
    nao nenhum nenhuma ninguem sem eu voce meu minha sei dizer segredo sou tenho
    niente nessuno nessuna io mio dico dirlo segreto boh sono saprei
    niet niets niks geen nooit ik jij mijn weet zeg zeggen geheim
    nie nic nigdy nigdzie moj wiem powiem tajemnica
    degil yok hic bilmiyorum soylemem
    не нет ничего никто нигде никогда я ты мой моя знаю скажу секрет без
    ні нічого ніхто ніде ніколи мій моя знаю
    لا ليس لن لم انا سر
    לא אין אני סוד
    नहीं मत मैं
"""
_SENTENCE_WORDS = frozenset(loosen(_WORDS).split())
# Written without blanks, so that they stand inside what looks like one word.
_WITHIN_WORDS = re.compile("ない|ません|秘密|内緒|不|没|無し|몰라|모르|모름|없|비밀")


def is_like_a_sentence(text: str) -> bool:
    """Whether it says something, as "no idea" and "not telling you" do, rather than names somebody or something."""
    loose = loosen(text)
    return bool(_SENTENCE_WORDS.intersection(words_of(loose)) or _WITHIN_WORDS.search(loose))
