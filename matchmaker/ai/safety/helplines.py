"""Whom somebody who does not want to live can talk to, in their country.

Every entry says where it is published and when we compared it; they change, so docs/decisions/safety.md asks for a look
once a year. A country of which we are not sure gets its emergency number.
"""

from dataclasses import dataclass

from phonenumbers import (
    NumberParseException,
    country_code_for_region,
    parse,
    region_code_for_country_code,
    region_code_for_number,
)
from phonenumbers.shortnumberinfo import is_emergency_number

# As most countries' phones have it, the one place where a country's lines are listed and kept up to date.
DIRECTORY = "findahelpline.com"
_ALWAYS = "24/7"


@dataclass(frozen=True)
class Helpline:
    name: str
    number: str
    source: str
    compared: str
    hours: str = _ALWAYS
    """Empty: we are not sure, so we say nothing of them."""
    is_free: bool = True
    takes_texts: bool = False


HELPLINES: dict[str, Helpline] = {
    # North America
    "US": Helpline("988 Lifeline", "988", "988lifeline.org", "2026-11", takes_texts=True),
    "CA": Helpline("988 Helpline", "988", "988.ca", "2026-11", takes_texts=True),
    # Latin America
    "MX": Helpline("Línea de la Vida", "800 911 2000", "gob.mx/salud/conasama", "2026-11"),
    "AR": Helpline("Línea de Salud Mental", "0800 999 0091", "argentina.gob.ar/salud", "2026-11"),
    "BR": Helpline("CVV", "188", "cvv.org.br", "2026-11"),
    "CL": Helpline("No estás solo, no estás sola", "*4141", "minsal.cl", "2026-11"),
    "PE": Helpline("Línea 113 (opción 5)", "113", "gob.pe/minsa", "2026-11"),
    "UY": Helpline("Línea Vida", "0800 0767", "asse.com.uy", "2026-11"),
    # Western and southern Europe
    "GB": Helpline("Samaritans", "116 123", "samaritans.org", "2026-11"),
    "IE": Helpline("Samaritans", "116 123", "samaritans.org/ireland", "2026-11"),
    "DE": Helpline("TelefonSeelsorge", "0800 1110111", "telefonseelsorge.de", "2026-11"),
    "AT": Helpline("TelefonSeelsorge", "142", "telefonseelsorge.at", "2026-11"),
    "CH": Helpline("Die Dargebotene Hand", "143", "143.ch", "2026-11", is_free=False),
    "LI": Helpline("Die Dargebotene Hand", "143", "143.ch", "2026-11", is_free=False),
    "FR": Helpline("3114", "3114", "3114.fr", "2026-11"),
    "ES": Helpline("Línea 024", "024", "sanidad.gob.es/linea024", "2026-11"),
    "PT": Helpline("Linha Nacional de Prevenção do Suicídio", "1411", "sns24.gov.pt", "2026-11"),
    "IT": Helpline(
        "Telefono Amico", "02 2327 2327", "telefonoamico.it", "2026-11", hours="9:00–24:00", is_free=False
    ),
    "NL": Helpline("113 Zelfmoordpreventie", "113", "113.nl", "2026-11"),
    "BE": Helpline("Zelfmoordlijn", "1813", "zelfmoord1813.be", "2026-11"),
    "GR": Helpline("Klimaka", "1018", "suicide-help.gr", "2026-11", is_free=False),
    # Northern Europe
    "SE": Helpline("Självmordslinjen", "90101", "mind.se", "2026-11"),
    "DK": Helpline("Livslinien", "70 201 201", "livslinien.dk", "2026-11", hours="", is_free=False),
    "NO": Helpline("Mental Helse", "116 123", "mentalhelse.no", "2026-11"),
    "FI": Helpline("MIELI Kriisipuhelin", "09 2525 0111", "mieli.fi", "2026-11", is_free=False),
    "IS": Helpline("Hjálparsími Rauða krossins", "1717", "1717.is", "2026-11"),
    # Central and eastern Europe
    "PL": Helpline("Centrum Wsparcia", "800 70 2222", "liniawsparcia.pl", "2026-11"),
    "CZ": Helpline("Linka první psychické pomoci", "116 123", "linkapsychickepomoci.cz", "2026-11"),
    "SK": Helpline("Linka dôvery Nezábudka", "0800 800 566", "linkanezabudka.sk", "2026-11"),
    "HU": Helpline("Lelki elsősegély", "116 123", "sos116-123.hu", "2026-11"),
    "SI": Helpline("Zaupni telefon Samarijan", "116 123", "telefon-samarijan.si", "2026-11"),
    "LT": Helpline("Vilties linija", "116 123", "viltieslinija.lt", "2026-11"),
    "UA": Helpline("Lifeline Ukraine", "7333", "lifelineukraine.com", "2026-11"),
    # Africa and the Middle East
    "ZA": Helpline("SADAG", "0800 567 567", "sadag.org", "2026-11"),
    "IL": Helpline("ERAN", "1201", "eran.org.il", "2026-11"),
    # Asia and Oceania
    "IN": Helpline("Tele-MANAS", "14416", "telemanas.mohfw.gov.in", "2026-11"),
    "JP": Helpline("よりそいホットライン", "0120-279-338", "since2011.net/yorisoi", "2026-11"),
    "KR": Helpline("자살예방상담전화", "109", "mohw.go.kr", "2026-11"),
    "SG": Helpline("Samaritans of Singapore", "1767", "sos.org.sg", "2026-11"),
    "HK": Helpline("18111", "18111", "shallwetalk.hk", "2026-11"),
    "TW": Helpline("安心專線", "1925", "mohw.gov.tw", "2026-11"),
    "CN": Helpline("12356", "12356", "nhc.gov.cn", "2026-11", hours="", is_free=False),
    "MY": Helpline("Befrienders", "03-7627 2929", "befrienders.org.my", "2026-11", is_free=False),
    "PH": Helpline("NCMH Crisis Hotline", "1553", "ncmh.gov.ph", "2026-11", is_free=False),
    "TH": Helpline("สายด่วนสุขภาพจิต", "1323", "dmh.go.th", "2026-11", is_free=False),
    "AU": Helpline("Lifeline", "13 11 14", "lifeline.org.au", "2026-11", is_free=False),
    "NZ": Helpline("1737", "1737", "1737.org.nz", "2026-11", takes_texts=True),
}

