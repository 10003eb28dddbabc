"""What we write ourselves, apart from the model. Short, friendly, and clear about who is an AI.

Each line stands in all of our languages beside one another; whoever sends it picks the reader's (`languages`). Command words
are the same in each.
"""

from datetime import timedelta

from django.conf import settings

from conversations_app.models import Sender
from conversations_app.outbox import links
from conversations_app.outbox.languages import Words, words
from matchmaker.addresses import Channel
from matchmaker.in_words import question_in
from sessions_app.names import is_made_up


def welcome(name: str) -> Words:
    return words(
        "Welcome{name}! I'm {matchmaker}, an AI. Bring a few friends, chat the way you always do, and I'll turn it into "
        "a dating profile. I credit who said what, and I keep nothing about anyone until they say yes. First things first: "
        "who is the profile about?",
        "¡Hola{name}! Soy {matchmaker}, una IA. Trae a unos amigos, a charlar como siempre, y de ahí saco un perfil de "
        "citas. Digo de quién es cada cosa, y no guardo nada de nadie hasta que diga que sí. Lo primero: ¿de quién es el "
        "perfil?",
        "Hallo{name}! Ich bin {matchmaker}, eine KI. Hol ein paar Freunde dazu, schreibt wie immer, und ich mache ein "
        "Datingprofil daraus. Ich sage dazu, von wem was kommt, und behalte von niemandem etwas ohne ein Ja. Zuerst: Um wen "
        "geht es in dem Profil?",
        name="" if is_made_up(name) else words(", {name}", ", {name}", " {name}", name=name),
        matchmaker=settings.MATCHMAKER_NAME,
    )


def invite(code: str, sender: Sender) -> Words:
    """A message of its own, so that it can be forwarded as it is."""
    return words(
        "Come and help with a dating profile! Send {text} to {number} or tap {link}",
        "¡Ven a echar una mano con un perfil de citas! Manda {text} a {number} o toca {link}",
        "Komm und hilf bei einem Datingprofil! Schick {text} an {number} oder tippe auf {link}",
        text=links.join_text(code, sender),
        number=links.number_of(sender),
        link=links.invite_page_url(code),
    )


def _to_our(sender: Sender, text: str) -> Words:
    """Where to send the text; phones make a number in an SMS a link by themselves."""
    number = links.number_of(sender)
    if sender.channel is not Channel.WHATSAPP:
        return Words(number, number, number)
    return words(
        "{number} or tap {link}",
        "{number} o toca {link}",
        "{number} oder tippe auf {link}",
        number=number,
        link=links.tap_link(sender, text),
    )


def joined(name: str) -> Words:
    return words(
        "{name} joined the group.", "{name} se ha unido al grupo.", "{name} ist jetzt in der Gruppe.", name=name
    )


def left(name: str) -> Words:
    return words(
        "{name} left the group.", "{name} ha salido del grupo.", "{name} hat die Gruppe verlassen.", name=name
    )


def was_removed(name: str) -> Words:
    return words(
        "{name} is no longer in the group.",
        "{name} ya no está en el grupo.",
        "{name} ist nicht mehr in der Gruppe.",
        name=name,
    )


def had_a_word(name: str) -> Words:
    """What the group reads in place of a command that is for us alone: that something was said, and not what."""
    return words(
        "({name} had a quick word with {matchmaker})",
        "({name} ha hablado un momento con {matchmaker})",
        "({name} hat kurz mit {matchmaker} gesprochen)",
        name=name,
        matchmaker=settings.MATCHMAKER_NAME,
    )


# STOP is between that person and us: the group is told that they are away, not why.
def has_stopped(name: str) -> Words:
    return words(
        "{name} is taking a break from this chat, and can come back anytime.",
        "{name} se toma un descanso de este chat y puede volver cuando quiera.",
        "{name} macht gerade Pause von diesem Chat und kann jederzeit zurückkommen.",
        name=name,
    )


