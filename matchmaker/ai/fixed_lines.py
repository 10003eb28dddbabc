"""The lines that code writes itself, in the languages that we speak: the model words everything else.

They are what a plain yes answers (so that the yes means what was asked), and what somebody who waits gets when the
model has nothing to say.
"""

import re
from collections.abc import Sequence
from typing import Any

LANGUAGES = ("en", "es", "de")

_LINES: dict[str, dict[str, str]] = {
    "en": {
        "and": "and",
        "consent": "{name}, is it OK with you if I make a dating profile from what you all say here?",
        "declined": "No problem, {name}, then I won't. If you change your mind, just say so.",
        "is_it_you": "{name}, is it you the profile is about?",
        "make_sure": "Just so I get this right, {name}: {questions}? Yes or no will do.",
        "make_sure_again": "Sorry, {name}, I can't go on without a yes or no here: {questions}?",
        "how_old_again": "Sorry, {name}, before I can go on: how old are you? Just the number is fine.",
        "about_you": "is the profile about you",
        "adult": "are you 18 or older",
        "age": "are you {age}",
        "may_i": "can I make your profile from what you all say here",
        "how_old": "Just to be sure, {name}: how old are you? Just the number is fine.",
        "read_back": "{name}, this is what I've got so far:\n{items}\nAll right? Say yes, or which number is wrong.",
        "read_back_one": "{name}, is this right? {items}",
        "which_number": "Which number is wrong?",
        "from_friend": "{value} ({friend} says)",
        "known": "Here's what I have, {name}:\n{items}",
        "nothing_known": "Nothing yet, {name}. I only keep what you're OK with.",
        "struck": "Done, taken out: {values}. Say undo if you want it back.",
        "not_kept": "That isn't written down, {name}. Nothing to take out.",
        "restored": "OK, back in: {values}.",
        "cannot_help": "That's one I can't help with, sorry.",
        "thanks": "Got it, thanks.",
        "later": "Sure, later then.",
        "pick_up_again": "{name}, shall we pick this up again?",
        "outage": "Sorry, something on my side is down right now. I'll catch up as soon as it's back.",
        "called_staff": "I've asked someone on our team to take a look.",
        "vouch": "{name}, can I put this on the profile as your words? “{quote}”",
        "options": "{wording}\n{items}\nJust the number is fine.",
        "photos_of_own": "Photos {numbers} are in, thanks! Is anyone but you in them, {name}?",
        "photo_of_own": "Photo {numbers} is in, thanks! Is anyone but you in it, {name}?",
        "photos_of_friends": "{friends} sent photos {numbers}. {name}, are you in them, and is everyone in them fine with being on your profile?",
        "photo_of_friends": "{friends} sent photo {numbers}. {name}, are you in it, and is everyone in it fine with it being on your profile?",
        "vote": "Which one sounds most like {name}?\n\n{items}\n\nSend a number to vote, friends. {name}, yours decides.",
        "choose_bio": "Which one sounds most like you, {name}?\n\n{items}\n\nThe number is enough.",
        "picked_with_votes": "Number {number} it is, {name}. {friends} picked that one too.",
        "picked_against_votes": "Number {number} it is. Your friends saw it differently, {name}, but it's your profile.",
        "answers": "{name}, these would go under your photos:\n{items}\nAll right? Say yes, or which number you'd change.",
        "page_sent": "{name}, I've sent a link to your own page to your phone. Only you can see it.",
        "questions_sent": "{name}, I've sent you a few questions of your own, just to your phone. Whatever is typed in here, everyone reads.",
        "missing": "Nearly there, {name}. Still missing: {items}. I've sent you the link to your own page, where you can add it.",
        "recap": "{name}, this is your profile:\n{items}\nIs that the one? Say yes and it's yours, or tell me which number to change.",
        "recap_on_page": "{name}, your profile is ready. It's a bit long for here, so I've sent you the link to look at it. Is that the one? Say yes here, or tell me what to change.",
        "recap_photo": "photo {number}",
        "still_writing": "I don't have a text for you yet, {name}. If you like, write one yourself: on your own page, or right here.",
        "recap_private": "And what you chose to show on your own page.",
        "page_on_request": "{name}, text me MY PAGE in a chat of your own and I'll send you the link.",
        "approve_plainly": "Just to be sure, {name}: is your profile right exactly as it is? Yes or no will do.",
        "what_to_change": "Sure, {name}. What should I change?",
        "approved": "That's it, {name}: your profile is done. The link, the card and a text to paste are on your own page. Thanks, everyone!",
        "fallen": "It was in a text for the profile too, so I'll write that one again.",
    },
    "es": {
        "and": "y",
        "consent": "{name}, ¿te parece bien que haga un perfil de citas con lo que se cuenta aquí?",
        "declined": "Sin problema, {name}, entonces no lo hago. Si cambias de idea, dímelo.",
        "is_it_you": "{name}, ¿el perfil es para ti?",
        "make_sure": "Para estar seguros, {name}: ¿{questions}? Con un sí o un no me basta.",
        "make_sure_again": "Perdona, {name}, sin un sí o un no aquí no puedo seguir: ¿{questions}?",
        "how_old_again": "Perdona, {name}, antes de seguir: ¿cuántos años tienes? Con el número me basta.",
        "about_you": "el perfil es para ti",
        "adult": "tienes 18 años o más",
        "age": "tienes {age} años",
        "may_i": "puedo hacer tu perfil con lo que se cuenta aquí",
        "how_old": "Para estar seguros, {name}: ¿cuántos años tienes? Con el número me basta.",
        "read_back": "{name}, esto es lo que tengo hasta ahora:\n{items}\n¿Está bien? Dime sí, o qué número está mal.",
        "read_back_one": "{name}, ¿está bien esto? {items}",
        "which_number": "¿Qué número está mal?",
        "from_friend": "{value} (lo dice {friend})",
        "known": "Esto es lo que tengo, {name}:\n{items}",
        "nothing_known": "Todavía nada, {name}. Solo guardo lo que te parece bien.",
        "struck": "Hecho, quitado: {values}. Di deshacer si lo quieres de vuelta.",
        "not_kept": "Eso no está apuntado, {name}. No hay nada que quitar.",
        "restored": "Vale, otra vez dentro: {values}.",
        "cannot_help": "Con eso no te puedo ayudar, lo siento.",
        "thanks": "Apuntado, gracias.",
        "later": "Claro, seguimos luego.",
        "pick_up_again": "{name}, ¿seguimos donde lo dejamos?",
        "outage": "Perdón, ahora mismo me falla algo. Me pongo al día en cuanto vuelva.",
        "called_staff": "Le he pedido a alguien de nuestro equipo que lo mire.",
        "vouch": "{name}, ¿puedo poner esto en el perfil con tu nombre? «{quote}»",
        "options": "{wording}\n{items}\nCon el número basta.",
        "photos_of_own": "¡Gracias! Ya tengo las fotos {numbers}. ¿Sale alguien más en ellas, {name}?",
        "photo_of_own": "¡Gracias! Ya tengo la foto {numbers}. ¿Sale alguien más en ella, {name}?",
        "photos_of_friends": "{friends} ha mandado las fotos {numbers}. {name}, ¿sales en ellas, y a todos los que salen les parece bien que vayan en tu perfil?",
        "photo_of_friends": "{friends} ha mandado la foto {numbers}. {name}, ¿sales en ella, y a todos los que salen les parece bien que vaya en tu perfil?",
        "vote": "¿Cuál suena más a {name}?\n\n{items}\n\nVotad con un número. {name}, el tuyo decide.",
        "choose_bio": "¿Cuál suena más a ti, {name}?\n\n{items}\n\nCon el número basta.",
        "picked_with_votes": "Pues la {number}, {name}. {friends} también la ha elegido.",
        "picked_against_votes": "Pues la {number}. Tus amigos lo veían de otra forma, {name}, pero el perfil es tuyo.",
        "answers": "{name}, esto iría debajo de tus fotos:\n{items}\n¿Está bien? Dime sí, o qué número cambiarías.",
        "page_sent": "{name}, te he mandado al móvil un enlace a tu página. Solo la ves tú.",
        "questions_sent": "{name}, te he mandado unas preguntas solo para ti, a tu móvil. Lo que se escribe aquí lo leen todos.",
        "missing": "Ya casi está, {name}. Solo falta: {items}. Te he mandado el enlace a tu página, donde puedes añadirlo.",
        "recap": "{name}, este es tu perfil:\n{items}\n¿Es este? Dime sí y queda así, o qué número cambio.",
        "recap_on_page": "{name}, tu perfil está listo. Es un poco largo para aquí, así que te he mandado el enlace para verlo. ¿Es este? Dime sí aquí, o qué cambio.",
        "recap_photo": "foto {number}",
        "still_writing": "Todavía no tengo un texto para ti, {name}. Si quieres, escríbelo tú: en tu página o aquí mismo.",
        "recap_private": "Y lo que elegiste mostrar en tu página.",
        "page_on_request": "{name}, mándame MY PAGE por privado y te envío el enlace.",
        "approve_plainly": "Para estar seguros, {name}: ¿tu perfil está bien tal como está? Con un sí o un no me basta.",
        "what_to_change": "Claro, {name}. ¿Qué cambio?",
        "approved": "Ya está, {name}: tu perfil está listo. El enlace, la tarjeta y un texto para copiar están en tu página. ¡Gracias a todos!",
        "fallen": "También salía en un texto del perfil, así que ese lo escribo de nuevo.",
    },
    "de": {
        "and": "und",
        "consent": "{name}, ist es okay für dich, wenn ich aus dem, was ihr hier erzählt, ein Datingprofil mache?",
        "declined": "Kein Problem, {name}, dann lasse ich es. Wenn du es dir anders überlegst, sag einfach Bescheid.",
        "is_it_you": "{name}, geht's in dem Profil um dich?",
        "make_sure": "Nur zur Sicherheit, {name}: {questions}? Ein Ja oder Nein reicht.",
        "make_sure_again": "Sorry, {name}, ohne ein Ja oder Nein komme ich hier nicht weiter: {questions}?",
        "how_old_again": "Sorry, {name}, bevor ich weitermachen kann: Wie alt bist du? Die Zahl reicht.",
        "about_you": "geht's in dem Profil um dich",
        "adult": "bist du 18 oder älter",
        "age": "bist du {age}",
        "may_i": "darf ich aus dem, was ihr hier erzählt, dein Profil machen",
        "how_old": "Nur zur Sicherheit, {name}: Wie alt bist du? Die Zahl reicht.",
        "read_back": "{name}, das habe ich bis jetzt:\n{items}\nPasst das? Sag ja, oder welche Nummer nicht stimmt.",
        "read_back_one": "{name}, stimmt das? {items}",
        "which_number": "Welche Nummer stimmt nicht?",
        "from_friend": "{value} (sagt {friend})",
        "known": "Das habe ich, {name}:\n{items}",
        "nothing_known": "Noch nichts, {name}. Ich behalte nur, was für dich okay ist.",
        "struck": "Erledigt, rausgenommen: {values}. Sag rückgängig, wenn du es wieder drin haben willst.",
        "not_kept": "Das steht nirgends, {name}. Da ist nichts rauszunehmen.",
        "restored": "Okay, wieder drin: {values}.",
        "cannot_help": "Dabei kann ich leider nicht helfen.",
        "thanks": "Notiert, danke.",
        "later": "Klar, dann später.",
        "pick_up_again": "{name}, wollen wir weitermachen?",
        "outage": "Sorry, bei mir hakt gerade etwas. Ich lese alles nach, sobald es wieder geht.",
        "called_staff": "Ich habe jemanden aus unserem Team gebeten, sich das anzuschauen.",
        "vouch": "{name}, darf ich das als deine Worte ins Profil schreiben? „{quote}“",
        "options": "{wording}\n{items}\nDie Nummer reicht.",
        "photos_of_own": "Die Fotos {numbers} sind da, danke! Ist außer dir noch jemand drauf, {name}?",
        "photo_of_own": "Foto {numbers} ist da, danke! Ist außer dir noch jemand drauf, {name}?",
        "photos_of_friends": "{friends} hat die Fotos {numbers} geschickt. {name}, bist du drauf, und ist es für alle darauf okay, wenn sie in dein Profil kommen?",
        "photo_of_friends": "{friends} hat Foto {numbers} geschickt. {name}, bist du drauf, und ist es für alle darauf okay, wenn es in dein Profil kommt?",
        "vote": "Welcher Text klingt am meisten nach {name}?\n\n{items}\n\nStimmt mit einer Nummer ab. {name}, deine entscheidet.",
        "choose_bio": "Welcher Text klingt am meisten nach dir, {name}?\n\n{items}\n\nDie Nummer reicht.",
        "picked_with_votes": "Dann die {number}, {name}. {friends} fand die auch am besten.",
        "picked_against_votes": "Dann die {number}. Deine Freunde sahen es anders, {name}, aber es ist dein Profil.",
        "answers": "{name}, das käme unter deine Fotos:\n{items}\nPasst das? Sag ja, oder welche Nummer du ändern würdest.",
        "page_sent": "{name}, ich habe dir einen Link zu deiner eigenen Seite aufs Handy geschickt. Die siehst nur du.",
        "questions_sent": "{name}, ich habe dir ein paar Fragen nur für dich aufs Handy geschickt. Was hier drin steht, lesen alle.",
        "missing": "Fast fertig, {name}. Es fehlt noch: {items}. Den Link zu deiner Seite habe ich dir geschickt, da kannst du es ergänzen.",
        "recap": "{name}, das ist dein Profil:\n{items}\nIst es das? Sag ja, dann bleibt es so, oder welche Nummer ich ändern soll.",
        "recap_on_page": "{name}, dein Profil ist fertig. Für hier ist es etwas lang, deshalb habe ich dir den Link geschickt. Ist es das? Sag hier ja, oder was ich ändern soll.",
        "recap_photo": "Foto {number}",
        "still_writing": "Ich habe noch keinen Text für dich, {name}. Wenn du magst, schreib selbst einen: auf deiner Seite oder gleich hier.",
        "recap_private": "Und was du auf deiner Seite zum Zeigen ausgesucht hast.",
        "page_on_request": "{name}, schreib mir MY PAGE in einem eigenen Chat, dann schicke ich dir den Link.",
        "approve_plainly": "Nur zur Sicherheit, {name}: Ist dein Profil genau so richtig? Ein Ja oder Nein reicht.",
        "what_to_change": "Klar, {name}. Was soll ich ändern?",
        "approved": "Das war's, {name}: Dein Profil ist fertig. Der Link, die Karte und ein Text zum Kopieren sind auf deiner Seite. Danke euch allen!",
        "fallen": "Es stand auch in einem Text fürs Profil, den schreibe ich also neu.",
    },
}

