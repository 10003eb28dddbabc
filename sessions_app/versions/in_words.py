"""Facts as a stranger reads them, short enough for a line among others, in the profile's own language."""

from typing import Any

from matchmaker.ai.fields import FIELDS
from matchmaker.ai.fixed_lines import choice_in_words

_LABELS = {
    "en": {
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
        "interests": "Into",
        "first_date_idea": "A good first date",
    },
    "es": {
        "intention": "Busca",
        "job_or_study": "Trabajo o estudios",
        "height_cm": "Altura",
        "languages": "Idiomas",
        "pets": "Mascotas",
        "gender": "Género",
        "orientation": "Orientación",
        "interested_in": "Le interesan",
        "kids_has": "Hijos",
        "kids_wants": "Hijos algún día",
        "smoke": "Tabaco",
        "drink": "Alcohol",
        "diet": "Comida",
        "faith": "Fe",
        "politics": "Política",
        "interests": "Le gusta",
        "first_date_idea": "Una buena primera cita",
    },
    "de": {
        "intention": "Sucht",
        "job_or_study": "Beruf oder Studium",
        "height_cm": "Größe",
        "languages": "Sprachen",
        "pets": "Haustiere",
        "gender": "Geschlecht",
        "orientation": "Orientierung",
        "interested_in": "Interessiert an",
        "kids_has": "Kinder",
        "kids_wants": "Kinderwunsch",
        "smoke": "Rauchen",
        "drink": "Alkohol",
        "diet": "Essen",
        "faith": "Glaube",
        "politics": "Politik",
        "interests": "Mag",
        "first_date_idea": "Ein gutes erstes Date",
    },
}
SHOWN = tuple(_LABELS["en"])
"""What strangers see besides the name, age and area, in this order. Stories are told by the bio and the answers."""

_CHOICES = {
    "en": {
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
    },
    "es": {
        ("smoke", "no"): "No fuma",
        ("smoke", "sometimes"): "Fuma a veces",
        ("smoke", "yes"): "Fuma",
        ("drink", "no"): "No bebe alcohol",
        ("drink", "sometimes"): "Bebe a veces",
        ("drink", "yes"): "Bebe alcohol",
        ("diet", "everything"): "Come de todo",
        ("kids_has", "yes"): "Tiene hijos",
        ("kids_has", "no"): "No tiene hijos",
        ("kids_wants", "yes"): "Quiere tener hijos",
        ("kids_wants", "no"): "No quiere tener hijos",
        ("kids_wants", "maybe"): "Quizá hijos algún día",
    },
    "de": {
        ("smoke", "no"): "Raucht nicht",
        ("smoke", "sometimes"): "Raucht manchmal",
        ("smoke", "yes"): "Raucht",
        ("drink", "no"): "Trinkt keinen Alkohol",
        ("drink", "sometimes"): "Trinkt manchmal Alkohol",
        ("drink", "yes"): "Trinkt Alkohol",
        ("diet", "everything"): "Isst alles",
        ("kids_has", "yes"): "Hat Kinder",
        ("kids_has", "no"): "Keine Kinder",
        ("kids_wants", "yes"): "Möchte Kinder",
        ("kids_wants", "no"): "Möchte keine Kinder",
        ("kids_wants", "maybe"): "Vielleicht einmal Kinder",
    },
}
# To say that one would rather not say is an answer for us, not for strangers.
_NOTHING = {("diet", "other")}
_DECLINED = "rather_not_say"

_PHOTOS = {
    "en": {"together": "{name} with others", "others": "Friends of {name}", "owner": "{name}", "nameless": "A photo"},
    "es": {
        "together": "{name} con más gente",
        "others": "Amigos de {name}",
        "owner": "{name}",
        "nameless": "Una foto",
    },
    "de": {
        "together": "{name} mit anderen",
        "others": "Freunde von {name}",
        "owner": "{name}",
        "nameless": "Ein Foto",
    },
}


def label_of(field: str, language: str) -> str:
    return _LABELS[language][field]


def in_words(field: str, value: Any, language: str) -> str:
    """Empty where there is nothing to show."""
    if value == _DECLINED or (field, value) in _NOTHING:
        return ""
    if field == "height_cm":
        return _height(value, language)
    if (field, value) in _CHOICES[language]:
        return _CHOICES[language][field, value]
    is_choice = field in FIELDS and bool(FIELDS[field].choices)
    text = choice_in_words(value, language) if is_choice else str(value)
    return text[:1].upper() + text[1:]


def _height(value: int, language: str) -> str:
    if language != "en":
        return f"{value} cm"
    feet, inches = divmod(round(value / 2.54), 12)
    return f"{value} cm ({feet}′{inches}″)"


def photo_in_words(shows: str, name: str | None, language: str) -> str:
    """For people who cannot see it, where nobody has said what it shows."""
    words = _PHOTOS[language]
    return words.get(shows, words["owner"]).format(name=name) if name else words["nameless"]
