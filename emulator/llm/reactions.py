"""What a message does in the chat: agrees, refuses, claims, wants something out, banters."""

import re
from collections.abc import Sequence

ANY_CASE = re.IGNORECASE

_LEAD = r"(?:(?:oh|ha(?:ha)+|well|hmm+|aw+|ok(?:ay)? so|omg|lol|hell|uh|um+|ah+|and|fine|god)\b[\s,.!…-]*)*"
_YES = re.compile(
    rf"^\W*{_LEAD}(?:yes|yeah|yep|yup|yess+|ya|sure|ok(?:ay)?|of course|absolutely|definitely|correct|right|true|exactly|deal|go (?:ahead|for it|on)|"
    r"sounds good|fine|please do|let's (?:go|do (?:it|this))|i'm (?:in|up for it|game|ready)|i am in|i (?:do|agree|consent)|that's (?:me|right|true|it|correct)|(?:she|he|they) knows? me|(?:she|he|they)(?:'s| is|'re| are) right|"
    r"it's me|guilty|all (?:good|true|correct|of it)|spot on|vale|venga|claro|s[ií]|oui|ja|klar|genau|stimmt|así es|👍|✅|💯|🙌)(?!\w)",
    ANY_CASE,
)
_NO = re.compile(
    r"\b(?:no|nope|nah|not|never|don'?t|do not|won'?t|can'?t|wouldn'?t|stop|wait|hold on|wrong|isn'?t|aren'?t|unsure|maybe|rather|but|only|after|unless|as if|when pigs|yeah,? right|out|later|tomorrow|first|who|what|why|how|nein|nicht|mentira|quatsch)\b",
    ANY_CASE,
)
_NO_NO = re.compile(
    r"\b(?:can'?t wait|why not|no (?:problem|worries|doubt)|not a problem|if not now|what the hell|what the heck)\b",
    ANY_CASE,
)
_PLAIN_NO = re.compile(
    r"^\W*(?:(?:oh|hmm+|um+|uh|well|sorry|actually|haha+)\b\W*)*(?:no|nope|nah|never|not (?:really|now|today|me|sure)|i'?d rather (?:not|you didn't)|i don'?t (?:want|think)|rather not|absolutely not|no way|nein|wrong)\b",
    ANY_CASE,
)
_CONSENT = re.compile(
    r"\b(?:i(?:'m| am) (?:so |totally |all )?in\b(?!\s+[\w])|count me in|i (?:agree|consent)|i(?:'m| am) (?:up for it|game)|(?:i'm |im )?happy to(?: do (?:it|this))?$|happy to do (?:it|this)|"
    r"you have my (?:yes|consent|ok)|yes[,.! ]+(?:i'?m (?:in|ready|up)|i am in|please|let'?s|do it|go ahead|make (?:me )?(?:a|my) profile)|vamos a ello|encantad[ao]|mach(?:en)? (?:wir|ich gern)|leg los)",
    ANY_CASE,
)
_CLAIM = re.compile(
    r"\b(?:(?:it(?:'s| is|s)|this is|that(?:'s| is|s| would be| must be)|(?:the )?profile(?:'s| is)|all) (?:(?:about|for|all about) )?(?:me|myself|yours truly)|it's (?:about|for) me|the profile is mine|"
    r"i'?m the (?:one|single|primary|guinea pig|victim|lonely|sad)|i am the (?:one|single)|for myself|(?:it's|this is) my (?:own )?(?:dating )?profile|i'?m single|i am single|the (?:sad |only |lonely )*single (?:one|person)?(?: here)? is me|"
    r"(?:pues )?soy yo\b|el perfil es m[ií]o|(?:es|va) sobre m[ií]\b|es mi perfil|das bin (?:dann )?(?:wohl )?ich|um mich\b|(?:das|es) (?:profil )?ist mein(?:s| profil)|ich bin'?s)(?!\w)",
    ANY_CASE,
)
_NOT_ME = re.compile(
    r"\bnot (?:about |for )?(?:me|mine)\b|\bisn'?t (?:about |for )?me\b|\bnicht (?:um )?mich\b|\bno soy yo\b|\bnot single\b",
    ANY_CASE,
)
_BARE_ME = re.compile(
    r"^\W*(?:(?:haha+|oh|well|um+|ugh|sadly|guess|i guess|lol|yes|yep|that's|hi|hey)\W+)*(?:me|myself|mine|moi|yo|ich|i am|guilty(?: as charged)?|yours truly|it me|s?he'?s me)\b(?!\s+(?:and|neither|too|it's|what)|'s|,? what)",
    ANY_CASE,
)
_ABOUT = re.compile(
    r"\b(?:it(?:'s| is)|this is|that(?:'s| is)|profile is|we're here|we are here)?\s*(?:all |obviously |clearly )*(?:about|for)\s+(?:my (?:best |dear |lovely |good )?(?:friend|mate|sister|"
    r"brother|flatmate|housemate|roommate|cousin|bestie|colleague)\s*,?\s*)?(?P<name>[A-ZÀ-Ý][\w'-]*)"
    r"|\b(?i:geht um|ist für|es para|es sobre|va de|perfil de)\s+(?P<other>[A-ZÀ-Ý][\w'-]*)",
)
_IS_THE_ONE = re.compile(
    r"\b(?P<name>[A-ZÀ-Ý][\w-]*)(?:'s| is) (?:the (?:single )?(?:one|single|person|star|victim)|single|looking)\b|\b(?i:it's|its|it is|that's|that would be|let's do|lets do)\s+(?:obviously |clearly )?(?P<it>[A-ZÀ-Ý][\w-]*)"
)
_FRIEND = re.compile(
    r"\b(?:about|for)\s+(?:my|a|our)\s+(?:best |dear |lovely |good )?(?:friend|mate|sister|brother|flatmate|housemate|roommate|cousin|bestie|colleague)\b",
    ANY_CASE,
)
_NO_PERSON = frozenset(
    ("I", "I'm", "It", "Her", "Him", "She", "He", "They", "Them", "The", "This", "That", "Me", "My", "You", "Us", "A")
)