_QUESTIONS: dict[str, dict[str, str]] = {
    "en": {
        "photos": "Time for photos! Send three to six, {name}, and friends, send your favourites of {name} too.",
        "primary": "Who is the profile about?",
        "first_name": "Which name goes on your profile, {name}: that one, or another?",
        "age": "How old are you, {name}?",
        "area": "Which city or area do you live in, {name}?",
        "intention": "What are you looking for, {name}: something long-term, something light, or are you still figuring it out?",
        "height_cm": "How tall are you, {name}?",
        "job_or_study": "What do you do for work or study, {name}?",
        "interests": "What do you love doing, {name}? The more specific the better.",
        "stories": "Tell me about a Sunday of yours, {name}, or something lately that was so you.",
        "purpose": "What are you working toward right now, {name}?",
        "quirk": "What's a little quirk of yours, {name}?",
        "green_flags": "Friends, what's one good thing about {name} that a date should know? An example would be great.",
        "first_date_idea": "What's your idea of a good first date, {name}?",
        "must_haves": "What do you really need in a partner, {name}?",
        "tone": "How cheeky can your friends be, {name}: gentle, dry or bold?",
    },
    "es": {
        "photos": "¡Hora de las fotos! Manda de tres a seis, {name}, y los demás, vuestras favoritas de {name}.",
        "primary": "¿De quién es el perfil?",
        "first_name": "¿Qué nombre va en tu perfil, {name}: ese u otro?",
        "age": "¿Cuántos años tienes, {name}?",
        "area": "¿En qué ciudad o zona vives, {name}?",
        "intention": "¿Qué buscas, {name}: algo serio, algo ligero, o aún lo estás pensando?",
        "height_cm": "¿Cuánto mides, {name}?",
        "job_or_study": "¿En qué trabajas o qué estudias, {name}?",
        "interests": "¿Qué te encanta hacer, {name}? Cuanto más concreto, mejor.",
        "stories": "Cuéntame un domingo tuyo, {name}, o algo de hace poco que sea muy tú.",
        "purpose": "¿En qué andas ahora, {name}? ¿Qué quieres conseguir?",
        "quirk": "¿Qué manía tienes, {name}?",
        "green_flags": "Y los amigos: ¿qué tiene {name} de bueno que debería saber una cita? Con un ejemplo, mejor.",
        "first_date_idea": "¿Cómo sería para ti una buena primera cita, {name}?",
        "must_haves": "¿Qué necesitas de verdad en una pareja, {name}?",
        "tone": "¿Cuánto se pueden pasar tus amigos, {name}: con cariño, con ironía o sin filtro?",
    },
    "de": {
        "photos": "Zeit für Fotos! Schick drei bis sechs, {name}, und ihr anderen eure liebsten von {name}.",
        "primary": "Um wen geht es in dem Profil?",
        "first_name": "Welcher Name kommt in dein Profil, {name}: der oder ein anderer?",
        "age": "Wie alt bist du, {name}?",
        "area": "In welcher Stadt oder Gegend wohnst du, {name}?",
        "intention": "Was suchst du, {name}: etwas Langfristiges, etwas Lockeres, oder weißt du es noch nicht?",
        "height_cm": "Wie groß bist du, {name}?",
        "job_or_study": "Was machst du beruflich oder was studierst du, {name}?",
        "interests": "Was machst du richtig gern, {name}? Je genauer, desto besser.",
        "stories": "Erzähl mal von einem Sonntag bei dir, {name}, oder von etwas neulich, das ganz du warst.",
        "purpose": "Worauf arbeitest du gerade hin, {name}?",
        "quirk": "Was ist eine kleine Macke von dir, {name}?",
        "green_flags": "Und ihr: Was sollte ein Date Gutes über {name} wissen? Am liebsten mit Beispiel.",
        "first_date_idea": "Wie sieht für dich ein gutes erstes Date aus, {name}?",
        "must_haves": "Was brauchst du wirklich bei jemandem, {name}?",
        "tone": "Wie frech dürfen deine Freunde sein, {name}: lieb, trocken oder dreist?",
    },
}

