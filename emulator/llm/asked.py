"""What people ask the matchmaker, by its words."""

import re
from enum import StrEnum

ANY_CASE = re.IGNORECASE


class AskedAbout(StrEnum):
    KNOWN = "known"
    KEEP_OUT = "keep_out"
    WHO_SEES = "who_sees"
    BOT = "bot"
    MODEL = "model"
    DATA = "data"
    TAKE_OUT = "take_out"
    HOW_LONG = "how_long"
    COST = "cost"
    PHOTOS = "photos"
    SEE_PROFILE = "see_profile"
    WHY = "why"
    SKIP = "skip"
    WHAT_TO_SAY = "what_to_say"
    NEXT = "next"
    WHO_ARE_YOU = "who_are_you"
    HOW = "how"
    WHAT = "what"
    HOW_ARE_YOU = "how_are_you"
    MATCH = "match"
    CANNOT = "cannot"
    GROUP = "group"
    OPINION = "opinion"
    UNDERSTAND = "understand"
    LANGUAGE = "language"
    FRIENDS = "friends"
    OTHER = "other"


_TABLE = {
    AskedAbout.KEEP_OUT: (r"\b(?:not|don't|dont|never) (?:\w+ )?(?:write|put|note|record|keep|save|store|include|mention|use|add)\b.{0,30}\b(?:that|it|this|any of)\b",),
    AskedAbout.KNOWN: (
        r"\bwhat (?:do|did|have) (?:you|u) (?:actually |already |really |even )?(?:know|got|have|remember|write|written|note|noted|learn|heard)\b.*\b(?:me|my|us|down|so far|profile)\b|\bwhat (?:have you got|do you have|do you know|did you get|have you written)\b|"
        r"\bwhat do we have\b|\bread (?:it|that|them|me|everything) (?:back|out)\b|\bsum(?:mary|mari[sz]e)\b|\bremind me what\b|\bwhat's (?:in|on) (?:my|the|her|his) profile\b|\bwhat did (?:you|u) (?:save|keep|store|put)\b|\bqué sabes de mí\b|\bwas weißt du (?:über|von) mich?r?\b",
    ),
    AskedAbout.SEE_PROFILE: (
        r"\b(?:see|show|preview|look at|read|view|check|send)\b.*\b(?:my|the|her|his) (?:profile|bio|page)\b|\b(?:profile|bio)\b.*\b(?:look|so far|ready|done|finished|going|coming|like)\b|\bshow me\b",
    ),
    AskedAbout.WHO_SEES: (
        r"\b(?:who|anyone|anybody|people|everyone|everybody|others|strangers|public)\b.*\b(?:see|sees|read|reads|reading|access|shown|find|look)\b|\bis (?:it|this|that) (?:public|private|confidential|secret|safe)\b|\b(?:private|public)\?",
    ),
    AskedAbout.MODEL: (r"\b(?:chat ?gpt|gpt|claude|gemini|openai|llm|language model|which (?:ai|model)|what (?:ai|model))\b",),
    AskedAbout.BOT: (
        r"\b(?:are|r) (?:you|u)\b.*\b(?:bot|robot|ai|human|real|machine|person|computer|alive|automated)\b|\b(?:is this|is that|is it|am i talking to|are we talking to|you're|is matchmaker)\b.*\b(?:bot|robot|ai|human|machine|real person|computer|automated)\b|\beres (?:un )?(?:bot|robot|humano|persona)\b|\bbist du (?:ein )?(?:bot|roboter|mensch)\b",
    ),
    AskedAbout.TAKE_OUT: (r"\b(?:can|could|how (?:do|can)) (?:i|you|we)\b.*\b(?:delete|erase|remove|forget|take (?:\w+ )?(?:out|back)|undo|change|edit|correct)\b",),
    AskedAbout.DATA: (r"\b(?:my data|data|stored?|keep|kept|gdpr|privacy|save[ds]?|delete[ds]?|sell|happens (?:to|with) (?:my|all|the|what))\b",),
    AskedAbout.HOW_LONG: (r"\bhow (?:long|many (?:more )?questions|much longer|much more|far)\b|\bare we (?:done|nearly|almost|there)\b|\b(?:almost|nearly) done\b|\bwhen (?:are we|is (?:it|this)) (?:done|finished|over)\b",),
    AskedAbout.COST: (r"\b(?:cost|costs|free|pay|price|money|subscription)\b",),
    AskedAbout.PHOTOS: (r"\b(?:photos?|pictures?|pics?|selfies?)\b",),
    AskedAbout.SKIP: (r"(?<!what )\b(?:do|must|should) (?:i|we) (?:have|need)? ?(?:to )?(?:answer|say|tell)\b|\bdo (?:i|we) have to\b|\b(?:can|could|may) (?:i|we) (?:skip|pass|leave)\b",),
    AskedAbout.WHY: (r"\bwhy (?:would|should) (?:i|we)\b|\bwhy (?:do|are|d'you|would|does|did)\b.*\b(?:ask|asking|want|need|know|matter|care|relevant)\b|\bwhy(?: that| this)?\?*$|\bwhat(?:'s| is) (?:that|it|this) for\b|\bwhy (?:my|is my|the)\b",),
    AskedAbout.WHAT_TO_SAY: (r"\bwhat (?:should|shall|do|can|could|am) (?:i|we) (?:supposed to |meant to )?(?:say|write|answer|put|tell)\b|\bgive me an example\b|\blike what\b|\bsuch as\b|\bwhat (?:do you mean|kind of|sort of)\b|\b(?:an )?example\?|\bwhat counts\b|\bin what way\b",),
    AskedAbout.NEXT: (r"\bwhat(?:'s| is|s)? (?:next|now|else|missing|left)\b|\bwhat (?:next|now|else)\b|\bwhat (?:do|else do) you (?:still )?(?:need|want)\b|\banything else\b|\bwhere were we\b|\bnext question\b|\bwhat do we do now\b|\bcan we (?:go on|continue|start|begin)\b|\bshall we\b",),
    AskedAbout.UNDERSTAND: (r"\b(?:do|did|can) (?:you|u) (?:even |actually )?(?:understand|get (?:it|that|this|me)|listen|hear|read|follow)\b|\bare you (?:listening|there|still there|awake|broken|stupid|dumb|ok)\b|\b(?:hello|anyone there|you there)\?|\bis (?:this|it)(?: thing)? (?:on|working|live)\b",),
    AskedAbout.LANGUAGE: (r"\b(?:speak|understand|habl\w+|sprich\w*|parl\w+)\b.*\b(?:spanish|german|french|english|español|castellano|deutsch|français|italian\w*|portugu\w+|languages?)\b",),
    AskedAbout.HOW_ARE_YOU: (r"\bhow(?:'s| are| is|r) (?:you|u|things|it going|life)\b|\bhow do you feel\b|\bwhat's up\b|\bwyd\b",),
    AskedAbout.MATCH: (r"\b(?:find|get|set|match|introduce|send)\b.*\b(?:me|her|him|us)\b.*\b(?:date|boyfriend|girlfriend|someone|somebody|match|husband|wife|man|woman|love)\b|\bwhen do i (?:get|meet|see)\b|\bwho (?:will|would|do) (?:i|you) (?:match|meet|suggest)\b",),
    AskedAbout.CANNOT: (r"\b(?:can|could|will|would) (?:you|u) (?:please |also |even |just )?(?!ask|tell|say|explain|repeat|skip|hear|see|read|understand|speak)\w+\b|\b(?:weather|football score|what time is it|tell (?:me|us) a joke|sing|a poem)\b",),
    AskedAbout.OPINION: (r"\b(?:what do you|do you|would you|what did you) (?:think|reckon|like|agree|prefer|recommend|believe|say)\b|\b(?:am|is|are|was) (?:i|she|he|that|this|it|we) (?:too |really |so |a )?(?:boring|weird|normal|funny|ok|okay|good|bad|interesting|catch|old|mad|crazy|right|wrong)\b|\bany (?:tips|advice|ideas)\b",),
    AskedAbout.FRIENDS: (r"\b(?:can|should|do|may) (?:my |our |the )?(?:friends?|they|others|everyone|we) (?:write|answer|join|say|help|add|chip)\b|\bhow do (?:i|we) (?:add|invite)\b|\badd (?:a |my |another )?(?:friend|someone)\b|\binvite\b",),
    AskedAbout.GROUP: (r"^\W*(?:so |ok |hey |and |guys |btw )*(?:who(?:'s| is| wants| else| can| has)|anyone|anybody|does any\w+|has any\w+|are we|shall we|should we|do we|when are we|where are we|what time|did you guys|you guys|you lot|has everyone|is everyone|are you (?:all|both|guys|two|lot)|see you)\b",),
    AskedAbout.WHO_ARE_YOU: (r"\bwho (?:are|r) (?:you|u)\b|\bwhat(?:'s| is) (?:your|ur) name\b|\bwho(?:'s| is) (?:this|that|matchmaker)\b|\bwhat are (?:you|u)\b(?! (?:doing|up|on|after|looking))|\bquién eres\b|\bwer bist du\b",),
    AskedAbout.HOW: (r"\bhow (?:does|do|will|is|would) (?:this|it|that|we|you|i)\b|\bwhat happens\b|\bhow it works\b|\bwhat do (?:i|we) (?:do|have to do)\b",),
    AskedAbout.WHAT: (r"\bwhat(?:'s| is| was|s) (?:this|that|all this|going on|happening|it all about)\b|\bwhat are we doing\b|\bexplain\b|\bqué es esto\b|\bwas ist das\b",),
}  # fmt: skip
_PATTERNS = tuple(
    (re.compile(pattern, ANY_CASE), asking) for asking, patterns in _TABLE.items() for pattern in patterns
)