def is_back(name: str) -> Words:
    return words("{name} is back.", "{name} está de vuelta.", "{name} ist wieder da.", name=name)


# Moves with the meaning of `notice`, not with its wording.
NOTICE_VERSION = "2026-11"


# The EU's AI Act (Article 50) and the GDPR (Article 13) want people told at once that this is a machine, and who reads.
def notice(name: str, code: str) -> Words:
    """What each newcomer is told alone, in each language the same. Consent records name its version, so a change of
    meaning needs a new NOTICE_VERSION."""
    return words(
        "Hi{name}, you're in group {code}. I'm {matchmaker}, an AI, not a person: friends chat here, and I turn it into a "
        "dating profile for one of them. Everyone in the group can read what you write, and so can I and our staff. Send "
        "LEAVE to leave, STOP to opt out, HELP for more.",
        "Hola{name}, estás en el grupo {code}. Soy {matchmaker}, una IA, no una persona: aquí charlan amigos, y de ahí saco "
        "un perfil de citas para uno de ellos. Lo que escribes lo leen todos los del grupo, y también yo y nuestro equipo. "
        "Manda LEAVE para salir, STOP para darte de baja, HELP para más.",
        "Hallo{name}, du bist in der Gruppe {code}. Ich bin {matchmaker}, eine KI, kein Mensch: Hier schreiben Freunde, und "
        "ich mache daraus ein Datingprofil für einen von ihnen. Was du schreibst, lesen alle in der Gruppe, ich und unser "
        "Team. Schick LEAVE zum Verlassen, STOP zum Abmelden, HELP für mehr.",
        name="" if is_made_up(name) else f" {name}",
        code=code,
        matchmaker=settings.MATCHMAKER_NAME,
    )


def so_far(*, people: list[str], primary: str, known: int, question: str) -> Words:
    """For somebody who comes late."""
    lines = [
        words(
            "Who's here: {people}.{about}",
            "Aquí están: {people}.{about}",
            "Hier sind: {people}.{about}",
            people=listed(people),
            about=_about(primary) if primary else _about_nobody_yet(),
        ),
        _known_so_far(known),
    ]
    if question:
        asked = question_in(question)
        lines.append(
            words("Just asked: {asked}", "Lo último que pregunté: {asked}", "Zuletzt gefragt: {asked}", asked=asked)
        )
    return Words(*("\n".join(said) for said in zip(*lines, strict=True)))


def _about(primary: str) -> Words:
    return words(
        " The profile is about {primary}.",
        " El perfil es de {primary}.",
        " In dem Profil geht es um {primary}.",
        primary=primary,
    )


def _about_nobody_yet() -> Words:
    return words(
        " We don't know yet who the profile is about.",
        " Aún no sabemos de quién es el perfil.",
        " Noch wissen wir nicht, um wen es in dem Profil geht.",
    )


def _known_so_far(count: int) -> Words:
    if count == 0:
        return words(
            "Nothing is in the profile yet.", "En el perfil aún no hay nada.", "Im Profil steht noch nichts."
        )
    if count == 1:
        return words(
            "I have one thing for the profile so far.",
            "De momento tengo una cosa para el perfil.",
            "Bisher habe ich eine Sache fürs Profil.",
        )
    return words(
        "I have {count} things for the profile so far.",
        "De momento tengo {count} cosas para el perfil.",
        "Bisher habe ich {count} Sachen fürs Profil.",
        count=count,
    )


def listed(names: list[str]) -> Words:
    if not names:
        return words("nobody", "nadie", "niemand")
    if len(names) == 1:
        return words("{name}", "{name}", "{name}", name=names[0])
    *first, last = names
    return words("{first} and {last}", "{first} y {last}", "{first} und {last}", first=", ".join(first), last=last)


def who(names: list[str], *, primary: str) -> Words:
    return words(
        "In this group: {people}, plus me, {matchmaker}, an AI.{about}",
        "En este grupo: {people}, y yo, {matchmaker}, una IA.{about}",
        "In dieser Gruppe: {people}, dazu ich, {matchmaker}, eine KI.{about}",
        people=listed(names),
        matchmaker=settings.MATCHMAKER_NAME,
        about=_about(primary) if primary else "",
    )


