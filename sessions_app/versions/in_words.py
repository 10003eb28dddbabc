"""Facts as a stranger reads them, short enough for a line among others."""

from typing import Any

from matchmaker.ai.fields import FIELDS
from matchmaker.ai.fixed_lines import choice_in_words

LABELS = {
    "intention": "Looking for",
    "job_or_study": "Work or study",
    "height_cm": "Height",
    "languages": "Languages",
    "pets": "Pets",
    "gender": "Gender",
    "orientation": "Orientation",
    "interested_in": "Interested in",
    "kids_has": "Children",
    "kids_wants": "Children one day",
    "smoke": "Smoking",
    "drink": "Drinking",
    "diet": "Food",
    "faith": "Faith",
    "politics": "Politics",
    "interests": "Interests",
    "first_date_idea": "A good first date",
}
"""What strangers see besides the name, age and area, in this order. Stories are told by the bio and the answers."""

_CHOICES = {
    ("smoke", "no"): "Doesn't smoke",
    ("smoke", "sometimes"): "Smokes sometimes",
    ("smoke", "yes"): "Smokes",
    ("drink", "no"): "Doesn't drink",
    ("drink", "sometimes"): "Drinks sometimes",
    ("drink", "yes"): "Drinks",
    ("diet", "everything"): "Eats everything",
    ("kids_has", "yes"): "Has children",
    ("kids_has", "no"): "No children",
    ("kids_wants", "yes"): "Wants children",
    ("kids_wants", "no"): "Doesn't want children",
    ("kids_wants", "maybe"): "Maybe children one day",
}
# To say that one would rather not say is an answer for us, not for strangers.
_NOTHING = {("diet", "other")}
_DECLINED = "rather_not_say"


def in_words(field: str, value: Any) -> str:
    """Empty where there is nothing to show."""
    if value == _DECLINED or (field, value) in _NOTHING:
        return ""
    if field == "height_cm":
        feet, inches = divmod(round(value / 2.54), 12)
        return f"{value} cm ({feet}′{inches}″)"
    if (field, value) in _CHOICES:
        return _CHOICES[field, value]
    is_choice = field in FIELDS and bool(FIELDS[field].choices)
    text = choice_in_words(value, "en") if is_choice else str(value)
    return text[:1].upper() + text[1:]