_LABELS: dict[str, dict[str, str]] = {
    "en": {
        "first_name": "name",
        "age": "age",
        "area": "lives in",
        "height_cm": "height",
        "job_or_study": "does",
        "intention": "looking for",
        "smoke": "smokes",
        "drink": "drinks",
        "diet": "eats",
        "languages": "speaks",
        "pets": "pet",
        "interests": "into",
        "purpose": "working toward",
        "quirk": "quirk",
        "first_date_idea": "first date",
        "must_haves": "needs",
        "distance_km": "distance",
        "tone": "friends may be",
        "kids_has": "has kids",
        "kids_wants": "wants kids",
        "orientation": "orientation",
        "gender": "gender",
        "interested_in": "interested in",
        "faith": "faith",
        "politics": "politics",
        "dealbreakers": "dealbreaker",
        "age_range": "ages",
    },
    "es": {
        "first_name": "nombre",
        "age": "edad",
        "area": "vive en",
        "height_cm": "altura",
        "job_or_study": "se dedica a",
        "intention": "busca",
        "smoke": "fuma",
        "drink": "bebe",
        "diet": "come",
        "languages": "habla",
        "pets": "mascota",
        "interests": "le gusta",
        "purpose": "anda en",
        "quirk": "manía",
        "first_date_idea": "primera cita",
        "must_haves": "necesita",
        "distance_km": "distancia",
        "tone": "sus amigos",
        "kids_has": "tiene hijos",
        "kids_wants": "quiere hijos",
        "orientation": "orientación",
        "gender": "género",
        "interested_in": "le interesan",
        "faith": "fe",
        "politics": "política",
        "dealbreakers": "línea roja",
        "age_range": "edades",
    },
    "de": {
        "first_name": "Name",
        "age": "Alter",
        "area": "wohnt in",
        "height_cm": "Größe",
        "job_or_study": "macht",
        "intention": "sucht",
        "smoke": "raucht",
        "drink": "trinkt",
        "diet": "isst",
        "languages": "spricht",
        "pets": "Haustier",
        "interests": "mag",
        "purpose": "arbeitet hin auf",
        "quirk": "Macke",
        "first_date_idea": "erstes Date",
        "must_haves": "braucht",
        "distance_km": "Entfernung",
        "tone": "Freunde dürfen",
        "kids_has": "hat Kinder",
        "kids_wants": "will Kinder",
        "orientation": "Orientierung",
        "gender": "Geschlecht",
        "interested_in": "interessiert an",
        "faith": "Glaube",
        "politics": "Politik",
        "dealbreakers": "No-Go",
        "age_range": "Altersspanne",
    },
}

