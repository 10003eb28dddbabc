"""The language to greet a phone in, before its owner has written a word that would tell."""

from matchmaker.ai.safety.helplines import country_of

# Countries where most people are at home in one of the languages of our fixed lines (CLDR, territory languages).
_COUNTRIES = {
    "es": "AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PR PY SV UY VE",
    "de": "AT CH DE LI",
}
_LANGUAGES = {country: language for language, countries in _COUNTRIES.items() for country in countries.split()}


def language_of_phone(address: str) -> str:
    """English where the number does not tell."""
    return _LANGUAGES.get(country_of(address), "en")
