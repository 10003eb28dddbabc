"""The page's own few words, in the profile's language."""

from sessions_app.versions.content import Content

_WORDS = {
    "en": {
        "title": "{name}, a profile made with friends",
        "described": "A profile made with friends",
        "friends": "What my friends say",
        "made_by": "Made with friends by {matchmaker}",
        "unlisted": "Only people who were given this link can see this page.",
        "preview": "This is what strangers will see.",
        "back": "Back to your page",
    },
    "es": {
        "title": "{name}, un perfil hecho con amigos",
        "described": "Un perfil hecho con amigos",
        "friends": "Lo que dicen mis amigos",
        "made_by": "Hecho con amigos y {matchmaker}",
        "unlisted": "Esta página solo la ve quien ha recibido el enlace.",
        "preview": "Así lo verán los demás.",
        "back": "Volver a tu página",
    },
    "de": {
        "title": "{name}, ein Profil von Freunden mitgeschrieben",
        "described": "Ein Profil, das Freunde mitgeschrieben haben",
        "friends": "Was meine Freunde sagen",
        "made_by": "Mit Freunden und {matchmaker} geschrieben",
        "unlisted": "Diese Seite sieht nur, wer den Link bekommen hat.",
        "preview": "So sehen es Fremde.",
        "back": "Zurück zu deiner Seite",
    },
}


def words_for(content: Content, *, name: str, matchmaker: str) -> dict[str, str]:
    words = _WORDS[content["language"]]
    return {key: text.format(name=name, matchmaker=matchmaker) for key, text in words.items()}