# Smaller places that a country's line serves as well.
_SERVED_FROM = {
    **dict.fromkeys(("PR", "GU", "VI", "AS", "MP"), "US"),
    **dict.fromkeys(("JE", "GG", "IM"), "GB"),
    **dict.fromkeys(("RE", "GP", "MQ", "GF", "YT"), "FR"),
}

_WORDINGS: dict[str, dict[str, str]] = {
    "en": {
        "line": "I'm really glad you said that, and I'm sorry it's this heavy. Please talk to someone now: {whom}. "
        "I've let our team know too.",
        "free": "free",
        "always": "day and night",
        "texts": "call or text",
        "emergency": "your emergency number, {number}",
        "anywhere": "your local emergency number",
        "directory": "or a line near you, which {directory} lists",
        "at_night": "or {number} at any other time",
    },
    "es": {
        "line": "Me alegra mucho que lo hayas dicho, y siento que pese tanto. Por favor, habla con alguien ahora: {whom}. "
        "También he avisado a nuestro equipo.",
        "free": "gratis",
        "always": "de día y de noche",
        "texts": "por llamada o mensaje",
        "emergency": "tu número de emergencias, el {number}",
        "anywhere": "tu número de emergencias",
        "directory": "o una línea cerca de ti, que encuentras en {directory}",
        "at_night": "o el {number} a cualquier otra hora",
    },
    "de": {
        "line": "Ich bin wirklich froh, dass du das sagst, und es tut mir leid, dass es gerade so schwer ist. Bitte sprich jetzt "
        "mit jemandem: {whom}. Unserem Team habe ich auch Bescheid gesagt.",
        "free": "kostenlos",
        "always": "Tag und Nacht",
        "texts": "anrufen oder schreiben",
        "emergency": "der Notruf {number}",
        "anywhere": "der Notruf, wo du bist",
        "directory": "oder ein Telefon in deiner Nähe, das du auf {directory} findest",
        "at_night": "oder {number} zu jeder anderen Zeit",
    },
    "fr": {
        "line": "Merci de l'avoir dit, et je suis désolé que ce soit si lourd. S'il te plaît, parle à quelqu'un maintenant : {whom}. "
        "J'ai aussi prévenu notre équipe.",
        "free": "gratuit",
        "always": "jour et nuit",
        "texts": "par appel ou par message",
        "emergency": "ton numéro d'urgence, le {number}",
        "anywhere": "ton numéro d'urgence",
        "directory": "ou une ligne près de chez toi, sur {directory}",
        "at_night": "ou le {number} à toute autre heure",
    },
    "pt": {
        "line": "Que bom que você disse isso, e sinto muito que esteja tão pesado. Por favor, fale com alguém agora: {whom}. "
        "Também avisei a nossa equipe.",
        "free": "grátis",
        "always": "dia e noite",
        "texts": "por ligação ou mensagem",
        "emergency": "o número de emergência, {number}",
        "anywhere": "o seu número de emergência",
        "directory": "ou uma linha perto de você, que está em {directory}",
        "at_night": "ou o {number} a qualquer outra hora",
    },
    "it": {
        "line": "Hai fatto bene a dirlo, e mi dispiace che pesi così tanto. Per favore, parla con qualcuno adesso: {whom}. "
        "Ho avvisato anche il nostro team.",
        "free": "gratis",
        "always": "giorno e notte",
        "texts": "per telefono o messaggio",
        "emergency": "il numero di emergenza, {number}",
        "anywhere": "il tuo numero di emergenza",
        "directory": "o una linea vicino a te, che trovi su {directory}",
        "at_night": "o il {number} in ogni altro momento",
    },
}