_CHOICES: dict[str, dict[str, str]] = {
    "en": {
        "long_term": "something long-term",
        "long_open_short": "long-term, open to short",
        "short_open_long": "something light, open to more",
        "figuring_out": "still figuring it out",
        "friendship": "friendship",
        "rather_not_say": "rather not say",
        "gentle": "gentle",
        "dry": "dry",
        "bold": "bold",
        "yes": "yes",
        "no": "no",
        "sometimes": "sometimes",
        "maybe": "maybe",
    },
    "es": {
        "long_term": "algo serio",
        "long_open_short": "algo serio, sin descartar algo corto",
        "short_open_long": "algo ligero, abierto a más",
        "figuring_out": "aún lo está pensando",
        "friendship": "amistad",
        "rather_not_say": "prefiere no decirlo",
        "gentle": "con cariño",
        "dry": "con ironía",
        "bold": "sin filtro",
        "yes": "sí",
        "no": "no",
        "sometimes": "a veces",
        "maybe": "quizás",
        "everything": "de todo",
        "vegetarian": "vegetariano",
        "vegan": "vegano",
    },
    "de": {
        "long_term": "etwas Langfristiges",
        "long_open_short": "Langfristiges, offen für Kurzes",
        "short_open_long": "etwas Lockeres, offen für mehr",
        "figuring_out": "weiß es noch nicht",
        "friendship": "Freundschaft",
        "rather_not_say": "möchte es nicht sagen",
        "gentle": "lieb",
        "dry": "trocken",
        "bold": "dreist",
        "yes": "ja",
        "no": "nein",
        "sometimes": "manchmal",
        "maybe": "vielleicht",
        "everything": "alles",
        "vegetarian": "vegetarisch",
        "vegan": "vegan",
    },
}


