"""Facts as their owner reads them on their own page."""

from typing import Any

from matchmaker.ai.fields import FIELDS
from matchmaker.ai.fixed_lines import choice_in_words
from sessions_app.own_words import RATHER_NOT_SAY

LABELS = {
    "first_name": "First name",
    "age": "Age",
    "area": "Where you live",
    "gender": "Gender",
    "interested_in": "Who you'd like to meet",
    "orientation": "Orientation",
    "intention": "What you're looking for",
    "languages": "Languages",
    "height_cm": "Height",
    "job_or_study": "Work or study",
    "kids_has": "Children",
    "kids_wants": "Children one day",
    "smoke": "Smoking",
    "drink": "Drinking",
    "diet": "Food",
    "faith": "Faith",
    "politics": "Politics",
    "pets": "Pets",
    "interests": "Interests",
    "stories": "Stories",
    "purpose": "What you're working toward",
    "quirk": "Quirk",
    "green_flags": "What friends praise",
    "vouch_quote": "A friend's words to quote",
    "first_date_idea": "A good first date",
    "must_haves": "Must-haves",
    "dealbreakers": "Dealbreakers",
    "age_range": "Ages you'd like to meet",
    "distance_km": "How far away",
    "tone": "How cheeky friends may be",
}


def label_of(field: str) -> str:
    return LABELS.get(field, field.replace("_", " ").capitalize())


def in_words(field: str, value: Any) -> str:
    if value == RATHER_NOT_SAY:
        return "Rather not say"
    if isinstance(value, list):
        return " to ".join(str(one) for one in value)
    for unit in ("cm", "km"):
        if field.endswith(f"_{unit}"):
            return f"{value} {unit}"
    is_choice = field in FIELDS and bool(FIELDS[field].choices)
    return choice_in_words(str(value), "en").capitalize() if is_choice else str(value)
