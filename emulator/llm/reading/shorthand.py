"""Writes out what people shorten in a chat, so that the readers need to know one form of each word."""

import re

ANY_CASE = re.IGNORECASE

_SHORT = {
    r"w/o": "without",
    r"w/(?!\w)": "with",
    r"(?<=[a-z] )w(?= [a-z])": "with",
    r"ppl": "people",
    r"tho": "though",
    r"(?:cuz|coz|bcs|bc)": "because",
    r"im": "i'm",
    r"ive": "i've",
    r"shes": "she's",
    r"hes": "he's",
    r"theyre": "they're",
    r"youre": "you're",
    r"thats": "that's",
    r"dont": "don't",
    r"doesnt": "doesn't",
    r"didnt": "didn't",
    r"isnt": "isn't",
    r"wasnt": "wasn't",
    r"cant": "can't",
    r"wont": "won't",
    r"hrs": "hours",
    r"mins": "minutes",
    r"yrs": "years",
}
_PATTERNS = tuple((re.compile(rf"(?<![\w'/]){short}(?![\w'])", ANY_CASE), long) for short, long in _SHORT.items())
_LEAD = re.compile(
    r"^\W*(?:(?:ok(?:ay)? (?:but|so)|fr+|frfr|for real|ngl|tbh|istg|i swear|lowkey|no joke|not gonna lie|honestly|also|plus|btw|and|but|well|wait|"
    r"fun fact|real talk|to be fair|in (?:her|his|all) (?:defen[cs]e|fairness|seriousness)|for one|for the record|though|so|once again|listen|look|story time)\b[\s,:.…-]*)+",
    ANY_CASE,
)


def spelled_out(text: str) -> str:
    for pattern, long in _PATTERNS:
        text = pattern.sub(long, text)
    return text


def without_lead(text: str) -> str:
    """Without what only opens a story: "ok but fr, when my boiler died …"."""
    return _LEAD.sub("", text)