_LACKING: dict[str, dict[str, str]] = {
    "en": {
        "first_name": "your first name",
        "age": "your age",
        "area": "where you live",
        "intention": "what you're looking for",
        "interests": "three things you're into",
        "stories": "three stories",
        "photos": "a photo with you in it",
        "bio": "a bio",
        "prompts": "three answers",
        "private": "a few questions just for you",
    },
    "es": {
        "first_name": "tu nombre",
        "age": "tu edad",
        "area": "dónde vives",
        "intention": "qué buscas",
        "interests": "tres cosas que te gusten",
        "stories": "tres historias",
        "photos": "una foto en la que salgas",
        "bio": "un texto sobre ti",
        "prompts": "tres respuestas",
        "private": "unas preguntas solo para ti",
    },
    "de": {
        "first_name": "dein Vorname",
        "age": "dein Alter",
        "area": "wo du wohnst",
        "intention": "was du suchst",
        "interests": "drei Sachen, die du magst",
        "stories": "drei Geschichten",
        "photos": "ein Foto, auf dem du bist",
        "bio": "ein Text über dich",
        "prompts": "drei Antworten",
        "private": "ein paar Fragen nur für dich",
    },
}


def lacking(topic: str, language: str) -> str:
    """What a profile still needs, in words for its owner."""
    return _LACKING.get(language, _LACKING["en"])[topic]