# About themselves, field by field: "how old am I?".
_ABOUT_A_FIELD = tuple(
    (re.compile(pattern, ANY_CASE), field)
    for field, pattern in (
        ("age", r"\bhow old (?:am i|do you think i am|is (?:she|he))\b|\bwhat(?:'s| is) my age\b"),
        ("area", r"\bwhere (?:do i live|am i from|am i|does (?:she|he) live)\b"),
        ("job_or_study", r"\bwhat(?:'s| is) my job\b|\bwhat do i (?:do|work)\b|\bwhat does (?:she|he) do\b"),
        ("first_name", r"\bwhat(?:'s| is) my name\b|\bwho am i\b|\bwhat am i called\b"),
        ("height_cm", r"\bhow tall (?:am i|is (?:she|he))\b"),
        ("interests", r"\bwhat (?:do i (?:like|love|enjoy)|am i into|are my (?:hobbies|interests))\b"),
        ("intention", r"\bwhat (?:am i|did i say i was) looking for\b"),
        (
            "green_flags",
            r"\bwhat (?:did|do|have) (?:they|my friends|everyone|he|she|[\w-]+) (?:say|said|saying|tell you) about me\b",
        ),
    )
)
_ASKS_ALOUD = re.compile(r"\b(?:show|tell|explain|read|sum up|summari[sz]e|remind|give)\b", ANY_CASE)


def asks_us(text: str, *, named: bool) -> AskedAbout | None:
    """What the text asks the matchmaker; OTHER when it asks and nothing here knows what."""
    if "?" not in text and not (named or _opens_like_a_question(text)):
        return None
    for pattern, asking in _PATTERNS:
        if pattern.search(text):
            return asking
    return AskedAbout.OTHER if "?" in text else None


def asks_about_field(text: str) -> str | None:
    return next((field for pattern, field in _ABOUT_A_FIELD if pattern.search(text)), None)


def _opens_like_a_question(text: str) -> bool:
    """Many leave the question mark out."""
    return bool(
        re.match(
            r"^\W*(?:(?:ok|so|and|but|wait|hey|um+|hm+)\W+)*(?:who|what|what's|whats|why|how|are you|are u|r u|can you|can i|can we|do you|do i|is this|read|show|tell me|remind)\b",
            text,
            ANY_CASE,
        )
    )