def country_of(address: str) -> str:
    """By the number's prefix, and by its area code among those who share one; empty when it does not tell."""
    try:
        number = parse(address.removeprefix("whatsapp:"))
    except NumberParseException:  # somebody who hides the number, or an identity of web chat
        return ""
    # A number of no known series is taken for one of the largest country with its prefix.
    return region_code_for_number(number) or region_code_for_country_code(number.country_code or 0)


def helpline_for(address: str, language: str) -> str:
    """What to write to somebody who does not want to live."""
    words = _WORDINGS.get(language, _WORDINGS["en"])
    return words["line"].format(whom=_whom(country_of(address), words))


def _whom(country: str, words: dict[str, str]) -> str:
    line, emergency = HELPLINES.get(_SERVED_FROM.get(country, country)), _emergency_number(country)
    if line is None:
        first = words["emergency"].format(number=emergency) if emergency else words["anywhere"]
        return f"{first}, {words['directory'].format(directory=DIRECTORY)}"
    # Many lines are called by their number: "988 Lifeline".
    parts = [line.name] if line.number in line.name.split() else [line.name, line.number]
    parts += [words["texts"]] if line.takes_texts else []
    parts += [words["free"]] if line.is_free else []
    if line.hours == _ALWAYS:
        parts.append(words["always"])
    elif line.hours:
        parts += [line.hours, words["at_night"].format(number=emergency)]
    return ", ".join(parts)


def _emergency_number(country: str) -> str:
    # Where both are known, people of the Americas know 911, and everybody else 112.
    is_american = str(country_code_for_region(country))[:1] in {"1", "5"}
    known = ("911", "112", "999", "110") if is_american else ("112", "911", "999", "110")
    return next((number for number in known if country and is_emergency_number(number, country)), "")


def emergency_call(address: str, language: str) -> str:
    """Whom to call in danger: the number where we know it."""
    number = _emergency_number(country_of(address))
    return number or _WORDINGS.get(language, _WORDINGS["en"])["anywhere"]


def whom_to_talk_to(address: str, language: str) -> str:
    """The line of their country, or where to find one."""
    words = _WORDINGS.get(language, _WORDINGS["en"])
    country = country_of(address)
    line = HELPLINES.get(_SERVED_FROM.get(country, country))
    return _whom(country, words) if line else DIRECTORY