def line(key: str, language: str, **values: Any) -> str:
    text = _LINES.get(language, _LINES["en"])[key].format(**values)
    return _without_name(text) if values.get("name") == "" else text


def _without_name(text: str) -> str:
    """Nobody has a name yet: "{name}, may I" would begin with a comma."""
    text = text.removeprefix(", ").replace(", :", ":").replace(", ?", "?").replace(", .", ".")
    return text[:1].upper() + text[1:]


def question_about(topic: str, language: str, *, name: str, is_named: bool = False) -> str:
    """Empty for a topic that the model has to word itself. `is_named`: what stands before it names them already."""
    wording = _QUESTIONS.get(language, _QUESTIONS["en"]).get(topic, "")
    if is_named:
        wording = wording.replace(", {name}", "")
    wording = wording.format(name=name)
    return wording if name else _without_name(wording)


def hint(topic: str) -> str:
    """For the model, in English."""
    return _QUESTIONS["en"].get(topic, "").replace(", {name}", "").replace("{name}", "them")


def listed(parts: Sequence[str], language: str) -> str:
    *first, last = parts
    joined = _LINES.get(language, _LINES["en"])["and"]
    return f"{', '.join(first)} {joined} {last}" if first else last


def numbered(items: Sequence[str]) -> str:
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, start=1))


def label_of(field_slug: str, language: str) -> str:
    return _LABELS.get(language, _LABELS["en"]).get(field_slug, "")


def choice_in_words(choice: str, language: str) -> str:
    return _CHOICES.get(language, _CHOICES["en"]).get(choice, choice.replace("_", " "))


def value_in_words(field_slug: str, value: Any, language: str) -> str:
    """As it stands in a list that people read: "lives in: Leeds"; a story or a compliment speaks for itself."""
    if field_slug.endswith("_cm"):
        text = f"{value} cm"
    elif field_slug.endswith("_km"):
        text = f"{value} km"
    elif isinstance(value, list):
        text = "–".join(str(one) for one in value)
    else:
        text = choice_in_words(str(value), language)
    label = label_of(field_slug, language)
    return f"{label}: {text}" if label else f"“{text}”"


def vocabulary() -> frozenset[str]:
    """Every word of these lines, in small letters: what stands here, nobody in a group was the first to say."""
    tables = (_LINES, _QUESTIONS, _LABELS, _CHOICES)
    texts = (text for table in tables for lines in table.values() for text in lines.values())
    return frozenset(word for text in texts for word in re.findall(r"\w+", text.casefold()))