def help_in_a_group(code: str, *, join: str) -> Words:
    return words(
        "This is your group {code}. I'm {matchmaker}, an AI. Everyone here reads what you write. Commands, each in a "
        "message of its own: WHO (see who's here), QUIET (I'll hold back for an hour), NORMAL (I'm back), INVITE (get a "
        "link for a friend), MY PAGE (what I keep about you, and more that is yours alone), RESTART (start the profile "
        "over), LEAVE (leave this group), STOP (opt out). Friends join with: {join}",
        "Este es tu grupo {code}. Soy {matchmaker}, una IA. Lo que escribes lo leen todos. Comandos, cada uno en un "
        "mensaje aparte: WHO (quién está aquí), QUIET (me callo una hora), NORMAL (vuelvo a hablar), INVITE (enlace para "
        "un amigo), MY PAGE (lo que guardo de ti, y más cosas solo tuyas), RESTART (empezar el perfil de cero), LEAVE "
        "(salir del grupo), STOP (darte de baja). Tus amigos entran con: {join}",
        "Das ist deine Gruppe {code}. Ich bin {matchmaker}, eine KI. Was du schreibst, lesen hier alle. Befehle, jeder in "
        "einer eigenen Nachricht: WHO (wer hier ist), QUIET (ich halte mich eine Stunde zurück), NORMAL (ich bin wieder "
        "da), INVITE (Link für Freunde), MY PAGE (was ich über dich behalte, und mehr, das nur dir gehört), RESTART (das "
        "Profil neu anfangen), LEAVE (Gruppe verlassen), STOP (abmelden). Freunde kommen dazu mit: {join}",
        code=code,
        join=join,
        matchmaker=settings.MATCHMAKER_NAME,
    )


def _how_to_begin() -> Words:
    return words(
        "Send START to begin a group, or JOIN and the code a friend gave you.",
        "Manda START para empezar un grupo, o JOIN y el código que te dio un amigo.",
        "Schick START, um eine Gruppe anzufangen, oder JOIN und den Code, den du bekommen hast.",
    )


def help_for_a_stranger() -> Words:
    return words(
        "I'm {matchmaker}, an AI that makes dating profiles with you and your friends. {begin} Send STOP to opt out.",
        "Soy {matchmaker}, una IA que hace perfiles de citas contigo y tus amigos. {begin} Manda STOP para darte de baja.",
        "Ich bin {matchmaker}, eine KI, die mit dir und deinen Freunden Datingprofile macht. {begin} Mit STOP meldest du "
        "dich ab.",
        begin=_how_to_begin(),
        matchmaker=settings.MATCHMAKER_NAME,
    )


def quiet() -> Words:
    return words(
        "OK, I'll hold back for an hour. Send NORMAL if you want me back sooner.",
        "De acuerdo, me callo una hora. Manda NORMAL si me quieres antes de vuelta.",
        "Okay, ich halte mich eine Stunde zurück. Schick NORMAL, wenn ich früher wiederkommen soll.",
    )


def normal() -> Words:
    return words("OK, I'm back.", "Listo, aquí estoy otra vez.", "Okay, da bin ich wieder.")


def confirm_restart(name: str) -> Words:
    return words(
        "Start over? Everything said so far will be dropped from the profile; the group and its code stay. {name}, send "
        "YES to start over.",
        "¿Empezar de cero? Todo lo dicho hasta ahora se borra del perfil; el grupo y su código se quedan. {name}, manda SÍ "
        "para empezar de cero.",
        "Neu anfangen? Alles, was bisher gesagt wurde, fällt aus dem Profil; die Gruppe und ihr Code bleiben. {name}, "
        "schick JA, um neu anzufangen.",
        name=name,
    )


