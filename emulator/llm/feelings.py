"""Moments in which people come before the form: grief, illness, anger, a bad day, despair."""

import re
from enum import StrEnum

ANY_CASE = re.IGNORECASE


class Feeling(StrEnum):
    DESPAIR = "despair"
    GRIEF = "grief"
    ILLNESS = "illness"
    LOSS = "loss"
    BAD_DAY = "bad_day"
    ANGER = "anger"
    HURT = "hurt"


_KIN = r"(?:mum|mom|mam|dad|mother|father|parents?|sister|brother|twin|gran|grandma|granny|nan|nana|grandad|grandpa|grandmother|grandfather|aunt|auntie|uncle|cousin|husband|wife|partner|boyfriend|girlfriend|fianc[eé]e?|best friend|friend|son|daughter|baby|dog|cat|horse|niece|nephew)"
_TABLE = {
    Feeling.DESPAIR: r"\b(?:kill myself|end my life|end it all|want to die|wanna die|don't want to (?:live|be here|be alive)|no reason to live|better off (?:dead|without me)|suicid\w+|hurt(?:ing)? myself|self[- ]harm\w*|me quiero morir|ich will nicht mehr leben)\b",
    Feeling.GRIEF: rf"\b(?:my|our|his|her) (?:\w+ )?{_KIN}(?:'s)? (?:just |has |has just |sadly )?(?:died|passed(?: away)?|is (?:dead|gone|dying)|was put down|funeral)\b|\bpassed away\b|\b(?:lost|buried|burying) (?:my|our|her|his) (?:\w+ )?{_KIN}\b|\bfuneral\b|\bi'm (?:a )?widow(?:er|ed)?\b|\bsince (?:she|he) died\b|\b(?:she|he) died (?:last|this|in|two|three|a|on)\b|\bmiscarr\w+|\b(?:they|vet|doctors?|we) (?:couldn'?t|could not) save (?!any|it\b|money)\w+|\bhad to (?:put (?:him|her|them) (?:down|to sleep)|let (?:him|her) go)\b",
    Feeling.ILLNESS: rf"\b(?:i'm|im|i am|i've been|she's|he's|{_KIN} is|{_KIN}'s) (?:back |still )?in (?:the )?(?:hospital|a&e|icu)\b|\b(?:diagnosed|chemo|cancer|tumou?r|biopsy|stroke|overdose|panic attack|depression|depressed|rehab|relapsed)\b|\bi(?:'m| am) (?:really |so |very |pretty )?(?:ill|unwell|poorly)\b|\bbroke my (?:leg|arm|wrist|ankle|foot|back) (?:today|yesterday|this morning|last night)\b|\bcar accident\b",
    Feeling.LOSS: r"\b(?:got|been|was|just) (?:fired|sacked|laid off|made redundant|dumped|evicted)\b|\blost my (?:job|flat|house|home)\b|\b(?:he|she|they) (?:just )?(?:left|dumped|cheated on|broke up with) me\b|\bwe broke up\b|\bgetting (?:a )?divorced?\b|\bmiss (?:him|her|my ex) (?:so much|a lot|every)\b",
    Feeling.BAD_DAY: r"\b(?:bad|rough|awful|terrible|horrible|shit|shitty|rubbish|tough|hard|crap|worst) (?:day|week|night|month|time|year)\b|\b(?:i'm|im|i am|feeling|feel) (?:so |really |very |pretty |just |a bit |quite )*(?:sad|lonely|low|down|awful|terrible|overwhelmed|exhausted|burnt out|anxious|heartbroken|broken|miserable|worthless|hopeless)\b|\b(?:can't|cannot) (?:do|face|deal with) (?:this|it|anything) (?:today|right now|anymore|tonight)\b|\bnot (?:in the mood|feeling it|up to (?:it|this))\b|\b(?:i'm|im|i am) not (?:doing )?(?:great|so great|(?:so |very |too )?well|ok|okay)\b|\bcr(?:ying|ied) (?:all|again|in the|at work|myself)\b|\bi'm crying\b(?! (?:laughing|with laughter|lol))|\bnobody (?:loves|wants|likes) me\b|\bi(?:'ll| will) (?:always be|end up|die) alone\b",
    Feeling.ANGER: r"\b(?:fuck off|piss off|shut up|shut it|go away|leave (?:me|us) alone|stop (?:asking|it with|with the|bothering|annoying|spamming|writing|messaging)|too many questions|so many questions|enough (?:questions|already|now)|you(?:'re| are) (?:so |really |very |being )?(?:annoying|useless|rude|creepy|stupid|an idiot|terrible|the worst|shit|pushy)|i hate (?:this|you|it)|this is (?:so |really )?(?:stupid|annoying|creepy|pointless|shit|bullshit|dumb|a waste|ridiculous|intrusive)|stupid (?:bot|thing|machine)|none of your (?:business|damn)|back off|that(?:'s| is) (?:rude|too personal|private|none of))\b",
    Feeling.HURT: r"\b(?:that|this) (?:really |actually )?hurts?\b|\bthat(?:'s| was) (?:mean|not funny|cruel|uncalled for|out of order)\b|\bnot funny\b|\bwhy would you (?:say|tell|bring)\b|\bplease (?:don't|stop) (?:talk|bring|joke|mention)\w*\b|\bi'm (?:upset|hurt|offended)\b",
}  # fmt: skip
_PATTERNS = tuple((re.compile(pattern, ANY_CASE), feeling) for feeling, pattern in _TABLE.items())
# Laughing, people die every minute.
_LAUGHING = re.compile(r"\b(?:a*(?:ha){2,}h?|lol|lmao|rofl)\b|[😂🤣😆😜😝]", ANY_CASE)
_TO_A_FRIEND = frozenset({Feeling.ANGER, Feeling.HURT})


def feeling_in(text: str) -> Feeling | None:
    for pattern, feeling in _PATTERNS:
        if pattern.search(text):
            is_banter = feeling not in (Feeling.DESPAIR, Feeling.GRIEF) and _LAUGHING.search(text)
            return None if is_banter else feeling
    return None


def is_at_somebody(feeling: Feeling) -> bool:
    """A feeling that is somebody's doing: where it is put to a friend, it is none of our business."""
    return feeling in _TO_A_FRIEND
