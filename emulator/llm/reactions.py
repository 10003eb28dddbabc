"""What a message does in the chat: agrees, refuses, wants something out, banters."""

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
    r"\b(?:can'?t wait|(?:why|sure) (?:the hell |the heck )?not|no (?:problem|worries|doubt)|not a problem|if not now|what the hell|what the heck)\b",
    ANY_CASE,
)
_TAKES_BACK = re.compile(
    r"\b(?:nope|nah|never|don'?t|do not|won'?t|stop|wait|hold on|maybe|only if|unless|as if|when pigs|yeah,? right|later|tomorrow|first|nein|nicht|mentira|quatsch|no quiero)\b|^\W*no\b|\bnot (?:yet|now|me|sure|really|in|up)\b|\bif i\b",
    ANY_CASE,
)
_PLAIN_NO = re.compile(
    r"^\W*(?:(?:oh|hmm+|um+|uh|well|sorry|actually|haha+)\b\W*)*(?:no|nope|nah|never|not (?:really|now|today|me|sure)|i'?d rather (?:not|you didn't)|i don'?t (?:want|think)|rather not|absolutely not|no way|nein|wrong)\b",
    ANY_CASE,
)
_CONSENT = re.compile(
    r"\b(?:i(?:'m| am|m) (?:so |totally |all )?in\b(?!\s+[\w])|count me in|i (?:agree|consent)|i(?:'m| am|m) (?:up for (?:it|this)|game|ready|willing)|(?:i'm |im )?happy to(?: do (?:it|this))?$|happy to do (?:it|this)|"
    r"you have (?:my )?(?:yes|consent|ok|okay|blessing|permission)|(?:permission|consent|wish) (?:is )?(?:granted|given)|(?:ok|okay|fine|happy|good|cool)(?: with you| for you)? to (?:make|do|write|build|start) (?:it|one|this|that|me|mine|my|the|an?)\b|(?:ok|okay|fine|good|happy|cool) (?:by|with) (?:me|this|that|it)|works for me|yes,? (?:you (?:can|may)|make|write|do|start|build)|please (?:make|do|write|start|build)(?: me)? (?:it|one|this|mine|my|the|an?)\b|(?:i )?give (?:you )?(?:my )?(?:permission|consent)|green light|yes[,.! ]+(?:i'?m (?:in|ready|up)|i am in|please|let'?s|do it|go ahead|make (?:me )?(?:a|my) profile)|i say yes|yes to (?:all|everything|the)|"
    r"(?:go|went) (?:for it|ahead|on then)|crack on|fire away|do your (?:worst|best|thing)|let'?s (?:do (?:it|this)|go\b|get (?:it|this) over|get (?:going|started|on with))|(?:why|sure) (?:the hell |the heck )?not|bring it on|(?:come|oh,? go) on then|have at it|be my guest|"
    r"vamos(?: a ello| allá)?|venga|dale\b|adelante|encantad[ao]|de acuerdo|acepto|mach(?:en)? (?:wir|ich gern|mal)|leg(?:t)? los|los geht'?s|einverstanden|von mir aus|na gut)(?!\w)",
    ANY_CASE,
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
_ANOTHER_DAY = re.compile(
    r"\b(?:(?:do|finish|continue|carry on with|leave) (?:this|it|that|the rest)(?: for)? (?:another (?:day|time)|later|tomorrow|some other time|next week)|(?:another|some other) (?:day|time)|pick (?:this|it) up (?:later|tomorrow|another)|not (?:today|tonight|right now)\b|take a break|call it a (?:day|night)|i need (?:a break|a minute|some time|to lie down)|gotta go|have to go|need to go|talk tomorrow)",
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


def consents(text: str, *, asked: bool, claims: bool = False) -> bool:
    """A yes to a profile; if we did not ask, the text must say what it agrees to, or say as well (`claims`) that it is
    about them. The product asks once more, so that words of a yes are enough."""
    if "?" in text:
        return False
    if _CONSENT.search(text) and not _takes_it_back(text):
        return asked or claims or len(text.split()) <= MOST_WORDS_OF_A_YES
    return asked and agrees(text) and len(text.split()) <= MOST_WORDS_OF_A_YES


def _takes_it_back(text: str) -> bool:
    """ "I'm in when pigs fly", "let's not"."""
    return bool(_TAKES_BACK.search(_NO_NO.sub("", text)))


def skips(text: str) -> bool:
    return bool(_SKIP.match(text))


def takes_out(text: str) -> bool:
    return bool(_TAKE_OUT.search(_KEEP_IN.sub("", text)))


def wants_a_human(text: str) -> bool:
    return bool(_HUMAN.search(text))


def wants_time(text: str) -> bool:
    return bool(_TIME.match(text))


def puts_off(text: str) -> bool:
    """ "Can we do this another day?"."""
    return bool(_ANOTHER_DAY.search(text))


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