_SKIP = re.compile(
    r"^\W*(?:(?:hmm+|um+|uh|ok|well|sorry|nah|no|can we|can i|could we|let's|lets|i'd rather|i'll|please|maybe|think i'll|i think i'll)\b[\s,.…]*)*(?:skip|pass|next|leave|rather not|not (?:say|answer|saying|answering)|prefer not)\b(?:\s+(?:on )?(?:this|that|it|the)\b(?:\s+(?:one|question))?|\s+(?:one|question|please|to say|say|thanks|for now|answering))*\W*$|^\W*no comment\W*$",
    ANY_CASE,
)
_TAKE_OUT = re.compile(
    r"\b(?:delete|remove|erase|forget|drop|scrap|scratch|cut|lose|strike|bin (?:the|that|it|this|my)|ditch|take (?:\w+ )*?(?:out|off|down|away|back)|leave (?:\w+ )*out|get rid of|quítalo|quita|streich\w*|"
    r"(?:was|were|is|that's|only) (?:just |only |all )?(?:a joke|joking|kidding|not true|wrong|a lie|nonsense|rubbish)|isn'?t true|not true|don't want \w+(?: \w+)? (?:on|in) (?:there|it|my|the))\b",
    ANY_CASE,
)
# "Don't forget the pottery", "forget it", "I keep losing my keys".
_KEEP_IN = re.compile(
    r"\b(?:don'?t|never|didn'?t|won'?t|keep|always) (?:ever )?(?:forget|drop|lose|losing|delete|cut|remove)\b",
    ANY_CASE,
)
_HUMAN = re.compile(
    r"\b(?:talk|speak|chat|write) (?:to|with) (?:an? )?(?:actual |real )?(?:human|person|somebody|someone|staff|support|agent|your boss)(?: real)?\b|\b(?:get|give) me (?:an? )?(?:actual |real )?(?:human|person|agent)\b|\breal person please\b|\bhuman please\b",
    ANY_CASE,
)
_TIME = re.compile(
    r"^\W*(?:(?:hmm+|um+|uh|ok|oh|well)\W*)*(?:let me think|one (?:sec|second|moment|minute)|give me a (?:sec|second|moment|minute)|wait|hold on|brb|hang on|later|in a (?:sec|minute|bit)|not now|maybe later|"
    r"ask (?:me )?(?:again )?(?:later|tomorrow)|good question|tough one|thinking|need to think|i'?ll (?:think|have to think|get back)|have to think)\b.{0,30}$",
    ANY_CASE,
)
_LAUGH_WORD = re.compile(
    r"\d|a*(?:ha|he|hi|ja|je){2,}[ahj]*|ha+h?|l+o+l+|lmf?ao+|rofl|omg|wow|nice|aw+|x+d+|wtf|same|true|fr|dead|iconic|classic|ok+|k+|yay+|woo+|"
    r"hmm+|mhm|ugh|oof|stop|help|please|brilliant|amazing|excellent|legend",
    ANY_CASE,
)
_LAUGH_PHRASE = re.compile(r"\b(?:love it|so true|so good|stop it|no way)\b", ANY_CASE)
_GREETING = re.compile(
    r"^\W*(?:hi+|hey+|hello+|hiya|good (?:morning|evening|afternoon)|evening|morning|yo|heya|howdy|hola|hallo|servus|moin)\b(?!.*\b(?:did|do|does|have|has|are|is|can|was)\b)",
    ANY_CASE,
)
_THANKS = re.compile(r"\b(?:thanks|thank you|thx|cheers|ta|gracias|danke)\b", ANY_CASE)
_COMMAND = re.compile(r"^\W*(?:start|new|join\s+\w{4,8})\W*$", ANY_CASE)
_CALLS_US = re.compile(
    r"\b(?:continue|go on|carry on|keep going|next question|let's go on|i'm back|we're back|ready now)\b", ANY_CASE
)
# Of a yes with words behind it, more would be another thought.
MOST_WORDS_OF_A_YES = 5