def restart_not_allowed() -> Words:
    return words(
        "Only the person the profile is about can start over. Before they've said yes to a profile, whoever started the "
        "group can too.",
        "Solo puede empezar de cero la persona del perfil. Antes de que diga que sí a un perfil, también quien creó el "
        "grupo.",
        "Neu anfangen kann nur, um wen es in dem Profil geht. Vor dem Ja zu einem Profil kann es auch, wer die Gruppe "
        "angefangen hat.",
    )


def from_the_beginning() -> Words:
    return words(
        "OK, let's start over: who is the profile about?",
        "De acuerdo, empezamos de cero: ¿de quién es el perfil?",
        "Okay, fangen wir neu an: Um wen geht es in dem Profil?",
    )


def you_left(code: str) -> Words:
    return words(
        "You've left group {code}. To come back, send join {code}.",
        "Has salido del grupo {code}. Para volver, manda join {code}.",
        "Du hast die Gruppe {code} verlassen. Um zurückzukommen, schick join {code}.",
        code=code,
    )


def you_left_and_your_profile_is_offline(code: str) -> Words:
    return words(
        "You've left group {code}, and your profile is offline: its link shows nothing any more. What you said is kept "
        "until you send FORGET ME. To come back, send join {code}.",
        "Has salido del grupo {code} y tu perfil ya no está en línea: su enlace no muestra nada. Lo que dijiste se guarda "
        "hasta que mandes FORGET ME. Para volver, manda join {code}.",
        "Du hast die Gruppe {code} verlassen, und dein Profil ist offline: Sein Link zeigt nichts mehr. Was du gesagt "
        "hast, bleibt, bis du FORGET ME schickst. Um zurückzukommen, schick join {code}.",
        code=code,
    )


def opted_in() -> Words:
    return words(
        "Welcome back! {begin}",
        "¡Qué bien que vuelvas! {begin}",
        "Schön, dass du wieder da bist! {begin}",
        begin=_how_to_begin(),
    )


def here_again() -> str:
    """What somebody sends by a tap, in a link that anybody may open."""
    return "Hi, I'm back"


def has_moved() -> Words:
    return words(
        "We changed how this group's messages get to you. Nothing else is different: just keep writing here.",
        "Hemos cambiado la forma en que te llegan los mensajes de este grupo. Lo demás sigue igual: escribe aquí como "
        "siempre.",
        "Die Nachrichten dieser Gruppe kommen jetzt auf einem anderen Weg zu dir. Sonst ändert sich nichts: Schreib hier "
        "einfach weiter.",
    )


def good_night() -> Words:
    return words(
        "It's been quiet here for a while, so I'm closing this chat for now. Nothing is lost: as soon as one of you writes "
        "here, it opens again for everyone.",
        "Hace tiempo que aquí no se mueve nada, así que cierro este chat por ahora. No se pierde nada: en cuanto alguien "
        "escriba aquí, se abre otra vez para todos.",
        "Hier ist es schon eine Weile still, deshalb mache ich diesen Chat erst mal zu. Nichts geht verloren: Sobald einer "
        "von euch hier schreibt, ist er für alle wieder offen.",
    )


def is_now_called(before: str, name: str) -> Words:
    return words(
        "{before} is now called {name}.",
        "{before} ahora se llama {name}.",
        "{before} heißt jetzt {name}.",
        before=before,
        name=name,
    )


def what_is_your_name(name: str) -> Words:
    return words(
        "What's your name? For now the group sees you as {name}. Send it like this: name Lena",
        "¿Cómo te llamas? De momento el grupo te ve como {name}. Mándalo así: nombre Lena",
        "Wie heißt du? Erst mal sieht dich die Gruppe als {name}. Schick es so: Name Lena",
        name=name,
    )


def name_not_possible() -> Words:
    return words(
        "Sorry, that name won't work here. Please pick another one.",
        "Perdona, ese nombre no puede ser aquí. Elige otro, por favor.",
        "Sorry, der Name geht hier nicht. Nimm bitte einen anderen.",
    )


