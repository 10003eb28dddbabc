"""Words by which a choice shows in a text: what speaks of another one, or of none, carries no choice."""

import re

# A chat message; beyond it the patterns would take their time.
MOST_CHARACTERS = 2000

_WORDS: dict[str, dict[str, str]] = {
    "intention": {
        "long_term": r"serious|long[- ]?term|relationship|the one\b|settle|marr|partner|for life|lasting|real thing|something real|love",
        "long_open_short": r"serious|long[- ]?term|relationship|partner",
        "short_open_long": r"short[- ]?term|casual|light|fun|easy|no strings|fling|not(?:hing)? (?:too )?serious",
        "figuring_out": r"figur|not sure|no idea|don'?t know|undecided|see (?:what|where|how)|open\b",
        "friendship": r"friend",
    },
    "smoke": {
        "no": r"(?:n't|not|never|non|quit|gave up|stopped)\b.*smok|non-?smok|smoke[- ]?free",
        "sometimes": r"(?:sometimes|occasional|social|rarely|only|when|parties|now and then).*smok|smok.*(?:sometimes|occasional|social|rarely|only|when|part)",
        "yes": r"smok|vap(?:e|ing)|cigar",
    },
    "drink": {
        "no": r"(?:n't|not|never|stopped|quit)\b.*(?:drink|alcohol)|sober|teetotal|alcohol[- ]free",
        "sometimes": r"(?:sometimes|occasional|social|rarely|only|now and then|weekend|much|often|a lot|a (?:little|bit)).*(?:drink|wine|beer)|drink.*(?:sometimes|occasional|social|weekend|much|often|a (?:little|bit))",
        "yes": r"drink|wine|beer|cocktail|whisk",
    },
    "diet": {
        "everything": r"everything|anything|omnivor|meat",
        "vegetarian": r"veggie|vegetarian",
        "vegan": r"vegan|plant[- ]based",
        "halal": r"halal",
        "kosher": r"kosher",
        "other": r"pescat|gluten|lactose|allerg|diet|fish",
    },
    "tone": {
        "gentle": r"gentl|soft|kind|nice|easy|sweet",
        "dry": r"dry|deadpan|sarcas|iron",
        "bold": r"bold|cheek|roast|mercy|savage|brutal|anything|limits|wild|worst",
    },
    "kids_has": {
        "yes": r"my (?:kid|son|daughter|child)|i have .*(?:kid|son|daughter|child)",
        "no": r"no (?:kid|child)|n't .*(?:kid|child)",
    },
    "kids_wants": {
        "yes": r"(?:want|love|hope).*(?:kid|child|famil)",
        "no": r"(?:n't|not|no|never)\b.*(?:kid|child|famil)",
        "maybe": r"(?:maybe|perhaps|not sure|open).*(?:kid|child|famil)|(?:kid|child|famil).*(?:maybe|perhaps|not sure|open)",
    },
}
_CHOICES = {
    field: {choice: re.compile(words, re.IGNORECASE) for choice, words in choices.items()}
    for field, choices in _WORDS.items()
}


def carries(field_slug: str, choice: str, text: str, *, asked: bool) -> bool:
    """Whether the text can mean this choice. Unasked, it has to name it; as the answer to our question, in words that
    are not in this table (or in another language), it has to name no other."""
    text = text[:MOST_CHARACTERS]
    choices = _CHOICES.get(field_slug)
    if choices is None or (choice in choices and choices[choice].search(text)):
        return True
    return asked and not any(pattern.search(text) for pattern in choices.values())