def agrees(text: str) -> bool:
    return bool(_YES.search(text)) and not _no_in(text)


def refuses(text: str) -> bool:
    return bool(_PLAIN_NO.match(_NO_NO.sub("", text)))


def _no_in(text: str) -> bool:
    return bool(_NO.search(_NO_NO.sub("", text)))


def consents(text: str, *, asked: bool) -> bool:
    """A plain yes to a profile; if we did not ask, the text must say what it agrees to."""
    if _no_in(text) or "?" in text:
        return False
    if asked and _YES.search(text):
        return len(text.split()) <= MOST_WORDS_OF_A_YES or bool(_CONSENT.search(text))
    return bool(_CONSENT.search(text)) and (
        asked or claims(text, asked=False, asked_by_name=False) or len(text.split()) <= MOST_WORDS_OF_A_YES
    )


def claims(text: str, *, asked: bool, asked_by_name: bool) -> bool:
    """Says that the profile is about the writer. A bare yes only counts when we asked that person."""
    if _NOT_ME.search(text) or text.strip().endswith("?") or is_for_a_friend(text):
        return False
    if named_as_primary(text) is not None:
        return False
    if _CLAIM.search(text):
        return True
    return (asked and bool(_BARE_ME.search(text))) or (asked_by_name and agrees(text))


def named_as_primary(text: str) -> str | None:
    """The name of the person whom the text says it is about."""
    for pattern in (_ABOUT, _IS_THE_ONE):
        for match in pattern.finditer(text):
            name = next((name.removesuffix("'s") for name in match.groups() if name), None)
            if name and name not in _NO_PERSON:
                return name
    return None


def is_for_a_friend(text: str) -> bool:
    return bool(_FRIEND.search(text)) and not _NOT_ME.search(text)


def skips(text: str) -> bool:
    return bool(_SKIP.match(text))


def takes_out(text: str) -> bool:
    return bool(_TAKE_OUT.search(_KEEP_IN.sub("", text)))


def wants_a_human(text: str) -> bool:
    return bool(_HUMAN.search(text))


def wants_time(text: str) -> bool:
    return bool(_TIME.match(text))


def is_laugh(text: str) -> bool:
    words = re.findall(r"[^\W_]+", _LAUGH_PHRASE.sub(" ", text))
    return bool(text.strip()) and all(_LAUGH_WORD.fullmatch(word) for word in words)


def is_greeting(text: str) -> bool:
    return bool(_GREETING.match(text)) and len(text.split()) <= 6


def is_thanks(text: str) -> bool:
    return bool(_THANKS.search(text)) and len(text.split()) <= 8 and "?" not in text


def is_command(text: str) -> bool:
    return bool(_COMMAND.match(text))


def calls_us_back(text: str) -> bool:
    return bool(_CALLS_US.search(text))


def names(name: str, text: str) -> bool:
    return bool(name) and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, ANY_CASE) is not None


def is_small_talk(text: str, others: Sequence[str]) -> bool:
    """Talk among the people: a laugh, a few words, or something addressed to one of them."""
    if is_laugh(text) or any(names(name, text) for name in others) or "?" in text:
        return True
    words = text.split()
    return len(words) <= 3 or bool(re.search(r"\b(?:you|your|you're|u)\b", text, ANY_CASE))