# Answers any stranger's first text, so it says who we are before anything else.
def hint() -> Words:
    return words(
        "Hi, this is {matchmaker}, an AI that makes dating profiles with you and your friends. {begin}",
        "Hola, soy {matchmaker}, una IA que hace perfiles de citas contigo y tus amigos. {begin}",
        "Hallo, hier ist {matchmaker}, eine KI, die mit dir und deinen Freunden Datingprofile macht. {begin}",
        begin=_how_to_begin(),
        matchmaker=settings.MATCHMAKER_NAME,
    )


def unknown_code(code: str) -> Words:
    return words(
        "There's no group with the code {code}. Please check it with the friend who invited you.",
        "No hay ningún grupo con el código {code}. Pregúntale otra vez a quien te invitó.",
        "Es gibt keine Gruppe mit dem Code {code}. Frag am besten noch mal nach, wer dich eingeladen hat.",
        code=code,
    )


def number_is_hidden(code: str) -> Words:
    return words(
        "Group {code} can't include phones that hide their number on WhatsApp. Please share your number in this chat and "
        "send join {code} again, or join by SMS.",
        "En el grupo {code} no caben teléfonos que ocultan su número en WhatsApp. Comparte tu número en este chat y manda "
        "otra vez join {code}, o entra por SMS.",
        "In die Gruppe {code} kommen keine Handys, die auf WhatsApp ihre Nummer verbergen. Gib deine Nummer in diesem Chat "
        "frei und schick noch mal join {code}, oder komm per SMS dazu.",
        code=code,
    )


def own_page() -> Words:
    """The link is added when it is sent."""
    return words(
        "Here's your own page. Only you have this link; what you type in our chat is read by everyone in the group.",
        "Aquí tienes tu propia página. Este enlace es solo tuyo; lo que escribes en nuestro chat lo leen todos los del "
        "grupo.",
        "Hier ist deine eigene Seite. Diesen Link hast nur du; was du in unseren Chat schreibst, lesen alle in der Gruppe.",
    )


# The hour is `invites.REST`.
def too_many_codes() -> Words:
    return words(
        "That's one wrong code too many. Please ask your friend for the right one, and try again in an hour.",
        "Ya van demasiados códigos equivocados. Pídele a tu amigo el correcto y prueba otra vez en una hora.",
        "Das war ein falscher Code zu viel. Frag noch mal nach dem richtigen und versuch es in einer Stunde wieder.",
    )


def invite_not_valid(code: str) -> Words:
    return words(
        "The invite {code} is no longer valid. Please ask a friend in the group to send INVITE for a new one.",
        "La invitación {code} ya no vale. Pide a alguien del grupo que mande INVITE para tener una nueva.",
        "Die Einladung {code} gilt nicht mehr. Bitte jemanden in der Gruppe, INVITE zu schicken, dann gibt es eine neue.",
        code=code,
    )


def group_closed(code: str) -> Words:
    return words(
        "Group {code} has ended, so nobody can join it anymore. Send START to begin a new one.",
        "El grupo {code} se ha cerrado y ya no se puede entrar. Manda START para empezar uno nuevo.",
        "Die Gruppe {code} ist zu Ende, da kommt niemand mehr hinein. Schick START, um eine neue anzufangen.",
        code=code,
    )


def group_full(code: str) -> Words:
    return words(
        "Group {code} is full: fifty phones is the limit. Ask your friends if someone can make room.",
        "El grupo {code} está lleno: caben cincuenta teléfonos. Pregunta si alguien te hace sitio.",
        "Die Gruppe {code} ist voll: Fünfzig Handys sind das Höchste. Frag, ob jemand Platz machen kann.",
        code=code,
    )


def already_in(code: str) -> Words:
    return words(
        "You're already in group {code}. Just write: everyone there can read you.",
        "Ya estás en el grupo {code}. Escribe sin más: te leen todos.",
        "Du bist schon in der Gruppe {code}. Schreib einfach: Alle dort lesen dich.",
        code=code,
    )


