"""The words that make a command, as people write them. All are compared folded: no case, accents or punctuation."""

import re
from collections.abc import Iterable

from conversations_app.folding import folded


def _phrases(listed: str) -> frozenset[str]:
    return frozenset(folded(phrase) for phrase in listed.split(","))


COMMANDS = {
    "start": "start",
    "new": "start",
    "unstop": "unstop",
    "my page": "my page",
    "mypage": "my page",
    "my own page": "my page",
    "my link": "my page",
    "my settings": "my page",
    "settings": "settings",
    "my data": "my data",
    "mydata": "my data",
    "forget me": "forget me",
    "forgetme": "forget me",
    "forget me yes": "forget me yes",
    "forgetme yes": "forget me yes",
    "yes forget me": "forget me yes",
    "yes forget me yes": "forget me yes",
    "leave the group": "leave",
    "leave this group": "leave",
    "leave group": "leave",
    "leave this chat": "leave",
    **{word: word for word in ("invite", "restart", "help", "who", "leave", "quiet", "normal")},
}

# What carriers and Twilio take for STOP wherever it is sent, and the same word in other languages.
STOP = _phrases(
    """
    stop, stopall, stop all, unsubscribe, unsubscribe me, revoke, stop promotions,
    unsubcribe, unsuscribe, unsubscibe,
    optout, opt out, opt me out,
    arrêt, stopp, désabonner, désinscrire, désabonnez-moi,
    darme de baja, dame de baja, denme de baja, quiero darme de baja, cancelar suscripción,
    abmelden, abbestellen, melde mich ab, meldet mich ab,
    descadastrar, disiscrivi, disiscrivimi, afmelden, afmeld, avsluta, lopeta, rezygnuję,
    стоп, отписаться, отпишись, 退订, 退訂, 停止, 配信停止, 수신거부, הסר, إيقاف, الغاء الاشتراك
    """
)
# Among friends, with an exclamation mark, these are laughter.
STOP_EXCLAIMED = _phrases("stop, stopp, arrêt, стоп")
# Carriers take these for STOP too; on WhatsApp they are words like any others.
STOP_ON_SMS = _phrases("end, quit, cancel")
# Ordinary words besides (`alto` is "tall", `baja` is "short"), so among friends they count in capitals only.
STOP_IN_CAPITALS = _phrases("alto, baja, parar, pare, sair, cancelar, arrête, arrêter, remove")
_STOP_OF_A_STRANGER = _phrases(
    """
    stop it, stop this, stop that, stop stop, stop stop stop, leave me alone, quit it, go away,
    remove me, delete me, take me off, remove my number, delete my number, remove this number,
    basta, salir, no me escribas más, no me escriban más, deja de escribirme, dejen de escribirme,
    no más mensajes, no quiero más mensajes, no quiero recibir más mensajes, no quiero recibir mensajes,
    hör auf, hört auf, aufhören, schreib mir nicht mehr, schreibt mir nicht mehr, keine Nachrichten mehr,
    hör auf mir zu schreiben, hört auf mir zu schreiben, ich möchte keine Nachrichten mehr,
    arrêtez, arrêtez de m'écrire, arrête de m'écrire, ne m'écrivez plus, plus de messages,
    pare de me escrever, não quero mais mensagens, non scrivermi più, basta messaggi
    """
)

_MESSAGES = "(?:messages?|texts?|msgs?|sms|notifications?|updates?|spam)"
_SUCH = "(?:(?:all|any|more|the|these|those|this|your|such) )*"
_LIST = f"{_SUCH}(?:(?:mailing )?list|service|{_MESSAGES})"


def _either(*patterns: str) -> str:
    return f"(?:{'|'.join(patterns)})"


_STOP_SAID = re.compile(
    "(?:i (?:want|would like|wish|need) to |id like to |let me )?"
    + _either(
        "stop (?:texting|messaging|contacting|writing|spamming|pinging|bothering|whatsapping) (?:to )?(?:me|us|this number)",
        f"stop (?:sending|writing) (?:me |us )?{_SUCH}{_MESSAGES}(?: to (?:me|us))?",
        f"stop {_SUCH}{_MESSAGES}",
        f"(?:unsubscribe|opt out|opt me out)(?: me)?(?: (?:of|from) {_LIST})?",
        f"(?:remove|take|delete) (?:me|us|my number|this number) (?:from|off) {_LIST}",
    )
)
_STOP_SAID_BY_A_STRANGER = re.compile(
    _either(
        "(?:do not|dont|never) (?:text|message|msg|sms|contact|write|write to|spam|bother) (?:me|us|this number)",
        f"(?:do not|dont|never) send (?:me |us )?{_SUCH}{_MESSAGES}(?: to (?:me|us))?",
        f"(?:i )?(?:do not|dont) want {_SUCH}{_MESSAGES}",
        f"no more {_SUCH}{_MESSAGES}",
        "stop sending (?:me|us)(?: (?:all|any|more|this|these|those|that|stuff|things))*",
    )
    + "(?: (?:again|any more|anymore|ever again|ever))*"
)


