"""Why a picture was not kept, and the one line that its sender gets."""

from enum import StrEnum

from matchmaker.ai.fixed_lines import LANGUAGES


class Refusal(StrEnum):
    WRONG_TYPE = "wrong_type"
    ANIMATED = "animated"
    UNREADABLE = "unreadable"
    TOO_SMALL = "too_small"
    TOO_BIG = "too_big"
    TOO_MANY_PIXELS = "too_many_pixels"
    SAME_AGAIN = "same_again"
    GONE = "gone"
    TOO_MANY = "too_many"


_LINES: dict[str, dict[Refusal, str]] = {
    "en": {
        Refusal.WRONG_TYPE: "I can't use that file, sorry. A photo as JPEG, PNG, WebP or HEIC works.",
        Refusal.ANIMATED: "Nice, but that one moves, and the profile needs still photos. Got one?",
        Refusal.UNREADABLE: "I couldn't open that picture, the file seems to be broken. Could you send it again?",
        Refusal.TOO_SMALL: "That picture is too small to look good on a profile. Got a bigger one, at least 600 pixels "
        "on each side?",
        Refusal.TOO_BIG: "That picture is over 16 MB, which is more than I can take. Could you send a smaller one?",
        Refusal.TOO_MANY_PIXELS: "That picture is too big for me to open. Could you send a smaller version?",
        Refusal.SAME_AGAIN: "I already have that picture, so I kept just the one.",
        Refusal.GONE: "I couldn't get that picture. Could you send it again?",
        Refusal.TOO_MANY: "I've got as many photos as I can keep, so I had to leave that one.",
    },
    "es": {
        Refusal.WRONG_TYPE: "Ese archivo no me sirve, perdona. Una foto en JPEG, PNG, WebP o HEIC sí.",
        Refusal.ANIMATED: "Muy buena, pero esa se mueve, y en el perfil van fotos fijas. ¿Tienes una?",
        Refusal.UNREADABLE: "No he podido abrir esa foto, parece que el archivo está dañado. ¿Me la mandas otra vez?",
        Refusal.TOO_SMALL: "Esa foto es muy pequeña y no quedaría bien en el perfil. ¿Tienes una más grande, de al menos "
        "600 píxeles por lado?",
        Refusal.TOO_BIG: "Esa foto pasa de 16 MB, más de lo que puedo recibir. ¿Me mandas una más ligera?",
        Refusal.TOO_MANY_PIXELS: "Esa foto es demasiado grande y no la puedo abrir. ¿Me mandas una versión más pequeña?",
        Refusal.SAME_AGAIN: "Esa foto ya la tengo, así que me quedo con una sola.",
        Refusal.GONE: "No me ha llegado esa foto. ¿Me la mandas otra vez?",
        Refusal.TOO_MANY: "Ya tengo todas las fotos que puedo guardar, así que esa la he tenido que dejar.",
    },
    "de": {
        Refusal.WRONG_TYPE: "Mit der Datei kann ich leider nichts anfangen. Ein Foto als JPEG, PNG, WebP oder HEIC geht.",
        Refusal.ANIMATED: "Schön, aber das bewegt sich, und ins Profil kommen nur Standbilder. Hast du eins?",
        Refusal.UNREADABLE: "Ich konnte das Bild nicht öffnen, die Datei ist wohl kaputt. Schickst du es noch mal?",
        Refusal.TOO_SMALL: "Das Bild ist zu klein, um im Profil gut auszusehen. Hast du ein größeres, mindestens 600 Pixel "
        "an jeder Seite?",
        Refusal.TOO_BIG: "Das Bild hat über 16 MB, mehr kann ich nicht annehmen. Schickst du ein kleineres?",
        Refusal.TOO_MANY_PIXELS: "Das Bild ist so groß, dass ich es nicht öffnen kann. Schickst du es etwas kleiner?",
        Refusal.SAME_AGAIN: "Das Bild habe ich schon, eins davon reicht.",
        Refusal.GONE: "Ich konnte das Bild nicht abholen. Schickst du es noch mal?",
        Refusal.TOO_MANY: "Mehr Fotos kann ich nicht behalten, deshalb habe ich das eine weggelassen.",
    },
}
assert set(_LINES) == set(LANGUAGES)


def line(refusal: str, language: str) -> str:
    return _LINES[language][Refusal(refusal)]