def elsewhere(code: str, other: str) -> Words:
    """The person's thread with this number carries another group, and no other number of ours is free for them."""
    return words(
        "This chat is your group {code}, and a chat can only hold one group at a time. To leave {code} and join {other} "
        "instead, send: switch {other}",
        "Este chat es tu grupo {code}, y en un chat solo cabe un grupo a la vez. Para salir de {code} y entrar en {other}, "
        "manda: switch {other}",
        "Dieser Chat ist deine Gruppe {code}, und in einen Chat passt immer nur eine. Um {code} zu verlassen und "
        "stattdessen in {other} zu sein, schick: switch {other}",
        code=code,
        other=other,
    )


def join_elsewhere(code: str, other: str, onto: Sender) -> Words:
    text = links.join_text(other, onto)
    return words(
        "This chat is your group {code}. To be in {other} too, send {text} to our other number, {to}. You'll have both "
        "groups side by side.",
        "Este chat es tu grupo {code}. Para estar también en {other}, manda {text} a nuestro otro número, {to}. Tendrás "
        "los dos grupos a la vez.",
        "Dieser Chat ist deine Gruppe {code}. Um auch in {other} zu sein, schick {text} an unsere andere Nummer, {to}. "
        "Dann hast du beide Gruppen nebeneinander.",
        code=code,
        other=other,
        text=text,
        to=_to_our(onto, text),
    )


def start_elsewhere(code: str, onto: Sender) -> Words:
    return words(
        "This chat is your group {code}. To begin another one, send START to our other number, {to}.",
        "Este chat es tu grupo {code}. Para empezar otro, manda START a nuestro otro número, {to}.",
        "Dieser Chat ist deine Gruppe {code}. Um noch eine anzufangen, schick START an unsere andere Nummer, {to}.",
        code=code,
        to=_to_our(onto, "start"),
    )


# Without the other group's code: by our rows it is none of ours.
def no_room_at_twilio(code: str) -> Words:
    return words(
        "I couldn't add you to group {code}: your phone is already in another group on this number. You can join from "
        "another phone or channel.",
        "No he podido meterte en el grupo {code}: tu teléfono ya está en otro grupo con este número. Puedes entrar desde "
        "otro teléfono o canal.",
        "Ich konnte dich nicht in die Gruppe {code} holen: Dein Handy ist auf dieser Nummer schon in einer anderen. Von "
        "einem anderen Handy oder Kanal geht es.",
        code=code,
    )


def join_by_number(code: str, onto: Sender) -> Words:
    text = links.join_text(code, onto)
    return words(
        "This chat already holds another group of yours, so {code} needs our other number: send {text} to {to}.",
        "En este chat ya tienes otro grupo, así que {code} va por nuestro otro número: manda {text} a {to}.",
        "In diesem Chat hast du schon eine andere Gruppe, für {code} nimm bitte unsere andere Nummer: Schick {text} an "
        "{to}.",
        code=code,
        text=text,
        to=_to_our(onto, text),
    )


# Not the reason: it is our number or account, which they can do nothing about.
def could_not_join(code: str) -> Words:
    return words(
        "I couldn't add you to group {code} just now. Our staff know and are looking into it.",
        "Ahora mismo no he podido meterte en el grupo {code}. Nuestro equipo ya lo sabe y lo está mirando.",
        "Ich konnte dich gerade nicht in die Gruppe {code} holen. Unser Team weiß Bescheid und schaut es sich an.",
        code=code,
    )


def unnamed_above() -> Words:
    """Its author's name stands in front of it."""
    return words(
        "(wrote the long message above)",
        "(escribió el mensaje largo de arriba)",
        "(hat die lange Nachricht oben geschrieben)",
    )


def while_you_were_away() -> Words:
    return words("While you were away:", "Mientras no estabas:", "Während du weg warst:")