def asks_to_stop(words: str, *, is_stranger: bool) -> bool:
    """Whether folded words ask for no more messages in a sentence or, from somebody who talks to nobody else, in any
    words that could hardly mean anything else."""
    if _STOP_SAID.fullmatch(words):
        return True
    return is_stranger and (words in _STOP_OF_A_STRANGER or _STOP_SAID_BY_A_STRANGER.fullmatch(words) is not None)


# --- around a command -------------------------------------------------------------------------------------------------

_COURTESY = _phrases(
    """
    please, pls, plz, kindly, thanks, thank you, thank you very much, thx, ty, cheers,
    por favor, gracias, muchas gracias, bitte, danke, vielen Dank, s'il vous plaît, svp, merci,
    s'il te plaît, per favore, grazie, obrigado, obrigada, пожалуйста, спасибо
    """
)
# Among friends "ok, stop" is talk.
_OPENINGS = _phrases(
    """
    hi, hi there, hello, hey, hiya, ok, okay, sorry, now, right now, just, already,
    i want to, i would like to, id like to, let me, lets, i said, wrong number, not interested,
    im not interested, i am not interested, no longer interested,
    immediately, asap, can you, could you, will you, would you, hola, hallo, bonjour, olá
    """
)


def _around(phrases: Iterable[str]) -> re.Pattern[str]:
    phrase = _either(*sorted(phrases, key=len, reverse=True))
    return re.compile(f"(?:{phrase} )*(?P<core>.+?)(?: {phrase})*")


_AROUND_TALK, _AROUND_STRANGERS_WORDS = _around(_COURTESY), _around(_COURTESY | _OPENINGS)


def without_courtesy(words: str, *, is_stranger: bool) -> str:
    """Folded words without the "please" and "thanks" around them; as they are when there is nothing else."""
    found = (_AROUND_STRANGERS_WORDS if is_stranger else _AROUND_TALK).fullmatch(words)
    return found["core"] if found else words


# --- joining ----------------------------------------------------------------------------------------------------------

# Letters swapped, doubled or left out, as thumbs do: they count only with a code that exists.
NEARLY_JOIN = _phrases(
    """
    jion, joni, jin, jon, joi, oin, jooin, joinn, joim, jojn, hoin, koin,
    joining, joins, joined
    """
)
GREETINGS = _phrases("hi, hello, hey, hola, hallo")
_AROUND = _phrases(
    """
    code, group, chat, invite, number, the, to, with, your, my, a, this, is, its, and,
    i, im, want, would, like, can, could, lets, let, me, us, you, thank, now, send
    """
)
AROUND_A_CODE = GREETINGS | _COURTESY | _AROUND

# --- names ------------------------------------------------------------------------------------------------------------

# What may follow `name` in talk: "name one", "name them all".
NOT_A_NAME = _phrases(
    """
    one, two, three, a, an, the, it, this, that, them, him, her, names, your, my, our,
    some, any, something, someone, somebody, anything, of, is, for, please, me, what, who,
    de, del, y, o, un, una, uno, der, des, von, und, eine, einen
    """
)
_FIRST_WORDS = _phrases(
    """
    hiya, yo, sup, howdy, morning, evening, bonjour, salut, ciao, moin, servus, welcome,
    yes, yeah, yep, yup, no, nope, nah, ok, okay, sure, fine, cool, nice, great, good,
    sí, si, ja, nein, nee, oui, non, claro, vale, genau, gut,
    lol, haha, hahaha, wow, omg, hmm, oh, ah, oops, sorry, why, how, when, where, here,
    qué, quién, was, wer, wie, same, done, ready, test, what, huh, everyone, all, guys
    """
)
# What somebody who is new in a group may open with instead of their name.
OPENERS = GREETINGS | _COURTESY | NOT_A_NAME | _FIRST_WORDS

# --- opting in --------------------------------------------------------------------------------------------------------

YES = _phrases("yes")
