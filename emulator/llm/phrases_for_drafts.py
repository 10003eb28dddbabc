"""What stands between the facts in a draft: words that claim nothing by themselves, in the person's own mouth."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrases:
    """Of one language; of several lines, each person gets one. `gerund` and `me`: how a value begins that goes on after
    "I'm", and one that is a sentence of its own."""

    looking_for: dict[str, str]
    works: str
    in_area: str
    lives: str
    loves: tuple[str, ...]
    loves_besides_work: tuple[str, ...]
    building: tuple[str, ...]
    next: str
    first_date: str
    needs: str
    with_pets: str
    known_for: tuple[str, ...]
    first_hour: str
    first_hour_with: str
    ordinary: tuple[str, ...]
    rescue: tuple[str, ...]
    until_then: str
    warned: str
    explained: str
    go_together: str
    and_: str
    gerund: str
    me: str
    has_articles: bool = False
    turns_persons: bool = False
    """What friends tell of somebody can be put into that person's mouth."""


ENGLISH = Phrases(
    looking_for={
        "long_term": "I'm here for something long-term.",
        "long_open_short": "Something long-term would be best, but I'm open.",
        "short_open_long": "Something light for now, and open to more.",
        "figuring_out": "I'm still figuring it out, and honest about that.",
        "friendship": "I'm looking for friendship first.",
    },
    works="I'm {job}",
    in_area=" in {area}",
    lives="I live in {area}.",
    loves=("My week is mostly {what}.", "Find me at it any day: {what}."),
    loves_besides_work=(
        "When I'm not at work, it's {what}.",
        "The other half of my week is {what}.",
        "After work it's {what}, mostly.",
    ),
    building=("Right now I'm {what}", "Just now I'm {what}"),
    next="What's next:",
    first_date="A first date with me:",
    needs="What I'm looking for in someone: {what}.",
    with_pets="You'd also meet the {what}.",
    known_for=("Whoever knows me will tell you that {what}", "Ask around and people will tell you that {what}"),
    first_hour="Somewhere in {area}: {what}.",
    first_hour_with="Something with {what} in it, somewhere in {area}.",
    ordinary=("{one}. And {other}, but you know that by now.", "{one}. Also {other}, and no, I won't stop."),
    rescue=("{one}, or a whole day of {other}.", "An hour of {one}. {other} if that is not enough."),
    until_then="Until then, it's {what}.",
    warned="{one}. Also, {other}.",
    explained="why {one}, and why I'm {other}.",
    go_together="how {one} and {other} go together.",
    and_="and",
    gerund=r"\w+ing\b",
    me=r"(?:I|my)\b",
    has_articles=True,
    turns_persons=True,
)
SPANISH = Phrases(
    looking_for={
        "long_term": "Busco algo serio.",
        "long_open_short": "Busco algo serio, sin descartar algo corto.",
        "short_open_long": "Busco algo ligero, abierto a más.",
        "figuring_out": "Aún no sé qué busco.",
        "friendship": "Busco amistad.",
    },
    works="Soy {job}",
    in_area=" en {area}",
    lives="Vivo en {area}.",
    loves=("Lo mío: {what}.",),
    loves_besides_work=("Y cuando puedo, {what}.",),
    building=("Ahora estoy {what}",),
    next="Y ahora:",
    first_date="Primera cita conmigo:",
    needs="Lo que busco en alguien: {what}.",
    with_pets="Y conmigo, {what}.",
    known_for=("De mí se dice esto: {what}",),
    first_hour="En {area}: {what}.",
    first_hour_with="Algo con {what}, en {area}.",
    ordinary=("{one}. Y también {other}, siempre.",),
    rescue=("{one}, o un día de {other}.",),
    until_then="Y mientras, {what}.",
    warned="{one}. Y también: {other}.",
    explained="por qué {one}, y por qué estoy {other}.",
    go_together="cómo {one} y {other} van juntos.",
    and_="y",
    gerund=r"\w+(?:ando|iendo|yendo)\b",
    me=r"(?:yo|me|mi|mis|soy|tengo|hago|le|les)\b",
)
GERMAN = Phrases(
    looking_for={
        "long_term": "Ich suche etwas Langfristiges.",
        "long_open_short": "Ich suche Langfristiges, offen für Kurzes.",
        "short_open_long": "Ich suche etwas Lockeres, offen für mehr.",
        "figuring_out": "Was ich suche, weiß ich noch nicht.",
        "friendship": "Ich suche Freundschaft.",
    },
    works="Ich bin {job}",
    in_area=" in {area}",
    lives="Ich wohne in {area}.",
    loves=("Am liebsten: {what}.",),
    loves_besides_work=("Sonst am liebsten: {what}.",),
    building=("Gerade jetzt: {what}",),
    next="Und jetzt:",
    first_date="Erstes Date mit mir:",
    needs="Was ich bei jemand suche: {what}.",
    with_pets="Und immer dabei: {what}.",
    known_for=("Von mir gibt es auch das: {what}",),
    first_hour="In {area}: {what}.",
    first_hour_with="Etwas mit {what}, in {area}.",
    ordinary=("{one}. Und {other}, immer wieder.",),
    rescue=("{one} oder {other}, am besten zusammen.",),
    until_then="Und sonst {what}.",
    warned="{one}. Und auch: {other}.",
    explained="warum {one}, und warum {other}.",
    go_together="wie {one} und {other} zusammen gehen.",
    and_="und",
    gerund=r"\w+en\b",
    me=r"(?:ich|mein\w*)\b",
)
PHRASES = {"en": ENGLISH, "es": SPANISH, "de": GERMAN}