def earlier_left_out(count: int) -> Words:
    if count == 1:
        return words(
            "(1 earlier message not shown)", "(1 mensaje anterior sin mostrar)", "(1 frühere Nachricht nicht gezeigt)"
        )
    return words(
        "({count} earlier messages not shown)",
        "({count} mensajes anteriores sin mostrar)",
        "({count} frühere Nachrichten nicht gezeigt)",
        count=count,
    )


# After 24 hours without a word from them, WhatsApp takes approved templates only.
def window_closing(name: str, question: str, left: timedelta) -> Words:
    return words(
        "Hi {name}, I'm still waiting for your answer: “{question}” WhatsApp only lets me reply here if you write within "
        "the next {deadline}. A quick hello is enough.",
        "Hola {name}, sigo esperando tu respuesta: «{question}» WhatsApp solo me deja contestarte aquí si escribes en "
        "{deadline} como mucho. Con un hola basta.",
        "Hallo {name}, ich warte noch auf deine Antwort: „{question}“ WhatsApp lässt mich hier nur antworten, wenn du in "
        "den nächsten {deadline} schreibst. Ein kurzes Hallo reicht.",
        name=name,
        question=question,
        deadline=_deadline(left),
    )


def _deadline(left: timedelta) -> Words:
    """Rounded down, so that nobody who keeps to it is late."""
    minutes = int(left.total_seconds() // 60)
    if minutes >= 120:
        return words("{hours} hours", "{hours} horas", "{hours} Stunden", hours=minutes // 60)
    if minutes >= 90:
        return words("hour and a half", "hora y media", "anderthalb Stunden")
    if minutes >= 60:
        return words("hour", "una hora", "60 Minuten")
    if minutes > 1:
        return words("{minutes} minutes", "{minutes} minutos", "{minutes} Minuten", minutes=minutes)
    return words("minute", "un minuto", "60 Sekunden")


# "Put away": sealed until staff decide, see docs/decisions/under-18.md.
def too_young() -> Words:
    return words(
        "Thanks for telling me. Dating profiles are for adults only, so I'm stopping here. What you've told me so far is "
        "put away, and someone from our team will take a look. Take care, all of you!",
        "Gracias por decírmelo. Los perfiles de citas son solo para adultos, así que lo dejo aquí. Lo que se ha contado aquí "
        "queda guardado aparte, y alguien de nuestro equipo lo mirará. ¡Un abrazo a todos!",
        "Danke, dass du es sagst. Datingprofile sind nur für Erwachsene, deshalb höre ich hier auf. Was ihr mir bisher "
        "erzählt habt, ist weggelegt, und jemand aus unserem Team schaut es sich an. Macht's gut!",
    )


def is_an_adult_after_all() -> Words:
    return words(
        "Someone from our team has taken a look, and all is well: I'm back, and we can carry on.",
        "Alguien de nuestro equipo lo ha mirado y todo está bien: aquí estoy otra vez, podemos seguir.",
        "Jemand aus unserem Team hat es sich angeschaut, und alles ist gut: Ich bin wieder da, wir können weitermachen.",
    )


def goes_on_gently() -> Words:
    """Whatever it was about, it is not for the group to read."""
    return words(
        "I'm here again whenever you feel like going on. There's no rush.",
        "Aquí estoy otra vez, para cuando haya ganas de seguir. Sin prisa.",
        "Ich bin wieder da, wann immer euch danach ist. Es eilt nicht.",
    )


def closed_by_staff() -> Words:
    return words(
        "Our team has closed this group, so I'm saying goodbye. Take care, all of you!",
        "Nuestro equipo ha cerrado este grupo, así que me despido. ¡Un abrazo a todos!",
        "Unser Team hat diese Gruppe geschlossen, also sage ich tschüss. Macht's gut!",
    )


def no_restart_on_hold() -> Words:
    return words(
        "I can't start over right now: someone from our team will take a look first.",
        "Ahora mismo no puedo empezar de cero: antes lo mira alguien de nuestro equipo.",
        "Gerade kann ich nicht neu anfangen: Erst schaut es sich jemand aus unserem Team an.",
    )
